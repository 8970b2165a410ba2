"""Which repetitions of others are followed, and how far.

A rule is checked word by word before anything is computed from it: whatever is not
known to end soon is refused. Rules are computed on the naive wall clock and from
shortly before the time that is asked for, so that an old daily rule costs no more
than a young one.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from events.domain.recurrence import (
    LARGEST_INTERVAL as LARGEST_INTERVAL_OF_OURS,
    MOST_DATES,
)

from .moments import EventRefused
from .values import ReadRule, Reason
from .zones import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .lines import Line

MOST_COUNTED: Final = 1_000
LARGEST_INTERVAL: Final = 366
EARLIEST_COUNTED: Final = datetime(1990, 1, 1)  # noqa: DTZ001 - a wall-clock time
"""A counted rule is followed from its first date on: not from last century's."""

_OUR_PLACES: Final = frozenset({1, 2, 3, 4, 5, -1})
_FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_KNOWN: Final = frozenset(
    {
        "FREQ",
        "INTERVAL",
        "COUNT",
        "UNTIL",
        "BYDAY",
        "BYMONTHDAY",
        "BYMONTH",
        "BYSETPOS",
        "WKST",
    }
)
_WEEKDAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER: Final = re.compile(r"[+-]?\d{1,3}")
_LONGEST_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class ForeignRule:
    """A rule that is safe to follow; `until` is as written, in no zone yet."""

    text: str
    frequency: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    weekdays: tuple[tuple[int, int], ...] = ()
    """Pairs of an ordinal, 0 for every one, and a weekday, Monday 0."""
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


def read_rule(text: str, line: Line) -> ForeignRule:
    """Return the rule of an RRULE.

    Raises:
        EventRefused: it is unreadable, or not one that is followed.
    """
    parts: dict[str, str] = {}
    for part in text.upper().strip("; ").split(";"):
        name, equals, value = part.strip().partition("=")
        if not equals or name in parts or not value:
            raise EventRefused(Reason.UNREADABLE_RULE, line)
        parts[name] = value.strip()
    if "FREQ" not in parts:
        raise EventRefused(Reason.UNREADABLE_RULE, line)
    if not _KNOWN.issuperset(parts) or parts["FREQ"] not in _FREQUENCIES:
        raise EventRefused(Reason.UNSUPPORTED_RULE, line)
    try:
        rule = ForeignRule(
            text=text.strip(),
            frequency=parts["FREQ"],
            interval=int(parts.get("INTERVAL", "1")[:9]),
            count=int(parts["COUNT"][:9]) if "COUNT" in parts else None,
            until=parts.get("UNTIL", ""),
            weekdays=_read_weekdays(parts.get("BYDAY", "")),
            month_days=_read_numbers(parts.get("BYMONTHDAY", ""), -31, 31),
            months=_read_numbers(parts.get("BYMONTH", ""), 1, 12),
            positions=_read_numbers(parts.get("BYSETPOS", ""), -366, 366),
            week_start=WEEKDAYS.index(parts.get("WKST", "MO")),
        )
    except ValueError as error:
        raise EventRefused(Reason.UNREADABLE_RULE, line) from error
    if not _may_be_followed(rule):
        raise EventRefused(Reason.UNSUPPORTED_RULE, line)
    return rule


def _may_be_followed(rule: ForeignRule) -> bool:
    weekly = rule.frequency in {"DAILY", "WEEKLY"}
    return (
        1 <= rule.interval <= LARGEST_INTERVAL
        and (rule.count is None or 1 <= rule.count <= MOST_COUNTED)
        and not (rule.count is not None and rule.until)
        and not (rule.positions and rule.frequency != "MONTHLY")
        and not (weekly and any(ordinal for ordinal, _day in rule.weekdays))
        and not (rule.month_days and rule.frequency == "WEEKLY")
        and not (rule.month_days and rule.frequency == "YEARLY" and not rule.months)
        and _has_days(rule)
    )


def _has_days(rule: ForeignRule) -> bool:
    """Tell whether some month has one of the days: no 31 April, no 30 February."""
    months = rule.months or range(1, 13)
    longest = max(_LONGEST_MONTH[month - 1] for month in months)
    return not rule.month_days or min(map(abs, rule.month_days)) <= longest


