from __future__ import annotations

import datetime

import pytest

from events.posters.quarter import Quarter, UnreadableQuarter


def test_quarter_holds_three_months():
    last = Quarter.read("2026-4")
    assert last.first_day == datetime.date(2026, 10, 1)
    assert last.end_day == datetime.date(2027, 1, 1)
    assert Quarter.read("2027-1").end_day == datetime.date(2027, 4, 1)


@pytest.mark.parametrize(
    ("month", "number"), [(1, 1), (3, 1), (4, 2), (9, 3), (10, 4), (12, 4)]
)
def test_each_month_has_its_quarter(month, number):
    assert Quarter.of(datetime.date(2026, month, 28)) == Quarter(2026, number)


@pytest.mark.parametrize(
    "text",
    [
        "2026",
        "2026-5",
        "2026-0",
        "2026-04",
        "0001-1",
        "9999-4",
        "٢٠٢٦-1",
        "2026-4\n",
        "",
    ],
)
def test_what_is_no_quarter_is_refused(text):
    with pytest.raises(UnreadableQuarter):
        Quarter.read(text)
