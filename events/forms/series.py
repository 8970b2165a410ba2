"""What editors fill in for a series: boxes instead of the lists that are stored."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from events.services.refusals import Refusal
from events.services.registration import refuse_small_capacity_of_series


class DayListField(forms.CharField):
    """Days, one a line, as a person writes them; a list of ISO dates."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value  # What was typed.
        days = (datetime.date.fromisoformat(day) for day in value)
        return "\n".join(date_format(day, "SHORT_DATE_FORMAT") for day in days)

    def clean(self, value: Any) -> list[str]:
        reader = forms.DateField(required=False)
        days = []
        for line in (super().clean(value) or "").splitlines():
            try:
                day = reader.clean(line.strip())
            except forms.ValidationError:
                message = gettext("“%(line)s” is not a day. Example: 24/12/2026")
                raise forms.ValidationError(message % {"line": line.strip()}) from None
            if day is not None:
                days.append(day.isoformat())
        return sorted(set(days))


class SeriesAdminForm(WagtailAdminModelForm):
    """The rule by boxes and lists; ``Series.clean`` says what does not go together."""

    weekdays = forms.TypedMultipleChoiceField(
        label=capfirst(_("days of the week")),
        choices=[(number, capfirst(name)) for number, name in WEEKDAYS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each month, one day only: the one that “which one” counts."),
    )
    months = forms.TypedMultipleChoiceField(
        label=capfirst(_("only in")),
        choices=[(number, capfirst(name)) for number, name in MONTHS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: all year round."),
    )
    left_out = DayListField(
        label=capfirst(_("days left out")),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One day a line. Example: 24/12/2026"),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse fewer places than people hold on one of its dates."""
        cleaned: dict[str, Any] = super().clean()
        try:
            refuse_small_capacity_of_series(
                self.instance, cleaned.get("capacity"), now=timezone.now()
            )
        except Refusal as refusal:
            self.add_error("capacity", refusal.sentence)
        return cleaned


class ExtraDateForm(forms.Form):
    """One more date of a series, at its usual hours unless others are given."""

    start_date = forms.DateField(label=capfirst(_("day")), widget=forms.DateInput)
    start_time = forms.TimeField(label=capfirst(_("begins at")), required=False)
    end_time = forms.TimeField(label=capfirst(_("ends at")), required=False)

    def read_when(self) -> dict[str, Any]:
        """Return what ``add_extra_date`` takes: only what was filled in."""
        return {name: value for name, value in self.cleaned_data.items() if value}
