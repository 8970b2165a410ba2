"""The days of a rule."""

from __future__ import annotations

import datetime

import pytest

from home.demo.recurrence import count_months, list_days

DATE = datetime.date


def test_weekly_rule_gives_each_such_weekday_both_ends_included():
    rule = {"freq": "weekly", "weekday": 3}
    assert list_days(rule, DATE(2026, 11, 19), DATE(2026, 12, 3)) == [
        DATE(2026, 11, 19),
        DATE(2026, 11, 26),
        DATE(2026, 12, 3),
    ]


@pytest.mark.parametrize(
    ("nth", "days"),
    [
        (1, [DATE(2026, 11, 3), DATE(2026, 12, 1)]),
        (4, [DATE(2026, 11, 24), DATE(2026, 12, 22)]),
        (-1, [DATE(2026, 11, 24), DATE(2026, 12, 29)]),
    ],
)
def test_monthly_rule_counts_from_either_end_of_the_month(nth, days):
    rule = {"freq": "monthly", "weekday": 1, "nth": nth}
    assert list_days(rule, DATE(2026, 11, 1), DATE(2026, 12, 31)) == days


def test_monthly_rule_leaves_out_days_before_the_first():
    rule = {"freq": "monthly", "weekday": 1, "nth": 1}
    assert list_days(rule, DATE(2026, 11, 4), DATE(2026, 12, 1)) == [DATE(2026, 12, 1)]


def test_months_can_be_subtracted_across_years():
    assert count_months(DATE(2027, 1, 31)) - count_months(DATE(2026, 12, 1)) == 1
