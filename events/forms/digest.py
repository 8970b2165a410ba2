"""Asking for the mail of the month."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DigestForm(forms.Form):
    """An e-mail; ``website`` is a trap that people do not see and programs fill in."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Give the e-mail that the dates go to."),
            "invalid": _("Give a whole e-mail. Example: lea@example.org"),
        },
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("website"))
