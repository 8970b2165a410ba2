"""The days that a rule gives: “each second Thursday”, “the 15th”, “21 June”.

A rule knows days and nothing of hours or zones: a date's hour is put on the wall
clock of its own day afterwards (`wall_clock`), so that 18:30 stays 18:30 across a
change of clocks. The grammar is the part of RFC 5545 section 3.3.10 that a person can
say in one sentence and that gives at most one date a day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final, Literal

from dateutil import rrule as dateutil_rrule

from .errors import (
    InvalidRule,
    InvalidValue,
    NeverMatches,
    NothingFollows,
    OutOfRange,
    TooManyDates,
    UntilBeforeFirst,
)
from .wall_clock import EARLIEST_DAY, LATEST_DAY

LARGEST_INTERVAL: Final = 52
MOST_DATES: Final = 366
"""The largest count of a rule: one date a day for a year."""

LAST: Final = -1
"""The last one of its kind in a month: the `nth` weekday, or the day."""

_MONTHS: Final = tuple(range(1, 13))
_LEAP_YEAR: Final = 2028
_COMMON_YEAR: Final = 2027
_ONE_DAY: Final = timedelta(days=1)
_WEEKDAY_NAMES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Frequency(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"


_FREQUENCIES: Final[dict[Frequency, Literal[0, 1, 2, 3]]] = {
    Frequency.DAILY: dateutil_rrule.DAILY,
    Frequency.WEEKLY: dateutil_rrule.WEEKLY,
    Frequency.MONTHLY: dateutil_rrule.MONTHLY,
    Frequency.YEARLY: dateutil_rrule.YEARLY,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A rule that gives at least one day, in a single way of writing it.

    What is left out and follows from `first_day` is filled in at construction, lists
    are sorted and twelve months become none: rules that say the same are equal, and a
    rule read back from its fields is the same rule.

    The days counted by `interval` start with the day, week (from Monday), month or
    year of `first_day`, which need not itself be one of the days given.

    Raises:
        InvalidRule: a value is out of bounds, or two parts exclude each other.
        TooManyDates: `count` is larger than `MOST_DATES`.
        OutOfRange: `first_day` or `until` is a day that the calendar refuses.
        NeverMatches: there is no such day until the end of the calendar.
        UntilBeforeFirst: the first such day comes after `until`.
    """

    frequency: Frequency
    first_day: date
    interval: int = 1
    """1 to 52 days, weeks, months or years."""
    weekdays: tuple[int, ...] = ()
    """Monday 0. WEEKLY: that of `first_day` by default; MONTHLY: one, with `nth`."""
    nth: int | None = None
    """MONTHLY: 1 to 5, -1 the last one of the month."""
    month_day: int | None = None
    """MONTHLY without `nth`, YEARLY: 1 to 31, -1 the last; that of `first_day`."""
    months: tuple[int, ...] = ()
    """The only months with dates, all by default; YEARLY: that of `first_day`."""
    until: date | None = None
    """The last day on which there may be a date."""
    count: int | None = None
    """How many dates there are, 1 to 366; never with `until`."""

    def __post_init__(self) -> None:
        if self.frequency not in tuple(Frequency):
            raise InvalidRule("frequency", "none of the four")
        object.__setattr__(self, "frequency", Frequency(self.frequency))
        _check_bounds(self)
        _check_agreement(self)
        for part, value in _complete(self).items():
            object.__setattr__(self, part, value)
        if not _may_match(self):
            raise NeverMatches(self.first_day, LATEST_DAY)
        first = next(_iterate(self, self.first_day, LATEST_DAY, bounded=False), None)
        if first is None:
            raise NeverMatches(self.first_day, LATEST_DAY)
        if self.until is not None and self.until < first:
            raise UntilBeforeFirst(self.until, first)


def list_days(rule: Rule, first: date, last: date) -> list[date]:
    """Return the days of `rule` from `first` to `last`, both included, ascending.

    The cost follows the days between the two, however far `first` is from the first
    day of the rule; a rule with a count is walked from its start.
    """
    return list(_iterate(rule, first, last))


def first_match(rule: Rule) -> date:
    """Return the first day that `rule` gives: the DTSTART of its RRULE."""
    return next(_iterate(rule, rule.first_day, LATEST_DAY))


def next_days(rule: Rule, after: date, limit: int) -> list[date]:
    """Return up to `limit` days of `rule` that come after the day `after`."""
    if after >= LATEST_DAY:
        return []
    return list(islice(_iterate(rule, after + _ONE_DAY, LATEST_DAY), limit))


