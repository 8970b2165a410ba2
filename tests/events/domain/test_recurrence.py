from __future__ import annotations

import sys
from datetime import UTC, date, time, timedelta
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from events.domain.errors import (
    CalendarError,
    NothingFollows,
    UntilBeforeFirst,
)
from events.domain.holidays import Territory, find_holiday
from events.domain.recurrence import (
    Frequency,
    Rule,
    first_match,
    follow_from,
    list_days,
    months_without,
    next_days,
    split_until,
)
from events.domain.wall_clock import LATEST_DAY, localise

from .libical_cases import CASES, to_our_years
from .rule_oracle import days, list_slowly, rules
from .values import monthly, weekly

DAILY, WEEKLY, MONTHLY, YEARLY = Frequency
TUESDAY, THURSDAY, FRIDAY = 1, 3, 4
PARIS = "Europe/Paris"

every_frequency = pytest.mark.parametrize("frequency", Frequency)


def of_2026(rule: Rule) -> list[str]:
    listed = list_days(rule, date(2026, 1, 1), date(2026, 12, 31))
    return [f"{day.day}/{day.month}" for day in listed]


def in_utc(rule: Rule, first: date, last: date, hour: time) -> list[str]:
    return [
        f"{localise(day, hour, PARIS).astimezone(UTC):%H:%MZ}"
        for day in list_days(rule, first, last)
    ]


def test_t01_weekly_lunch_keeps_its_hour_in_spring():
    rule = weekly(date(2026, 3, 17), weekdays=(TUESDAY,))
    assert in_utc(rule, date(2026, 3, 17), date(2026, 4, 21), time(12, 30)) == [
        "11:30Z",
        "11:30Z",
        *["10:30Z"] * 4,
    ]


def test_t02_weekly_evening_keeps_its_hour_in_autumn():
    rule = weekly(date(2026, 10, 15), weekdays=(THURSDAY,))
    assert in_utc(rule, date(2026, 10, 15), date(2026, 11, 5), time(18, 30)) == [
        "16:30Z",
        "16:30Z",
        "17:30Z",
        "17:30Z",
    ]


def test_t03_second_thursday_of_each_month():
    assert of_2026(monthly(nth=2, weekdays=(THURSDAY,))) == (
        [
            "8/1",
            "12/2",
            "12/3",
            "9/4",
            "14/5",
            "11/6",
            "9/7",
            "13/8",
            "10/9",
            "8/10",
            "12/11",
            "10/12",
        ]
    )


def test_t04_last_friday_of_each_month():
    rule = monthly(date(2026, 1, 30), nth=-1, weekdays=(FRIDAY,))
    assert of_2026(rule)[:4] == ["30/1", "27/2", "27/3", "24/4"]


def test_t05_the_31st_skips_the_months_without_it_and_says_which():
    rule = monthly(date(2026, 1, 31))
    assert of_2026(rule) == ["31/1", "31/3", "31/5", "31/7", "31/8", "31/10", "31/12"]
    assert months_without(rule) == (2, 4, 6, 9, 11)


def test_t06_fifth_thursday_skips_the_months_without_one():
    rule = monthly(nth=5, weekdays=(THURSDAY,))
    assert of_2026(rule) == ["29/1", "30/4", "30/7", "29/10", "31/12"]
    assert months_without(rule) == tuple(range(1, 13))


def test_t20_29_february_comes_in_leap_years():
    rule = Rule(frequency=YEARLY, first_day=date(2024, 2, 29))
    assert list_days(rule, date(2024, 1, 1), date(2035, 1, 1)) == [
        date(2024, 2, 29),
        date(2028, 2, 29),
        date(2032, 2, 29),
    ]
    assert months_without(rule) == (2,)


def test_29_february_skips_2100():
    rule = Rule(frequency=YEARLY, first_day=date(2096, 2, 29))
    assert next_days(rule, date(2096, 2, 29), 1) == [date(2104, 2, 29)]


def test_s13_national_day_is_told_from_the_other_tuesdays():
    rule = weekly(date(2026, 7, 7), weekdays=(TUESDAY,), count=3)
    assert [
        (day, find_holiday(day, Territory.METROPOLITAN))
        for day in list_days(rule, date(2026, 7, 1), date(2026, 7, 31))
    ] == [
        (date(2026, 7, 7), None),
        (date(2026, 7, 14), "Fête nationale"),
        (date(2026, 7, 21), None),
    ]


def test_s14_count_of_one_gives_one_date():
    assert of_2026(weekly(count=1)) == ["1/1"]


def test_last_day_of_a_rule_is_one_of_its_days():
    assert of_2026(weekly(until=date(2026, 1, 15))) == ["1/1", "8/1", "15/1"]


def test_a_date_a_day_for_a_leap_year_is_accepted():
    rule = Rule(frequency=DAILY, first_day=date(2028, 1, 1), count=366)
    listed = list_days(rule, date(2027, 1, 1), date(2030, 1, 1))
    assert (len(listed), listed[-1]) == (366, date(2028, 12, 31))


def test_first_day_need_not_be_a_date():
    rule = monthly(date(2026, 1, 20), nth=2, weekdays=(THURSDAY,), interval=2)
    assert first_match(rule) == date(2026, 3, 12)


