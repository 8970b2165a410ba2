"""Dates that say no more than their source."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, strategies as st

from resources.domain.partial_dates import (
    PartialDate,
    Span,
    UnreadableDate,
    read_partial_date,
)


def span(start, end=""):
    ends = read_partial_date(end) if end else None
    return Span(read_partial_date(start), ends)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2011", (2011, 1, 1), (2011, 12, 31)),
        ("2011-10", (2011, 10, 1), (2011, 10, 31)),
        ("2012-02", (2012, 2, 1), (2012, 2, 29)),
        ("2011-10-26", (2011, 10, 26), (2011, 10, 26)),
    ],
)
def test_date_means_every_day_that_it_may(text, first, last):
    date = read_partial_date(text)
    assert (date.first_day, date.last_day) == (
        datetime.date(*first),
        datetime.date(*last),
    )


@pytest.mark.parametrize(
    "text",
    ["", "11", "2011-13", "2011-02-29", "2011-00", "0000", "2011-1", "26/10/2011",
     "２０１１", "2011\n"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text):
    with pytest.raises(UnreadableDate):
        read_partial_date(text)


def test_day_without_its_month_is_refused():
    with pytest.raises(UnreadableDate):
        PartialDate(2011, None, 26)


@given(st.dates(), st.integers(1, 3))
def test_date_is_read_as_it_is_written(day, precision):
    date = PartialDate(*(day.year, day.month, day.day)[:precision])
    assert read_partial_date(str(date)) == date
    assert date.first_day <= day <= date.last_day


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("2011", "2011-10-26", True),
        ("2011-10", "2011", True),
        ("2011-10-26", "2011-10-26", True),
        ("2011-10-26", "2011-10-17", False),
        ("2011", "2012", False),
        ("2011-10", "2011-11-01", False),
    ],
)
def test_dates_agree_when_one_is_a_part_of_the_other(one, other, agree):
    first, second = read_partial_date(one), read_partial_date(other)
    assert (first.agrees_with(second), second.agrees_with(first)) == (agree, agree)


@pytest.mark.parametrize(
    ("start", "end", "is_backwards"),
    [
        ("2012", "2011", True),
        ("2012-05", "2012-04", True),
        # Anything in 2012 may follow May.
        ("2012-05", "2012", False),
        ("2012", "2012-01-01", False),
        ("2012", "", False),
    ],
)
def test_span_is_backwards_when_no_reading_puts_it_in_order(start, end, is_backwards):
    assert span(start, end).ends_before_it_begins is is_backwards


@pytest.mark.parametrize(
    ("start", "end", "holds", "is_over"),
    [
        ("2026", "2026", True, False),
        ("2026-11-23", "2026-11-23", True, False),
        ("2026-11-24", "", False, False),
        ("2020", "", True, False),
        ("2025", "2026-11-22", False, True),
        ("2025", "2025", False, True),
    ],
)
def test_span_holds_a_day_between_its_ends_included(start, end, holds, is_over):
    day = datetime.date(2026, 11, 23)
    one = span(start, end)
    assert (one.may_hold(day), one.is_over(day)) == (holds, is_over)


@pytest.mark.parametrize(
    ("one", "later", "overlaps"),
    [
        (("2011", "2012"), ("2013", "2014"), False),
        # Both in 2012, with no month: the second may well follow the first.
        (("2011", "2012"), ("2012", "2014"), False),
        (("2011", "2012-06"), ("2012-05", "2013"), True),
        (("2011", "2012-06"), ("2012-06", "2013"), False),
        (("2011", "2012-06-15"), ("2012-06-15", "2013"), True),
        (("2011", ""), ("2013", "2014"), True),
        (("2013", "2014"), ("2011", "2012"), False),
    ],
)
def test_spans_overlap_when_they_surely_do(one, later, overlaps):
    assert span(*one).overlaps(span(*later)) is overlaps
