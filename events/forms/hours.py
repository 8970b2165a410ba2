"""From when to when each date of a series lasts."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext, gettext_lazy as _

from events.forms.answers import AnswersForm
from events.forms.when import AFTERNOON, NIGHT_ENDS, USUAL_MINUTES, HourInput

if TYPE_CHECKING:
    from events.models import Series


class HoursForm(AnswersForm):
    """Hours on the wall; an end that is left out is filled in."""

    start_time = forms.TimeField(
        label=_("Begins at"),
        required=False,
        widget=HourInput,
        error_messages={"invalid": _("This hour does not exist. Example: 18:30")},
    )
    end_time = forms.TimeField(
        label=_("Ends at"),
        required=False,
        widget=HourInput,
        help_text=_("Empty: the usual length of this type. After midnight is fine."),
        error_messages={"invalid": _("This hour does not exist. Example: 21:30")},
    )
    all_day = forms.BooleanField(label=_("All day"), required=False)
    days_long = forms.IntegerField(
        label=_("Number of days"),
        required=False,
        min_value=1,
        max_value=31,
        help_text=_("Only if each date lasts several days."),
    )

    # Whether a date cannot go without hours.
    needs_hours = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["lasts_days"] = (cleaned.get("days_long") or 1) - 1
        if cleaned.get("all_day"):
            cleaned["start_time"] = cleaned["end_time"] = None
            return cleaned
        start, end = cleaned.get("start_time"), cleaned.get("end_time")
        if start is None:
            if end is not None or self.needs_hours:
                self.require(
                    "start_time", _("Give the hour it begins, or tick “All day”.")
                )
            return cleaned
        if "end_time" in self.errors:
            return cleaned
        usual = datetime.datetime.combine(datetime.date.min, start)
        usual += datetime.timedelta(minutes=self.usual_minutes)
        if end is None:
            cleaned["end_time"] = usual.time()
            cleaned["lasts_days"] += (usual.date() - datetime.date.min).days
        elif end <= start and not cleaned["lasts_days"]:
            if end <= NIGHT_ENDS and start >= AFTERNOON:
                cleaned["lasts_days"] = 1
            else:
                self.add_error("end_time", self._describe_early_end(usual))
        return cleaned

    @property
    def usual_minutes(self) -> int:
        """How long it lasts when its end is left out."""
        return USUAL_MINUTES

    def read_hours(self) -> dict[str, Any]:
        """Return the checked answers by the names of the series' columns."""
        names = ("start_time", "end_time", "all_day", "lasts_days")
        return {name: self.cleaned_data.get(name) for name in names}

    @staticmethod
    def _describe_early_end(usual: datetime.datetime) -> str:
        return gettext(
            "It ends before it begins: give for example %(hour)s, or the number of days."
        ) % {"hour": time_format(usual.time(), "H:i")}


HOURS_FIELDS: Final = tuple(HoursForm.base_fields)


def read_hours_initial(series: Series) -> dict[str, Any]:
    """Return the answers of ``HoursForm`` for the hours of ``series``."""
    names = ("start_time", "end_time", "all_day")
    initial: dict[str, Any] = {name: getattr(series, name) for name in names}
    is_night = (
        series.lasts_days == 1
        and series.start_time is not None
        and series.end_time is not None
        and series.end_time <= min(series.start_time, NIGHT_ENDS)
        and series.start_time >= AFTERNOON
    )
    has_days = series.lasts_days and not is_night
    return initial | {"days_long": series.lasts_days + 1 if has_days else None}
