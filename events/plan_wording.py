"""The days that a rule gives, in words, before anything is saved."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from events.domain.errors import CalendarError
from events.domain.recurrence import months_without
from events.services.materialise import PlannedDay, plan_days
from events.wording import say_day

if TYPE_CHECKING:
    from events.models import Series

PLANNED_DAYS: Final = 12


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One day of the plan: its name, and why it has no date or another hour."""

    day: datetime.date
    words: str
    note: str
    has_date: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What a rule says and gives; ``warning`` about days that some months lack."""

    sentence: str
    lines: list[PlannedLine]
    warning: str = ""


def make_plan(
    series: Series, *, now: datetime.datetime, limit: int = PLANNED_DAYS
) -> Plan | None:
    """Return the plan of ``series``, saved or not; None when it makes no rule."""
    try:
        days = plan_days(series, now=now, limit=limit)
        rule = series.rule
    except CalendarError:
        return None
    if rule is None:
        return None
    warning = gettext_lazy("Some months have no such day: they have no date.")
    return Plan(
        sentence=capfirst(series.rule_sentence),
        lines=[_say_planned(one) for one in days],
        warning=str(warning) if months_without(rule) else "",
    )


def _say_planned(planned: PlannedDay) -> PlannedLine:
    note = ""
    if planned.is_left_out:
        note = gettext("left out")
    elif planned.holiday:
        note = gettext("no date: %(holiday)s") % {"holiday": planned.holiday}
    elif planned.is_moved:
        note = gettext("one hour later: the clocks change that night")
    return PlannedLine(
        planned.day, capfirst(say_day(planned.day)), note, planned.has_date
    )
