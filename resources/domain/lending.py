"""How many of a thing that is lent are free, day by day.

Days are whole; the first and the last of a span are both included.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

ONE_DAY: Final = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Taking:
    """So many units are away from ``first_day`` to ``last_day``.

    One whose last day is before its first takes nothing.
    """

    first_day: datetime.date
    last_day: datetime.date
    units: int


def list_days(first_day: datetime.date, last_day: datetime.date) -> list[datetime.date]:
    """Return the days of a span, in order; none when it ends before it begins."""
    count = (last_day - first_day).days + 1
    return [first_day + ONE_DAY * offset for offset in range(count)]


def count_taken(
    takings: Iterable[Taking], first_day: datetime.date, last_day: datetime.date
) -> dict[datetime.date, int]:
    """Return how many units are away on each day of the span, in order.

    Linear in the number of takings and of days.
    """
    changes: Counter[datetime.date] = Counter()
    for taking in takings:
        begin, end = max(taking.first_day, first_day), min(taking.last_day, last_day)
        if begin <= end:
            changes[begin] += taking.units
            # Nobody looks beyond the span, whose last day may have no morrow.
            if end < last_day:
                changes[end + ONE_DAY] -= taking.units
    taken = {}
    away = 0
    for day in list_days(first_day, last_day):
        away += changes[day]
        taken[day] = away
    return taken


def count_free(
    quantity: int,
    takings: Iterable[Taking],
    first_day: datetime.date,
    last_day: datetime.date,
) -> dict[datetime.date, int]:
    """Return how many of ``quantity`` units are left on each day of the span."""
    taken = count_taken(takings, first_day, last_day)
    return {day: max(0, quantity - away) for day, away in taken.items()}


def list_short_days(
    free: Mapping[datetime.date, int], units: int
) -> list[datetime.date]:
    """Return the days on which fewer than ``units`` are free, in order."""
    return [day for day in sorted(free) if free[day] < units]


def gather_spans(
    days: Iterable[datetime.date],
) -> list[tuple[datetime.date, datetime.date]]:
    """Return the first and the last day of each run of consecutive days, in order."""
    spans: list[tuple[datetime.date, datetime.date]] = []
    for day in sorted(set(days)):
        if spans and day - spans[-1][1] == ONE_DAY:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans
