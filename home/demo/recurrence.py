"""The days of the demonstration's series, by their rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from dateutil.relativedelta import relativedelta, weekday

_WEEK = datetime.timedelta(days=7)


def list_days(
    rule: dict[str, Any], first: datetime.date, last: datetime.date
) -> list[datetime.date]:
    """Return the days of ``rule`` from ``first`` to ``last``, both included.

    ``rule`` is weekly on a ``weekday`` (Monday is 0), or monthly on the ``nth`` one
    of the month (-1 is the last).
    """
    days = _weekly(rule, first) if rule["freq"] == "weekly" else _monthly(rule, first)
    found: list[datetime.date] = []
    for day in days:
        if day > last:
            return found
        if day >= first:
            found.append(day)
    return found


def count_months(day: datetime.date) -> int:
    """Return the number of months since year 0: months can then be subtracted."""
    return day.year * 12 + day.month


def _weekly(rule: dict[str, Any], first: datetime.date) -> Iterator[datetime.date]:
    day = first + relativedelta(weekday=weekday(rule["weekday"]))
    while True:
        yield day
        day += _WEEK


def _monthly(rule: dict[str, Any], first: datetime.date) -> Iterator[datetime.date]:
    month = first.replace(day=1)
    turn = weekday(rule["weekday"], rule["nth"])
    # The last one is counted back from the end of the month.
    start = relativedelta(day=31) if rule["nth"] < 0 else relativedelta(day=1)
    while True:
        yield month + start + relativedelta(weekday=turn)
        month += relativedelta(months=1)
