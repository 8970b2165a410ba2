"""Registering for a date: the public form, and the organiser's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.public_forms import AddressField, TrappedForm

if TYPE_CHECKING:
    from cms.models import User
    from events.models import Event

LONGEST_ANSWER = 300


class PersonForm(forms.Form):
    """Who comes, and with how many others."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Give a name: a first name is enough.")},
    )
    email = AddressField(
        label=_("Your e-mail"),
        error_messages={
            "required": _("Give an e-mail: it is how you confirm or cancel.")
        },
    )
    companions = forms.IntegerField(
        label=_("How many people come with you"),
        min_value=0,
        max_value=20,
        initial=0,
        required=False,
        error_messages={"invalid": _("Give a number. Example: 2")},
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        if not event.companions_allowed:
            del self.fields["companions"]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    @property
    def companion_count(self) -> int:
        return self.cleaned_data.get("companions") or 0


class RegistrationForm(TrappedForm, PersonForm):
    """The public form; whoever is logged in gives no e-mail."""

    answer = forms.CharField(max_length=LONGEST_ANSWER, required=False)
    second_answer = forms.CharField(max_length=LONGEST_ANSWER, required=False)
    accepts_waiting = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, event: Event, user: User | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, event=event, **kwargs)
        self.user = user
        if user is not None:
            del self.fields["email"]
            self.fields["name"].initial = user.get_full_name()
        asked = {"answer": event.question, "second_answer": event.second_question}
        for name, question in asked.items():
            if question:
                self.fields[name].label = question
            else:
                del self.fields[name]

    @property
    def address(self) -> str:
        return self.user.email if self.user else self.cleaned_data["email"]

    @property
    def answers(self) -> tuple[str, str]:
        """The answers by their places: one to a second question alone stays second."""
        cleaned = self.cleaned_data
        return cleaned.get("answer", ""), cleaned.get("second_answer", "")


class AddedPersonForm(PersonForm):
    """Somebody whom the organiser registers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["email"].label = _("E-mail")
        self.fields["email"].help_text = _(
            "They get the date and a link that cancels by mail: ask them first."
        )
        for field in self.fields.values():
            # The browser would fill in the organiser's own.
            field.widget.attrs["autocomplete"] = "off"
        if "companions" in self.fields:
            self.fields["companions"].label = _("How many people come with them")