def test_days_are_listed_within_both_bounds_only():
    rule = weekly()
    assert list_days(rule, date(2026, 1, 8), date(2026, 1, 15)) == [
        date(2026, 1, 8),
        date(2026, 1, 15),
    ]
    assert list_days(rule, date(2026, 1, 9), date(2026, 1, 14)) == []
    assert list_days(rule, date(2026, 1, 15), date(2026, 1, 8)) == []
    assert list_days(rule, date.min, date(2026, 1, 7)) == [date(2026, 1, 1)]


def test_next_days_come_after_the_day_and_stop_at_the_limit():
    rule = weekly(until=date(2026, 1, 22))
    assert next_days(rule, date(2026, 1, 1), 2) == [date(2026, 1, 8), date(2026, 1, 15)]
    assert next_days(rule, date(2026, 1, 14), 9) == [
        date(2026, 1, 15),
        date(2026, 1, 22),
    ]
    assert next_days(rule, date(2026, 1, 22), 9) == []
    assert next_days(weekly(), date.max, 9) == []


def test_rule_ends_on_the_eve_of_the_day_it_is_split():
    rule = weekly(interval=2, count=5)
    ended = split_until(rule, date(2026, 1, 29))
    assert ended == weekly(interval=2, until=date(2026, 1, 28))
    assert of_2026(ended) == ["1/1", "15/1"]
    with pytest.raises(UntilBeforeFirst):
        split_until(rule, date(2026, 1, 1))


def test_rule_that_was_over_is_left_as_it_is_when_split():
    for rule in (weekly(count=2), weekly(until=date(2026, 1, 8))):
        assert split_until(rule, date(2026, 3, 1)) == rule


def test_rule_goes_on_in_step_with_fewer_dates():
    rule = weekly(interval=2, count=5)
    assert follow_from(rule, date(2026, 1, 16)) == weekly(
        date(2026, 1, 29), interval=2, count=3
    )
    assert follow_from(rule, date(2020, 1, 1)) == rule


def test_rule_without_dates_left_cannot_go_on():
    with pytest.raises(NothingFollows) as refusal:
        follow_from(weekly(count=2), date(2026, 1, 9))
    assert refusal.value.day == date(2026, 1, 9)
    assert isinstance(refusal.value, CalendarError)


@every_frequency
@given(data=st.data())
def test_days_are_those_of_a_day_by_day_search(frequency, data):
    rule = data.draw(rules(frequency))
    first = data.draw(days())
    last = first + timedelta(days=data.draw(st.integers(-5, 900)))
    assert list_days(rule, first, last) == list_slowly(rule, first, last)


@every_frequency
@given(data=st.data())
def test_splitting_a_rule_loses_and_adds_no_day(frequency, data):
    rule = data.draw(rules(frequency))
    day = data.draw(days())
    end = date(2033, 12, 31)
    whole = list_days(rule, rule.first_day, end)
    try:
        before = list_days(split_until(rule, day), rule.first_day, end)
    except UntilBeforeFirst:
        before = []
    try:
        after = list_days(follow_from(rule, day), rule.first_day, end)
    except NothingFollows:
        after = []
    assert before == [each for each in whole if each < day]
    assert after == [each for each in whole if each >= day]


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        (monthly(month_day=30), (2,)),
        (monthly(month_day=29), (2,)),
        (monthly(month_day=28), ()),
        (monthly(month_day=-1), ()),
        (monthly(month_day=31, months=(1, 4, 7)), (4,)),
        (monthly(month_day=31, interval=2), (9, 11)),
        (monthly(nth=4, weekdays=(3,)), ()),
        (monthly(nth=5, weekdays=(3,), interval=3), (1, 4, 7, 10)),
        (weekly(), ()),
        (Rule(frequency=DAILY, first_day=date(2026, 1, 31)), ()),
        (Rule(frequency=YEARLY, first_day=date(2026, 1, 31), months=(3, 6)), (6,)),
    ],
)
def test_months_without_the_day_are_told(rule, missing):
    assert months_without(rule) == missing


def count_calls(rule: Rule, first: date, last: date) -> int:
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        assert list_days(rule, first, last)
    finally:
        sys.setprofile(None)
    return calls


@every_frequency
def test_days_far_from_the_first_cost_no_more(frequency):
    window = date(2190, 1, 1), date(2191, 6, 30)
    near = Rule(frequency=frequency, first_day=date(2189, 12, 25))
    far = Rule(frequency=frequency, first_day=date(2000, 1, 1))
    assert count_calls(far, *window) < 1.2 * count_calls(near, *window)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_c03_days_are_those_that_libical_expects(case):
    rule = case.rule
    assert list_days(rule, rule.first_day, LATEST_DAY) == case.expected
    if case.start_at:
        start = to_our_years(date.fromisoformat(case.start_at))
        assert list_days(rule, start, LATEST_DAY) == [
            day for day in case.expected if day >= start
        ]


@settings(max_examples=20)
@given(day=days())
def test_a_date_comes_once_a_day(day):
    rule = Rule(frequency=DAILY, first_day=day)
    assert list_days(rule, day, day) == [day]