def split_until(rule: Rule, day: date) -> Rule:
    """Return the same rule, ended on the eve of `day`.

    Raises:
        UntilBeforeFirst: it has no date before `day`.
    """
    if next(_iterate(rule, day, LATEST_DAY), None) is None:
        return rule
    eve = day - _ONE_DAY
    return replace(rule, until=eve, count=None)


def follow_from(rule: Rule, day: date) -> Rule:
    """Return the same rule without its dates before `day`, which its count leaves out.

    It starts with its first date on `day` or after, so that every other week stays
    the same every other week.

    Raises:
        NothingFollows: it has no date on `day` or after.
    """
    first = next(_iterate(rule, day, LATEST_DAY), None)
    if first is None:
        raise NothingFollows(day)
    if rule.count is None:
        return replace(rule, first_day=first)
    given = len(list_days(rule, rule.first_day, first - _ONE_DAY))
    return replace(rule, first_day=first, count=rule.count - given)


def months_without(rule: Rule) -> tuple[int, ...]:
    """Return the months, 1 to 12, that `rule` means to serve and cannot each year.

    The 31st leaves out five of them; no month always has a fifth Thursday; 29
    February comes in leap years only.
    """
    if rule.nth == 5:
        return tuple(_served_months(rule))
    day = rule.month_day or LAST
    return tuple(
        month
        for month in _served_months(rule)
        if day > monthrange(_COMMON_YEAR, month)[1]
    )