def follow(
    rule: ForeignRule,
    first: datetime,
    until: datetime | None,
    after: datetime,
    before: datetime,
) -> Iterator[datetime]:
    """Give the naive dates of the rule in [`after`, `before`], in order.

    `first` is the event's own start. It is given too where the rule does not match
    it, and counts; RFC 5545 leaves that open, and people see it in their program.
    """
    last = before if until is None else min(until, before)
    if rule.count is not None:
        return (day for day in _count(rule, first, last) if day >= after)
    return _merge(first, _iterate(rule, first, after, last), after, last)


def is_on_rule(rule: ForeignRule, day: datetime) -> bool:
    """Tell whether a rule that starts on that day has it as its first date."""
    return next(_iterate(rule, day, day, day), None) == day


def _count(rule: ForeignRule, first: datetime, last: datetime) -> Iterator[datetime]:
    dates = _merge(first, _iterate(rule, first, first, last), first, last)
    return islice(dates, rule.count)


def _merge(
    first: datetime, dates: Iterator[datetime], after: datetime, last: datetime
) -> Iterator[datetime]:
    if after <= first <= last:
        yield first
    for day in dates:
        if after <= day and day != first:
            yield day


def _iterate(
    rule: ForeignRule, first: datetime, after: datetime, last: datetime
) -> Iterator[datetime]:
    """Walk from period to period.

    dateutil asks whether it is past the end at each date it finds: a rule that
    matches nothing takes it to the year 9999. This walk ends at `last` whatever it
    finds; the tests compare the two.
    """
    rule = _spell_out(rule, first)
    start = _leap(rule, first, after)
    for days in _list_periods(rule, start.date(), last.date()):
        for day in _pick(rule, days):
            found = datetime.combine(day, first.time())
            if first <= found <= last:
                yield found


