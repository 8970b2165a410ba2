"""Rules to try, and a slow second opinion: each day of the calendar, one by one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, strategies as st

from events.domain.errors import NeverMatches, UntilBeforeFirst
from events.domain.recurrence import MOST_DATES, Frequency, Rule

ONE_DAY = timedelta(days=1)
START = date(2024, 1, 1)
END = date(2031, 12, 31)


def gives(rule: Rule, day: date) -> bool:
    """Tell from the calendar alone whether `day` fits, its number left aside."""
    first = rule.first_day
    if day < first or (rule.until is not None and day > rule.until):
        return False
    if rule.months and day.month not in rule.months:
        return False
    last_of_month = monthrange(day.year, day.month)[1]
    if rule.frequency is Frequency.DAILY:
        return (day - first).days % rule.interval == 0
    if rule.frequency is Frequency.WEEKLY:
        monday, other = (each - timedelta(days=each.weekday()) for each in (first, day))
        in_step = (other - monday).days // 7 % rule.interval == 0
        return in_step and day.weekday() in rule.weekdays
    months = (day.year - first.year) * 12 + day.month - first.month
    if rule.frequency is Frequency.MONTHLY and months % rule.interval:
        return False
    if rule.frequency is Frequency.YEARLY and (day.year - first.year) % rule.interval:
        return False
    if rule.nth is None:
        return day.day == (last_of_month if rule.month_day == -1 else rule.month_day)
    if day.weekday() not in rule.weekdays:
        return False
    if rule.nth == -1:
        return day.day + 7 > last_of_month
    return (day.day - 1) // 7 + 1 == rule.nth


def list_slowly(rule: Rule, first: date, last: date) -> list[date]:
    """Return the days from `first` to `last`, counted since the start of the rule."""
    found: list[date] = []
    day = rule.first_day
    while day <= last and len(found) < (rule.count or MOST_DATES * 10):
        if gives(rule, day):
            found.append(day)
        day += ONE_DAY
    return [day for day in found if day >= first]


def days() -> st.SearchStrategy[date]:
    return st.dates(START, END)


@st.composite
def rules(draw: st.DrawFn, frequency: Frequency) -> Rule:
    """Draw a rule that gives a day; every part is left out now and then."""
    first_day = draw(st.dates(START, date(2027, 12, 31)))
    parts: dict[str, Any] = {
        "interval": draw(st.integers(1, 5) | st.integers(1, 52)),
        "months": tuple(draw(st.sets(st.integers(1, 12), max_size=11))),
    }
    end = draw(st.sampled_from(("open", "until", "count")))
    if end == "until":
        parts["until"] = draw(st.dates(first_day, END))
    if end == "count":
        parts["count"] = draw(st.integers(1, 40))
    weekdays = st.integers(0, 6)
    month_day = st.none() | st.integers(1, 31) | st.just(-1)
    if frequency is Frequency.WEEKLY:
        parts["weekdays"] = tuple(draw(st.sets(weekdays)))
    if frequency is Frequency.YEARLY:
        parts["month_day"] = draw(month_day)
    if frequency is Frequency.MONTHLY:
        if draw(st.booleans()):
            parts["nth"] = draw(st.sampled_from((1, 2, 3, 4, 5, -1)))
            parts["weekdays"] = (draw(weekdays),)
        else:
            parts["month_day"] = draw(month_day)
    try:
        return Rule(frequency=frequency, first_day=first_day, **parts)
    except (NeverMatches, UntilBeforeFirst):
        assume(False)
        raise
