"""What the forms that anybody may send have in common."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class AddressField(forms.EmailField):
    """An e-mail that mail can be sent to.

    A quoted local part may hold line breaks of another age (form feed, file
    separator): Django lets them pass, and the header of a mail refuses them.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        kwargs.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email"}))
        invalid = _("Give a whole e-mail. Example: lea@example.org")
        kwargs["error_messages"] = {
            "invalid": invalid,
            **kwargs.get("error_messages", {}),
        }
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        cleaned: str = super().clean(value)
        if not cleaned.isprintable():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return cleaned


class TrappedForm(forms.Form):
    """A form with a question that people do not see and programs answer.

    The template draws it with ``components/trap.html``.
    """

    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("website"))
