"""When a date happens, as a person says it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext, gettext_lazy as _

from events.domain.wall_clock import LATEST_DAY
from events.forms.answers import AnswersForm

if TYPE_CHECKING:
    from events.models import Event

# A date that ends at or before this hour, having begun in the afternoon or later,
# ends in the night that follows; any other end before the start is a mistake.
NIGHT_ENDS = datetime.time(6)
AFTERNOON = datetime.time(12)

# What lasts as long as people usually stay, when no type says it.
USUAL_MINUTES = 120


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class WhenForm(AnswersForm):
    """A day and its hours; an end that is left out is filled in."""

    start_date = forms.DateField(
        label=_("Day"),
        widget=DayInput,
        error_messages={
            "required": _("Give the day."),
            "invalid": _("This day does not exist. Example: 17/12/2026"),
        },
    )
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
    end_date = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DayInput,
        help_text=_("Only if it lasts several days."),
        error_messages={"invalid": _("This day does not exist. Example: 18/12/2026")},
    )
    all_day = forms.BooleanField(label=_("All day"), required=False)

    WHEN_FIELDS = ("start_date", "start_time", "end_date", "end_time", "all_day")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._complete_end(cleaned)
        return cleaned

    @property
    def usual_minutes(self) -> int:
        """How long it lasts when its end is left out."""
        return USUAL_MINUTES

    def _complete_end(self, cleaned: dict[str, Any]) -> None:
        """Fill in the end that a person leaves out."""
        day, start, end = (
            cleaned.get(name) for name in ("start_date", "start_time", "end_time")
        )
        if cleaned.get("all_day"):
            cleaned["start_time"] = cleaned["end_time"] = None
            cleaned["end_date"] = cleaned.get("end_date") or day
            return
        if start is None:
            self.require("start_time", _("Give the hour it begins, or tick “All day”."))
            return
        if day is None or "end_time" in self.errors or "end_date" in self.errors:
            return
        if (last := cleaned.get("end_date") or day) >= LATEST_DAY:
            # Adding hours would leave the calendar; the record refuses the day.
            cleaned["end_date"], cleaned["end_time"] = last, end or start
            return
        begun = datetime.datetime.combine(cleaned.get("end_date") or day, start)
        usual = begun + datetime.timedelta(minutes=self.usual_minutes)
        if end is None:
            cleaned["end_date"], cleaned["end_time"] = usual.date(), usual.time()
        elif not cleaned.get("end_date"):
            is_night = end <= NIGHT_ENDS and start >= AFTERNOON
            cleaned["end_date"] = day + datetime.timedelta(days=int(is_night))
            if end <= start and not is_night:
                self.add_error("end_time", self._describe_early_end(usual))

    @staticmethod
    def _describe_early_end(usual: datetime.datetime) -> str:
        return gettext(
            "It ends before it begins: give for example %(hour)s, or the last day."
        ) % {"hour": time_format(usual.time(), "H:i")}


def read_when_initial(event: Event) -> dict[str, Any]:
    """Return the answers of ``WhenForm`` for the time of ``event``."""
    names = ("start_date", "start_time", "end_time", "all_day")
    initial: dict[str, Any] = {name: getattr(event, name) for name in names}
    if event.end_date == event.start_date or _ends_at_night(event):
        return initial | {"end_date": None}
    return initial | {"end_date": event.end_date}


def _ends_at_night(event: Event) -> bool:
    """Tell a date whose last day the form finds again from its hours."""
    return (
        event.start_time is not None
        and event.end_time is not None
        and event.start_time >= AFTERNOON
        and event.end_time <= NIGHT_ENDS
        and event.end_date - event.start_date == datetime.timedelta(days=1)
    )
