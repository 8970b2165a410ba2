"""The terms of registration, as a member writes them for a date or a series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.enums import RegistrationMode
from events.forms.answers import AnswersForm
from events.models.registrable import RegistrableMixin

if TYPE_CHECKING:
    from events.models import Event, Series

MODES = (
    (RegistrationMode.NONE, _("No: whoever wants to comes")),
    (RegistrationMode.HERE, _("Yes, here")),
    (RegistrationMode.ELSEWHERE, _("Yes, on another site")),
)


class RegistrationTermsForm(AnswersForm):
    """Mix it into a form; ``terms`` are what it stores, by the names of the columns."""

    registration_mode = forms.ChoiceField(
        label=_("Do people register?"),
        choices=MODES,
        initial=RegistrationMode.NONE,
        required=False,
        widget=forms.RadioSelect,
    )
    registration_url = forms.URLField(
        label=_("Address of the other site"),
        required=False,
        max_length=200,
        assume_scheme="https",
        error_messages={"invalid": _("Give a whole address. Example: https://…")},
    )
    capacity = forms.IntegerField(
        label=_("Number of places"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Empty: as many as come. Once full, a waiting list opens."),
    )
    companions_allowed = forms.IntegerField(
        label=_("People that each may bring"),
        required=False,
        min_value=0,
        max_value=20,
        help_text=_("Empty: none."),
    )
    opens_days_before = forms.IntegerField(
        label=_("Opens how many days before"),
        required=False,
        min_value=0,
        max_value=400,
        help_text=_("Empty: at once."),
    )
    closes_hours_before = forms.IntegerField(
        label=_("Closes how many hours before"),
        required=False,
        min_value=0,
        max_value=24 * 60,
        help_text=_("Empty: when it begins."),
    )
    question = forms.CharField(
        label=_("A question to ask"),
        required=False,
        max_length=150,
        help_text=_(
            "Example: what will you bring? Nothing about health, religion or opinions."
        ),
    )
    second_question = forms.CharField(
        label=_("A second one"), required=False, max_length=150
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        mode = cleaned.get("registration_mode") or RegistrationMode.NONE
        cleaned["registration_mode"] = mode
        if (
            mode == RegistrationMode.ELSEWHERE
            and not cleaned.get("registration_url")
            and "registration_url" not in self.errors
        ):
            self.add_error(
                "registration_url", _("Give the address where people register.")
            )
        opens, closes = (
            cleaned.get(name) for name in ("opens_days_before", "closes_hours_before")
        )
        if opens is not None and closes and closes >= opens * 24:
            self.add_error(
                "closes_hours_before", _("Registration would close before it opens.")
            )
        return cleaned

    @property
    def terms(self) -> dict[str, Any]:
        """The checked answers by the names of ``REGISTRATION_FIELDS``."""
        cleaned = self.cleaned_data
        values = {
            name: cleaned.get(name) for name in RegistrableMixin.REGISTRATION_FIELDS
        }
        for name in ("companions_allowed", "closes_hours_before"):
            values[name] = values[name] or 0
        for name in ("registration_url", "question", "second_question"):
            values[name] = values[name] or ""
        return values


def read_terms(record: Event | Series) -> dict[str, Any]:
    """Return the form's answers for what ``record`` says; a zero is left empty."""
    return {
        name: getattr(record, name) or None
        for name in RegistrableMixin.REGISTRATION_FIELDS
    }
