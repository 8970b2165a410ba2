"""How a series comes back, as a person says it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from events.domain.recurrence import LARGEST_INTERVAL, LAST, MOST_DATES
from events.enums import Rhythm
from events.forms.answers import AnswersForm
from events.forms.when import DayInput
from events.models.recurring import NTH_CHOICES

if TYPE_CHECKING:
    from events.models import Series

# Nobody leaves out more days than a rule may count.
MOST_LEFT_OUT: Final = MOST_DATES


class RhythmKind(models.TextChoices):
    """The rhythms between which a person chooses; a month is said in two ways."""

    WEEKLY = "weekly", _("Every week, on certain days")
    MONTHLY = "monthly", _("Every month, on the same weekday: the second Thursday")
    MONTH_DAY = "month_day", _("Every month, on the same day: the 15th")
    YEARLY = "yearly", _("Every year, on the same day")
    DAILY = "daily", _("Every day")
    TURNS = "turns", _("One a month, its day fixed by the host")
    ONE_BY_ONE = "one_by_one", _("Dates added one by one")


class End(models.TextChoices):
    """How a rule ends."""

    OPEN = "open", _("It goes on")
    UNTIL = "until", _("On a given day")
    COUNT = "count", _("After a number of dates")


_RHYTHMS: Final = {
    RhythmKind.WEEKLY: Rhythm.WEEKLY,
    RhythmKind.MONTHLY: Rhythm.MONTHLY,
    RhythmKind.MONTH_DAY: Rhythm.MONTHLY,
    RhythmKind.YEARLY: Rhythm.YEARLY,
    RhythmKind.DAILY: Rhythm.DAILY,
    RhythmKind.TURNS: Rhythm.TURNS,
    RhythmKind.ONE_BY_ONE: Rhythm.NONE,
}


class LeftOutDays(forms.Field):
    """Days that were ticked to be left out, as ISO dates, ascending."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        if not value:
            return []
        if len(value) > MOST_LEFT_OUT:
            raise ValidationError(_("Too many days are left out."))
        try:
            days = {datetime.date.fromisoformat(day) for day in value}
        except ValueError:
            raise ValidationError(_("These days cannot be read.")) from None
        return [day.isoformat() for day in sorted(days)]


