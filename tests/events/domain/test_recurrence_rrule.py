from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, strategies as st

from events.domain.errors import (
    InvalidValue,
)
from events.domain.recurrence import (
    Frequency,
    Rule,
    first_match,
    list_days,
    to_rrule,
)
from events.domain.wall_clock import localise, until

from .rule_oracle import ONE_DAY, days, rules
from .values import monthly, weekly

DAILY, WEEKLY, MONTHLY, YEARLY = Frequency
PARIS = "Europe/Paris"

every_frequency = pytest.mark.parametrize("frequency", Frequency)


@every_frequency
@given(data=st.data())
def test_rrule_gives_the_same_days_to_another_reader(frequency, data):
    rule = data.draw(rules(frequency))
    hour = time(18, 30)
    end = until(rule.until, PARIS) if rule.until else None
    text = to_rrule(rule, end)
    start = localise(first_match(rule), hour, PARIS)
    last = data.draw(days())
    read = rrulestr(text, dtstart=start).between(
        start - ONE_DAY,
        localise(last, time(23), PARIS),
    )
    assert [moment.date() for moment in read] == list_days(rule, rule.first_day, last)
    assert {moment.time() for moment in read} <= {hour}


@every_frequency
@given(data=st.data())
def test_rrule_of_whole_days_ends_on_a_day(frequency, data):
    rule = data.draw(rules(frequency))
    start = datetime.combine(first_match(rule), time())
    read = rrulestr(to_rrule(rule, None), dtstart=start, ignoretz=True)
    last = data.draw(days())
    assert [
        moment.date()
        for moment in read.between(start, datetime.combine(last, time()), inc=True)
    ] == list_days(rule, rule.first_day, last)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (weekly(), "FREQ=WEEKLY;BYDAY=TH"),
        (weekly(interval=2), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        (
            weekly(interval=2, weekdays=(6, 1)),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO",
        ),
        (
            monthly(nth=2, weekdays=(3,), months=(5, 1), count=10),
            "FREQ=MONTHLY;COUNT=10;BYDAY=2TH;BYMONTH=1,5",
        ),
        (monthly(nth=-1, weekdays=(4,)), "FREQ=MONTHLY;BYDAY=-1FR"),
        (monthly(month_day=-1), "FREQ=MONTHLY;BYMONTHDAY=-1"),
        (
            Rule(frequency=YEARLY, first_day=date(2026, 6, 21)),
            "FREQ=YEARLY;BYMONTHDAY=21;BYMONTH=6",
        ),
        (
            Rule(frequency=DAILY, first_day=date(2026, 6, 21), interval=3),
            "FREQ=DAILY;INTERVAL=3",
        ),
        (
            weekly(until=date(2026, 12, 31)),
            "FREQ=WEEKLY;UNTIL=20261231;BYDAY=TH",
        ),
    ],
)
def test_rrule_is_written_in_one_order(rule, text):
    assert to_rrule(rule, None) == text


def test_rrule_of_a_zone_ends_in_utc():
    # The domain's half of T19.
    rule = weekly(until=date(2026, 12, 31))
    assert to_rrule(rule, until(date(2026, 12, 31), PARIS)) == (
        "FREQ=WEEKLY;UNTIL=20261231T225959Z;BYDAY=TH"
    )


@pytest.mark.parametrize(
    ("rule", "end"),
    [
        (
            weekly(until=date(2026, 12, 31)),
            datetime.combine(date(2026, 12, 31), time()),
        ),
        (weekly(), datetime(2026, 12, 31, tzinfo=UTC)),
    ],
)
def test_rrule_refuses_an_end_that_the_rule_lacks_or_a_naive_one(rule, end):
    with pytest.raises(InvalidValue):
        to_rrule(rule, end)