def _list_periods(rule: ForeignRule, start: date, last: date) -> Iterator[list[date]]:
    """Give the days of each period in which a rule picks, in order."""
    if rule.frequency == "DAILY":
        for number in range(0, (last - start).days + 1, rule.interval):
            yield [start + timedelta(days=number)]
    elif rule.frequency == "WEEKLY":
        begin = start - timedelta(days=(start.weekday() - rule.week_start) % 7)
        for number in range(0, (last - begin).days + 1, 7 * rule.interval):
            yield [begin + timedelta(days=number + day) for day in range(7)]
    elif rule.frequency == "MONTHLY":
        begin_month, end_month = _number_month(start), _number_month(last)
        for month in range(begin_month, end_month + 1, rule.interval):
            yield _list_month(month // 12, month % 12 + 1)
    else:
        for year in range(start.year, last.year + 1, rule.interval):
            months = [_list_month(year, month) for month in rule.months or range(1, 13)]
            # Without months, “the 20th Monday” is that of the year.
            yield from months if rule.months else [list(chain.from_iterable(months))]


def _number_month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _list_month(year: int, month: int) -> list[date]:
    length = calendar.monthrange(year, month)[1]
    return [date(year, month, day) for day in range(1, length + 1)]


def _pick(rule: ForeignRule, days: list[date]) -> list[date]:
    """Return those of the days of one period that the rule means."""
    found = [day for day in days if not rule.months or day.month in rule.months]
    if rule.month_days:
        found = [day for day in found if _is_month_day(rule, day)]
    if rule.weekdays:
        wanted = set(_list_weekdays(rule, days))
        found = [day for day in found if day in wanted]
    if rule.positions:
        count = len(found)
        places = {
            position - 1 if position > 0 else count + position
            for position in rule.positions
        }
        found = [day for place, day in enumerate(found) if place in places]
    return found


def _is_month_day(rule: ForeignRule, day: date) -> bool:
    length = calendar.monthrange(day.year, day.month)[1]
    return day.day in rule.month_days or day.day - length - 1 in rule.month_days


def _list_weekdays(rule: ForeignRule, days: list[date]) -> Iterator[date]:
    for ordinal, weekday in rule.weekdays:
        same = [day for day in days if day.weekday() == weekday]
        if not ordinal:
            yield from same
        elif abs(ordinal) <= len(same):
            yield same[ordinal - 1 if ordinal > 0 else ordinal]


def _spell_out(rule: ForeignRule, first: datetime) -> ForeignRule:
    """Say what a rule leaves to its first date, so that another may begin it."""
    if rule.weekdays or rule.month_days:
        return rule
    if rule.frequency == "WEEKLY":
        return replace(rule, weekdays=((0, first.weekday()),))
    if rule.frequency == "MONTHLY":
        return replace(rule, month_days=(first.day,))
    if rule.frequency == "YEARLY":
        months = rule.months or (first.month,)
        return replace(rule, months=months, month_days=(first.day,))
    return rule


def _leap(rule: ForeignRule, first: datetime, after: datetime) -> datetime:
    """Return a start of the same rule shortly before `after`, never before `first`.

    Whole intervals are left out; one more is kept, as a month or a week may begin
    before the day that is asked for.
    """
    step = rule.interval
    if rule.frequency in {"DAILY", "WEEKLY"}:
        days = step if rule.frequency == "DAILY" else 7 * step
        skipped = (after - first).days // days - 1
        return first + timedelta(days=days * skipped) if skipped > 0 else first
    months = step if rule.frequency == "MONTHLY" else 12 * step
    apart = (after.year - first.year) * 12 + after.month - first.month
    skipped = apart // months - 1
    if skipped <= 0:
        return first
    month = first.year * 12 + first.month - 1 + months * skipped
    if rule.frequency == "YEARLY":
        return first.replace(year=month // 12, month=1, day=1)
    return first.replace(year=month // 12, month=month % 12 + 1, day=1)


def translate(
    rule: ForeignRule, first: datetime, until: date | None
) -> ReadRule | None:
    """Return the rule in the words of `recurrence.Rule`, None where it has none."""
    whole = _spell_out(rule, first)
    days = tuple(sorted({day for _ordinal, day in whole.weekdays}))
    words = ReadRule(
        frequency=rule.frequency.lower(),
        interval=rule.interval,
        months=whole.months,
        until=until,
        count=rule.count,
    )
    if rule.interval > LARGEST_INTERVAL_OF_OURS or (rule.count or 0) > MOST_DATES:
        return None
    if rule.frequency in {"DAILY", "WEEKLY"}:
        return _translate_days(whole, words, days)
    if not (whole.weekdays or whole.positions) and len(whole.month_days) == 1:
        month_day = whole.month_days[0]
        return replace(words, month_day=month_day) if month_day >= -1 else None
    if whole.month_days or len(whole.weekdays) != 1:
        return None
    if rule.frequency == "YEARLY":
        if rule.interval != 1 or not whole.months:
            return None
        words = replace(words, frequency="monthly")
    ordinal = whole.weekdays[0][0]
    places = [ordinal] if ordinal else list(whole.positions)
    if (ordinal and whole.positions) or places[1:] or set(places) - _OUR_PLACES:
        return None
    return replace(words, weekdays=days, nth=places[0]) if places else None


def _translate_days(
    whole: ForeignRule, words: ReadRule, days: tuple[int, ...]
) -> ReadRule | None:
    """Return a daily or weekly rule in our words; our weeks begin on Monday."""
    if whole.month_days:
        return None
    if whole.frequency == "DAILY" and not days:
        return words
    if whole.frequency == "DAILY":
        weekly = replace(words, frequency="weekly", weekdays=days)
        return weekly if whole.interval == 1 else None
    shifted = whole.week_start != 0 and whole.interval > 1
    # The days of one week may then belong to two of ours.
    return None if shifted and len(days) > 1 else replace(words, weekdays=days)


def leave_out_one(rule: ReadRule | None) -> ReadRule | None:
    """Return a rule with one date less to count, None where nothing is left."""
    if rule is None or rule.count is None:
        return rule
    return replace(rule, count=rule.count - 1) if rule.count > 1 else None


def read_until(text: str) -> tuple[datetime, bool, bool]:
    """Return an UNTIL, whether it is a day only, and whether it is in UTC.

    Raises:
        ValueError: it is neither.
    """
    match = re.fullmatch(r"(\d{8})(?:T(\d{6})(Z)?)?", text)
    if match is None:
        raise ValueError(text)
    clock = match[2] or "000000"
    wall = datetime.strptime(match[1] + clock, "%Y%m%d%H%M%S")  # noqa: DTZ007
    return wall, match[2] is None, match[3] is not None


def _read_weekdays(text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for part in text.split(",") if text else ():
        match = _WEEKDAY.fullmatch(part.strip())
        if match is None or abs(int(match[1] or 1)) not in range(1, 54):
            raise ValueError(part)
        found.append((int(match[1] or 0), WEEKDAYS.index(match[2])))
    return tuple(dict.fromkeys(found))


def _read_numbers(text: str, lowest: int, highest: int) -> tuple[int, ...]:
    found = []
    for part in text.split(",") if text else ():
        if _NUMBER.fullmatch(part.strip()) is None:
            raise ValueError(part)
        number = int(part)
        if number == 0 or not lowest <= number <= highest:
            raise ValueError(part)
        found.append(number)
    return tuple(sorted(set(found)))
