"""Free units by day, against a count that goes day by day and taking by taking."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from resources.domain.lending import (
    Taking,
    count_free,
    count_taken,
    gather_spans,
    list_days,
    list_short_days,
)

FIRST = datetime.date(2026, 12, 1)
DAYS = st.integers(-5, 40).map(lambda offset: FIRST + datetime.timedelta(days=offset))
TAKINGS = st.lists(st.builds(Taking, DAYS, DAYS, st.integers(1, 4)), max_size=8)

# A busy machine is no fault of the rule.
patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def day(number):
    return datetime.date(2026, 12, number)


@patient
@given(st.integers(0, 20), TAKINGS, DAYS, DAYS)
def test_free_units_equal_a_naive_count(quantity, takings, first_day, last_day):
    expected = {}
    each = first_day
    while each <= last_day:
        away = sum(
            one.units for one in takings if one.first_day <= each <= one.last_day
        )
        expected[each] = max(0, quantity - away)
        each += datetime.timedelta(days=1)
    assert count_free(quantity, takings, first_day, last_day) == expected


@patient
@given(st.integers(0, 20), TAKINGS, DAYS, DAYS, st.integers(1, 6))
def test_what_fits_never_exceeds_the_quantity(quantity, takings, first, last, units):
    free = count_free(quantity, takings, first, last)
    if list_short_days(free, units):
        return
    together = [*takings, Taking(first, last, units)]
    assert all(away <= quantity for away in count_taken(together, first, last).values())


@patient
@given(st.lists(DAYS))
def test_spans_hold_the_same_days(days):
    spans = gather_spans(days)
    spread = [one for span in spans for one in list_days(*span)]
    assert spread == sorted(set(days))
    gaps = [(b[0] - a[1]).days for a, b in itertools.pairwise(spans)]
    assert all(gap > 1 for gap in gaps)


def test_a_loan_takes_its_first_and_its_last_day():
    free = count_free(6, [Taking(day(3), day(4), 2)], day(2), day(5))
    assert free == {day(2): 6, day(3): 4, day(4): 4, day(5): 6}


def test_days_that_are_short_are_named():
    free = {day(2): 6, day(3): 1, day(4): 0}
    assert list_short_days(free, 2) == [day(3), day(4)]
    assert list_short_days(free, 1) == [day(4)]


def test_the_last_day_of_the_calendar_has_no_morrow():
    last = datetime.date.max
    assert count_taken([Taking(last, last, 1)], last, last) == {last: 1}


@pytest.mark.parametrize("units", [1, 3])
def test_more_taken_than_there_is_leaves_none(units):
    assert count_free(0, [Taking(day(1), day(1), units)], day(1), day(1)) == {day(1): 0}