class RhythmForm(AnswersForm):
    """The rule of a series; ``read_rule`` gives its columns."""

    rhythm = forms.ChoiceField(
        label=_("It comes back"),
        choices=RhythmKind,
        initial=RhythmKind.MONTHLY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it comes back.")},
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of the week"),
        choices=[(number, capfirst(name)) for number, name in WEEKDAYS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    nth = forms.TypedChoiceField(
        label=pgettext_lazy("weekday of a month", "Which one"),
        choices=[("", _("Choose")), *NTH_CHOICES],
        coerce=int,
        empty_value=None,
        required=False,
    )
    weekday = forms.TypedChoiceField(
        label=_("Day of the week"),
        choices=[("", _("Choose")), *WEEKDAYS.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    month_day = forms.TypedChoiceField(
        label=_("Day of the month"),
        choices=[
            ("", _("Choose")),
            *((day, str(day)) for day in range(1, 32)),
            (LAST, _("last")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    interval = forms.IntegerField(
        label=_("One time out of"),
        required=False,
        min_value=1,
        max_value=LARGEST_INTERVAL,
        help_text=_("1 or empty: each time. 2: every other week, month or year."),
    )
    months = forms.TypedMultipleChoiceField(
        label=_("Only in these months"),
        choices=[(number, capfirst(name)) for number, name in MONTHS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all year."),
    )
    first_day = forms.DateField(
        label=_("From"),
        required=False,
        widget=DayInput,
        help_text=_("The first date comes on this day or after."),
        error_messages={
            "invalid": _("This day does not exist. Example: 17/12/2026"),
        },
    )
    end = forms.ChoiceField(
        label=_("It ends"),
        choices=End,
        initial=End.OPEN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it ends.")},
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DayInput,
        help_text=_("Included."),
        error_messages={
            "invalid": _("This day does not exist. Example: 17/12/2026"),
        },
    )
    count = forms.IntegerField(
        label=_("Number of dates"),
        required=False,
        min_value=1,
        max_value=MOST_DATES,
        error_messages={
            "max_value": _(
                "%(limit_value)s dates at most: give fewer, or the last day instead."
            ),
        },
    )
    skips_holidays = forms.BooleanField(
        label=_("Not on public holidays"), required=False
    )
    left_out = LeftOutDays(label=_("Dates left out"), required=False)

    # What the rule takes from each rhythm; the other answers are forgotten.
    REQUIRED: Final = {
        RhythmKind.WEEKLY: {"weekdays": _("Tick one day of the week at least.")},
        RhythmKind.MONTHLY: {
            "nth": _("Say which one of the month: the second, the last."),
            "weekday": _("Choose the day of the week."),
        },
        RhythmKind.MONTH_DAY: {"month_day": _("Choose the day of the month.")},
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("rhythm")
        if self.recurs:
            self.require("first_day", _("Give the day from which it counts."))
        required = self.REQUIRED.get(kind, {}) if kind else {}
        for name, message in required.items():
            # Monday is 0.
            if cleaned.get(name) in (None, []) and name not in self.errors:
                self.add_error(name, message)
        if self.recurs and cleaned.get("end") == End.UNTIL:
            self.require("until", _("Give the last day."))
        if self.recurs and cleaned.get("end") == End.COUNT:
            self.require("count", _("Say how many dates there are."))
        return cleaned

    @property
    def recurs(self) -> bool:
        """True while a rule makes the dates."""
        kind = self.cleaned_data.get("rhythm")
        return kind not in (None, RhythmKind.TURNS, RhythmKind.ONE_BY_ONE)

    def read_rule(self) -> dict[str, Any]:
        """Return the checked answers by the names of ``Series.RULE_FIELDS``."""
        cleaned = self.cleaned_data
        kind = cleaned["rhythm"]
        rule: dict[str, Any] = {
            "rhythm": _RHYTHMS[kind], "interval": 1, "weekdays": [], "nth": None,
            "month_day": None, "months": [], "first_day": cleaned["first_day"],
            "until": None, "count": None, "skips_holidays": False, "left_out": [],
        }  # fmt: skip
        if not self.recurs:
            return rule
        rule["interval"] = cleaned["interval"] or 1
        rule["skips_holidays"] = cleaned["skips_holidays"]
        rule["left_out"] = cleaned["left_out"]
        if cleaned["end"] in (End.UNTIL, End.COUNT):
            rule[cleaned["end"]] = cleaned[cleaned["end"]]
        if kind == RhythmKind.WEEKLY:
            rule["weekdays"] = sorted(cleaned["weekdays"])
        if kind == RhythmKind.MONTHLY:
            rule |= {"nth": cleaned["nth"], "weekdays": [cleaned["weekday"]]}
        if kind == RhythmKind.MONTH_DAY:
            rule["month_day"] = cleaned["month_day"]
        rule["months"] = sorted(cleaned["months"])
        if kind == RhythmKind.YEARLY:
            first_day = cleaned["first_day"]
            rule["month_day"] = cleaned["month_day"] or first_day.day
            rule["months"] = rule["months"] or [first_day.month]
        return rule


RHYTHM_FIELDS: Final = tuple(RhythmForm.base_fields)


def read_rhythm_initial(series: Series) -> dict[str, Any]:
    """Return the answers of ``RhythmForm`` for the rule of ``series``."""
    names = (
        "months", "first_day", "until", "count", "skips_holidays", "left_out", "nth",
    )  # fmt: skip
    initial = {name: getattr(series, name) for name in names}
    initial["interval"] = series.interval if series.interval != 1 else None
    kinds = {rhythm: kind for kind, rhythm in _RHYTHMS.items()}
    initial["rhythm"] = kinds[Rhythm(series.rhythm)]
    if series.rhythm == Rhythm.MONTHLY:
        is_weekday = series.nth is not None
        initial["rhythm"] = RhythmKind.MONTHLY if is_weekday else RhythmKind.MONTH_DAY
    is_weekly = series.rhythm == Rhythm.WEEKLY
    initial["weekdays"] = series.weekdays if is_weekly else []
    initial["weekday"] = series.weekdays[0] if series.nth and series.weekdays else None
    initial["month_day"] = series.month_day
    initial["end"] = End.OPEN
    if series.until is not None:
        initial["end"] = End.UNTIL
    elif series.count is not None:
        initial["end"] = End.COUNT
    return initial
