"""The days that a rule gives, in words, before anything is saved."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dateutil.relativedelta import relativedelta
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from cms.wording import say_time
from events.domain.errors import CalendarError
from events.domain.hours import put_on_wall
from events.domain.recurrence import Frequency
from events.domain.timezones import load
from events.enums import Rhythm
from events.services.materialise import HORIZON, PlannedDay, plan_days
from events.wording import say_day, say_month

if TYPE_CHECKING:
    from events.domain.recurrence import Rule
    from events.models import Series

PLANNED_DAYS: Final = 12
# A date a day for eighteen months.
_MOST_DAYS: Final = 600
# So many months are named.
_MOST_GAPS: Final = 6
_ONE_MONTH: Final = relativedelta(months=1)


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One day of the plan: its name, and why it has no date or another hour."""

    day: datetime.date
    words: str
    note: str
    has_date: bool
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a rule says and gives.

    Attributes:
        warning: which months have no such day, in a sentence; else "".
        total: how many dates there will be, in a sentence.
        hidden: the days left out that are not among ``lines``, ISO dates.
    """

    sentence: str
    lines: list[PlannedLine]
    warning: str = ""
    total: str = ""
    hidden: Sequence[str] = ()


def make_plan(
    series: Series, *, now: datetime.datetime, limit: int = PLANNED_DAYS
) -> Plan | None:
    """Return the plan of ``series``, saved or not; None when it makes no rule."""
    try:
        days = plan_days(series, now=now, limit=_MOST_DAYS)
        rule = series.rule
    except CalendarError:
        return None
    if rule is None:
        return None
    shown = days[:limit]
    last = now.astimezone(load(series.zone)).date() + HORIZON
    seen = {f"{one.day:%Y-%m-%d}" for one in shown}
    return Plan(
        sentence=capfirst(series.rule_sentence),
        lines=[_say_planned(series, one) for one in shown],
        warning=_say_gaps(rule, shown),
        total=_say_total(sum(one.has_date and one.day <= last for one in days)),
        hidden=[day for day in series.left_out if day not in seen],
    )


def explain_rhythm(series: Series) -> str:
    """Return why no day of ``series`` is computed; "" when a rule gives them."""
    if series.rhythm == Rhythm.TURNS:
        return gettext(
            "No day is computed: each host fixes the day of their month, "
            "in the order of the rota."
        )
    if series.rhythm == Rhythm.NONE:
        return gettext(
            "No day is computed: once the series is published, add its dates one by "
            "one from its page."
        )
    return ""


def _say_planned(series: Series, planned: PlannedDay) -> PlannedLine:
    note = ""
    if planned.is_left_out:
        note = gettext("left out")
    elif planned.holiday:
        note = gettext("no date: %(holiday)s") % {"holiday": planned.holiday}
    elif planned.is_moved:
        note = _say_moved(series, planned.day)
    return PlannedLine(
        planned.day,
        capfirst(say_day(planned.day)),
        note,
        planned.has_date,
        planned.is_left_out,
    )


def _say_moved(series: Series, day: datetime.date) -> str:
    clock = put_on_wall(day, series.hours)
    if clock.start_time is None or clock.end_time is None:
        return ""
    return gettext("the clocks change that night: from %(start)s to %(end)s") % {
        "start": say_time(clock.start_time),
        "end": say_time(clock.end_time),
    }


def _say_total(total: int) -> str:
    return ngettext(
        "%(total)d date in the eighteen months to come.",
        "%(total)d dates in the eighteen months to come.",
        total,
    ) % {"total": total}


def _say_gaps(rule: Rule, shown: Sequence[PlannedDay]) -> str:
    """Name the first months that the rule would serve and cannot."""
    if rule.frequency is not Frequency.MONTHLY or not shown:
        return ""
    has_day = {(one.day.year, one.day.month) for one in shown}
    month = max(shown[0].day.replace(day=1), rule.first_day.replace(day=1))
    gaps: list[str] = []
    while month < shown[-1].day and len(gaps) <= _MOST_GAPS:
        if _serves(rule, month) and (month.year, month.month) not in has_day:
            gaps.append(say_month(month))
        month += _ONE_MONTH
    if not gaps:
        return ""
    named = ", ".join(gaps[:_MOST_GAPS])
    if len(gaps) > _MOST_GAPS:
        named += "…"
    return gettext("Months without such a day, so without a date: %(months)s") % {
        "months": named
    }


def _serves(rule: Rule, month: datetime.date) -> bool:
    """Tell whether the interval and the list of months let a month through."""
    first = rule.first_day
    passed = (month.year - first.year) * 12 + month.month - first.month
    is_listed = not rule.months or month.month in rule.months
    return passed % rule.interval == 0 and is_listed