def to_rrule(rule: Rule, until_utc: datetime | None) -> str:
    """Return the value of the RRULE property, its parts in icalendar's order.

    `until_utc` is the last instant of a rule with `until`, see `wall_clock.until`:
    UNTIL is in UTC where DTSTART has a zone. Without it UNTIL is a day, as it has to
    be where DTSTART is one (RFC 5545 section 3.3.10).

    Raises:
        InvalidValue: `until_utc` is naive, or the rule has no `until`.
    """
    parts = [f"FREQ={rule.frequency.value.upper()}"]
    if until_utc is not None:
        if rule.until is None or until_utc.tzinfo is None:
            raise InvalidValue("UNTIL is an aware instant of a rule that ends")
        parts.append(f"UNTIL={until_utc.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    elif rule.until is not None:
        parts.append(f"UNTIL={rule.until:%Y%m%d}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.weekdays:
        nth = "" if rule.nth is None else str(rule.nth)
        names = (nth + _WEEKDAY_NAMES[weekday] for weekday in rule.weekdays)
        parts.append(f"BYDAY={','.join(names)}")
    if rule.month_day is not None:
        parts.append(f"BYMONTHDAY={rule.month_day}")
    if rule.months:
        parts.append(f"BYMONTH={','.join(map(str, rule.months))}")
    if rule.interval != 1 and len(rule.weekdays) > 1:
        # Programs whose week starts on Sunday would pair other days.
        parts.append("WKST=MO")
    return ";".join(parts)


def _check_bounds(rule: Rule) -> None:
    for day in (rule.first_day, rule.until):
        if day is not None and not EARLIEST_DAY <= day <= LATEST_DAY:
            raise OutOfRange(day, EARLIEST_DAY, LATEST_DAY)
    if not 1 <= rule.interval <= LARGEST_INTERVAL:
        raise InvalidRule("interval", f"not between 1 and {LARGEST_INTERVAL}")
    if not all(0 <= weekday <= 6 for weekday in rule.weekdays):
        raise InvalidRule("weekdays", "not between 0 and 6")
    if rule.nth is not None and rule.nth not in (1, 2, 3, 4, 5, LAST):
        raise InvalidRule("nth", "neither 1 to 5 nor -1")
    day_number = rule.month_day
    if day_number is not None and day_number != LAST and not 1 <= day_number <= 31:
        raise InvalidRule("month_day", "neither 1 to 31 nor -1")
    if not all(month in _MONTHS for month in rule.months):
        raise InvalidRule("months", "not between 1 and 12")
    if rule.count is not None and rule.count < 1:
        raise InvalidRule("count", "less than one date")
    if rule.count is not None and rule.count > MOST_DATES:
        raise TooManyDates(rule.count, MOST_DATES)


def _check_agreement(rule: Rule) -> None:
    """Refuse what a frequency cannot mean, and two parts that say different days."""
    monthly = rule.frequency is Frequency.MONTHLY
    if rule.until is not None and rule.count is not None:
        raise InvalidRule("count", "both a last day and a number of dates")
    if rule.nth is not None and not monthly:
        raise InvalidRule("nth", "of a month only")
    if rule.nth is not None and len(set(rule.weekdays)) != 1:
        raise InvalidRule("weekdays", "exactly one goes with nth")
    if rule.nth is not None and rule.month_day is not None:
        raise InvalidRule("month_day", "both a weekday and a day of the month")
    if rule.weekdays and rule.nth is None and rule.frequency is not Frequency.WEEKLY:
        raise InvalidRule("weekdays", "of a week, or with nth")
    if rule.month_day is not None and rule.frequency in (
        Frequency.DAILY,
        Frequency.WEEKLY,
    ):
        raise InvalidRule("month_day", "of a month or a year only")


def _complete(rule: Rule) -> dict[str, int | tuple[int, ...] | None]:
    """Return the parts of `rule` that have one more usual way of being written."""
    frequency = rule.frequency
    weekdays = tuple(sorted(set(rule.weekdays)))
    months = tuple(sorted(set(rule.months)))
    month_day = rule.month_day
    if frequency is Frequency.WEEKLY and not weekdays:
        weekdays = (rule.first_day.weekday(),)
    if frequency is Frequency.YEARLY and not months:
        months = (rule.first_day.month,)
    if frequency is not Frequency.YEARLY and months == _MONTHS:
        months = ()
    if frequency in (Frequency.MONTHLY, Frequency.YEARLY) and rule.nth is None:
        month_day = month_day or rule.first_day.day
    return {
        "weekdays": weekdays,
        "months": months,
        "month_day": month_day,
    }


def _served_months(rule: Rule) -> list[int]:
    """Return the months that the interval and the list of months both let through."""
    if rule.frequency is Frequency.MONTHLY:
        start = rule.first_day.month - 1
        reached = {(start + step * rule.interval) % 12 + 1 for step in range(12)}
    else:
        reached = set(_MONTHS)
    return sorted(reached.intersection(rule.months or _MONTHS))


def _may_match(rule: Rule) -> bool:
    """Tell without walking the calendar whether some month has the day at all."""
    day = rule.month_day or LAST
    return any(
        day <= monthrange(_LEAP_YEAR, month)[1] for month in _served_months(rule)
    )


def _iterate(
    rule: Rule, first: date, last: date, *, bounded: bool = True
) -> Iterator[date]:
    """Yield the days from `first` to `last`; not `bounded`, beyond the rule's end."""
    if bounded and rule.until is not None:
        last = min(last, rule.until)
    last = min(last, LATEST_DAY)
    counted = bounded and rule.count is not None
    start = rule.first_day if counted else _approach(rule, first)
    if start > last:
        return
    days = dateutil_rrule.rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=datetime.combine(start, time()),
        interval=rule.interval,
        wkst=dateutil_rrule.MO,
        byweekday=[
            dateutil_rrule.weekday(weekday, rule.nth) for weekday in rule.weekdays
        ]
        or None,
        bymonthday=rule.month_day,
        bymonth=rule.months or None,
        # A count is ours to keep: dateutil takes no count together with an end.
        until=datetime.combine(last, time()),
    )
    start = max(first, rule.first_day)
    for moment in islice(days, rule.count if counted else None):
        if moment.date() >= start:
            yield moment.date()


def _approach(rule: Rule, day: date) -> date:
    """Return a day in step with the interval, shortly before the dates from `day`.

    It is the first day of a period that the interval counts, never before the first
    of the rule: the periods that follow are the same ones.
    """
    start = rule.first_day
    if day <= start:
        return start
    if rule.frequency is Frequency.DAILY:
        behind = (day - start).days
        return start + timedelta(days=behind - behind % rule.interval)
    if rule.frequency is Frequency.WEEKLY:
        monday = start - timedelta(days=start.weekday())
        behind = (day - monday).days // 7
        weeks = behind - behind % rule.interval
        return start if weeks == 0 else monday + timedelta(weeks=weeks)
    if rule.frequency is Frequency.MONTHLY:
        behind = (day.year - start.year) * 12 + day.month - start.month
        months = behind - behind % rule.interval
        if months == 0:
            return start
        years, month = divmod(start.month - 1 + months, 12)
        return date(start.year + years, month + 1, 1)
    behind = day.year - start.year
    years = behind - behind % rule.interval
    return start if years == 0 else date(start.year + years, 1, 1)
