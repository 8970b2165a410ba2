from __future__ import annotations

from datetime import date

import pytest

from events.domain.errors import (
    InvalidRule,
    NeverMatches,
    OutOfRange,
    TooManyDates,
    UntilBeforeFirst,
)
from events.domain.recurrence import (
    Frequency,
    Rule,
)
from events.domain.wall_clock import LATEST_DAY

from .values import monthly, weekly

DAILY, WEEKLY, MONTHLY, YEARLY = Frequency
THURSDAY = 3


@pytest.mark.parametrize("last", [date(2026, 1, 4), date(2026, 1, 7)])
def test_s14_end_before_the_first_date_is_refused_with_both_days(last):
    with pytest.raises(UntilBeforeFirst) as refusal:
        monthly(date(2026, 1, 5), nth=2, weekdays=(THURSDAY,), until=last)
    assert (refusal.value.until, refusal.value.first) == (last, date(2026, 1, 8))


@pytest.mark.parametrize(
    ("year", "month", "parts"),
    [
        (2025, 1, {"frequency": MONTHLY, "month_day": 30, "months": (2,)}),
        (2025, 1, {"frequency": YEARLY, "month_day": 30, "months": (2,)}),
        (2025, 1, {"frequency": YEARLY, "month_day": 31, "months": (4, 6)}),
        # Every other month from January is never February.
        (2025, 1, {"frequency": MONTHLY, "months": (2,), "interval": 2}),
        # Every second year from 2025 is never a leap year.
        (2025, 2, {"frequency": MONTHLY, "month_day": 29, "interval": 24}),
        (2025, 2, {"frequency": YEARLY, "month_day": 29, "interval": 52}),
        (
            2025,
            2,
            {"frequency": MONTHLY, "nth": 5, "weekdays": (3,), "interval": 24},
        ),
    ],
)
def test_rule_that_gives_no_day_is_refused(year, month, parts):
    first = date(year, month, 1)
    with pytest.raises(NeverMatches) as refusal:
        Rule(first_day=first, **parts)
    assert (refusal.value.first_day, refusal.value.latest) == (first, LATEST_DAY)


@pytest.mark.parametrize("count", [367, 5000, 10**9])
def test_too_many_dates_are_refused(count):
    with pytest.raises(TooManyDates) as refusal:
        Rule(frequency=DAILY, first_day=date(2026, 1, 1), count=count)
    assert (refusal.value.count, refusal.value.most) == (count, 366)


@pytest.mark.parametrize(
    ("part", "parts"),
    [
        ("frequency", {"frequency": "hourly"}),
        ("frequency", {"frequency": ""}),
        ("interval", {"interval": 0}),
        ("interval", {"interval": 53}),
        ("weekdays", {"weekdays": (7,)}),
        ("weekdays", {"weekdays": (-1,)}),
        ("weekdays", {"frequency": MONTHLY, "nth": 2}),
        ("weekdays", {"frequency": MONTHLY, "nth": 2, "weekdays": (1, 2)}),
        ("weekdays", {"frequency": MONTHLY, "weekdays": (1,)}),
        ("weekdays", {"frequency": DAILY, "weekdays": (1,)}),
        ("weekdays", {"frequency": YEARLY, "weekdays": (1,)}),
        ("nth", {"frequency": MONTHLY, "nth": 0, "weekdays": (1,)}),
        ("nth", {"frequency": MONTHLY, "nth": 6, "weekdays": (1,)}),
        ("nth", {"frequency": MONTHLY, "nth": -2, "weekdays": (1,)}),
        ("nth", {"nth": 2, "weekdays": (1,)}),
        ("month_day", {"frequency": MONTHLY, "month_day": 0}),
        ("month_day", {"frequency": MONTHLY, "month_day": 32}),
        ("month_day", {"frequency": MONTHLY, "month_day": -2}),
        ("month_day", {"month_day": 5}),
        ("month_day", {"frequency": DAILY, "month_day": 5}),
        (
            "month_day",
            {"frequency": MONTHLY, "month_day": 5, "nth": 1, "weekdays": (1,)},
        ),
        ("months", {"months": (0,)}),
        ("months", {"months": (13,)}),
        ("count", {"count": 0}),
        ("count", {"count": 3, "until": date(2026, 5, 1)}),
    ],
)
def test_parts_that_mean_nothing_are_refused_by_name(part, parts):
    with pytest.raises(InvalidRule) as refusal:
        Rule(**({"frequency": WEEKLY, "first_day": date(2026, 1, 1)} | parts))
    assert refusal.value.part == part


@pytest.mark.parametrize(
    "parts",
    [
        {"first_day": date(1999, 12, 31)},
        {"first_day": date.max},
        {"first_day": date(2026, 1, 1), "until": date.max},
    ],
)
def test_days_outside_the_calendar_are_refused(parts):
    with pytest.raises(OutOfRange):
        Rule(frequency=DAILY, **parts)


def test_what_follows_from_the_first_day_is_filled_in():
    thursday = date(2026, 1, 15)
    assert weekly(thursday) == weekly(thursday, weekdays=(3, 3))
    assert monthly(thursday) == monthly(thursday, month_day=15)
    assert monthly(thursday) == monthly(thursday, months=tuple(range(12, 0, -1)))
    assert Rule(frequency=YEARLY, first_day=thursday) == Rule(
        frequency=YEARLY, first_day=thursday, month_day=15, months=(1,)
    )


def test_rule_is_the_same_from_stored_text_and_lists():
    thursday = date(2026, 1, 15)
    stored = Rule(frequency="monthly", first_day=thursday, nth=2, weekdays=[3])
    assert stored == monthly(thursday, nth=2, weekdays=(3,))
    assert stored.frequency is MONTHLY
    assert hash(stored) == hash(monthly(thursday, nth=2, weekdays=(3,)))
