# ruff: noqa: DTZ001 - rules are followed on the naive wall clock
from __future__ import annotations

import time
from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import islice, takewhile

import pytest
from dateutil import rrule
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from events.domain.errors import NeverMatches
from events.domain.foreign.lines import Line
from events.domain.foreign.moments import EventRefused
from events.domain.foreign.rules import (
    follow,
    is_on_rule,
    leave_out_one,
    read_rule,
    translate,
)
from events.domain.foreign.values import ReadRule
from events.domain.recurrence import Rule, list_days

LINE = Line(1, "RRULE", "RRULE")
START = datetime(2026, 1, 8, 18, 30)
BEFORE = datetime(2027, 1, 1)


def say_days(text: str, first: datetime = START, after: datetime = START) -> list[str]:
    rule = read_rule(text, LINE)
    return [f"{day:%d/%m}" for day in follow(rule, first, None, after, BEFORE)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "FREQ=MONTHLY;BYDAY=2TH",
            "08/01 12/02 12/03 09/04 14/05 11/06 09/07 13/08 10/09 08/10 12/11 10/12",
        ),
        ("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=2;COUNT=3", "08/01 12/02 12/03"),
        ("FREQ=MONTHLY;COUNT=3", "08/01 08/02 08/03"),
        ("FREQ=YEARLY", "08/01"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=3", "08/01 22/01 05/02"),
        ("FREQ=WEEKLY;BYDAY=TH, FR;COUNT=3", "08/01 09/01 15/01"),
        ("FREQ=DAILY;COUNT=2", "08/01 09/01"),
        # A first date beside its rule takes place, and counts.
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "08/01 12/01 19/01"),
    ],
)
def test_follow_gives_the_dates(text, days):
    assert say_days(text) == days.split()


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=2",
        "FREQ=HOURLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=367",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=1001",
        "FREQ=DAILY;COUNT=2000000000",
        "FREQ=DAILY;COUNT=2;UNTIL=20260301",
        "FREQ=DAILY;BYHOUR=9,10",
        "FREQ=DAILY;BYMINUTE=1",
        "FREQ=DAILY;BYSECOND=1",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;BYYEARDAY=1",
        "FREQ=YEARLY;BYEASTER=0",
        "RSCALE=CHINESE;FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=31",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1",
        "FREQ=YEARLY;BYDAY=MO;BYSETPOS=1",
        "FREQ=WEEKLY;UNTL=20260101",
    ],
)
def test_read_rule_refuses_what_is_not_followed(text):
    with pytest.raises(EventRefused) as refusal:
        read_rule(text, LINE)
    assert refusal.value.reason == "unsupported-rule"


@pytest.mark.parametrize(
    "text",
    [
        "FREQ",
        "FREQ=",
        "INTERVAL=1",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;INTERVAL=often",
        "FREQ=DAILY;COUNT=few",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYDAY=54MO",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=WEEKLY;WKST=XX",
    ],
)
def test_read_rule_refuses_what_is_no_rule(text):
    with pytest.raises(EventRefused) as refusal:
        read_rule(text, LINE)
    assert refusal.value.reason == "unreadable-rule"


RULES = st.sampled_from(
    [
        "FREQ=DAILY",
        "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=DAILY;BYMONTH=2,7",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=TU,TH",
        "FREQ=WEEKLY;BYDAY=SU,MO;WKST=SU",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYDAY=2TH",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYMONTH=5,11;BYDAY=1MO",
        "FREQ=YEARLY;BYMONTH=6",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYDAY=-1SU,2FR",
        "FREQ=YEARLY;BYMONTH=2,8;BYDAY=-1MO,1SU",
        "FREQ=YEARLY;BYMONTH=1,3;BYMONTHDAY=-1,31",
        "FREQ=MONTHLY;BYDAY=1TH,3TH,-1TH",
        "FREQ=MONTHLY;BYMONTH=1,4;BYDAY=SA;BYSETPOS=1,-1",
        "FREQ=WEEKLY;BYDAY=MO,SU;BYMONTH=5",
        "FREQ=DAILY;BYMONTHDAY=1,-1",
    ]
)


# Rules that match nothing take dateutil to the year 9999: no time for shrinking.
@settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    text=RULES,
    interval=st.integers(1, 14),
    first=st.datetimes(datetime(1991, 1, 1), datetime(2026, 12, 31)),
    wait=st.integers(-400, 12_000),
)
def test_follow_from_afar_gives_what_a_whole_walk_gives(text, interval, first, wait):
    """Leaping to the window changes nothing, whatever the interval."""
    first = first.replace(microsecond=0)
    after = first + timedelta(days=wait)
    before = after + timedelta(days=430)
    text = f"{text};INTERVAL={interval}"
    whole = rrule.rrulestr(text, dtstart=first)
    expected = {first, *takewhile(lambda day: day <= before, whole)}
    rule = read_rule(text, LINE)
    assert list(follow(rule, first, None, after, before)) == sorted(
        day for day in expected if after <= day <= before
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("FREQ=DAILY", datetime(1900, 1, 1)),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", datetime(1901, 1, 1)),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", datetime(1991, 1, 1)),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=5", datetime(1991, 1, 1)),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", datetime(1991, 1, 1)),
        ("FREQ=MONTHLY;BYDAY=6MO", datetime(1991, 1, 1)),
        ("FREQ=DAILY;COUNT=9;BYDAY=MO;INTERVAL=7", datetime(1991, 1, 1)),
    ],
)
def test_follow_ends_soon_even_if_nothing_matches(text, first):
    begun = time.process_time()
    for _time in range(20):
        list(islice(follow(read_rule(text, LINE), first, None, START, BEFORE), 500))
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREQ=DAILY;INTERVAL=3", ReadRule(frequency="daily", interval=3)),
        (
            "FREQ=DAILY;BYDAY=MO,TU",
            ReadRule(frequency="weekly", weekdays=(0, 1)),
        ),
        ("FREQ=DAILY;INTERVAL=2;BYDAY=MO", None),
        ("FREQ=DAILY;BYMONTH=5", ReadRule(frequency="daily", months=(5,))),
        ("FREQ=DAILY;INTERVAL=53", None),
        ("FREQ=DAILY;COUNT=367", None),
        (
            "FREQ=WEEKLY;COUNT=5",
            ReadRule(frequency="weekly", weekdays=(3,), count=5),
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TH",
            ReadRule(frequency="weekly", interval=2, weekdays=(3,)),
        ),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TH", None),
        (
            "FREQ=WEEKLY;BYMONTH=1",
            ReadRule(frequency="weekly", weekdays=(3,), months=(1,)),
        ),
        (
            "FREQ=MONTHLY;BYDAY=2TH",
            ReadRule(frequency="monthly", weekdays=(3,), nth=2),
        ),
        (
            "FREQ=MONTHLY;BYDAY=TH;BYSETPOS=-1",
            ReadRule(frequency="monthly", weekdays=(3,), nth=-1),
        ),
        ("FREQ=MONTHLY", ReadRule(frequency="monthly", month_day=8)),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            ReadRule(frequency="monthly", month_day=-1),
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", None),
        ("FREQ=MONTHLY;BYDAY=1TH,3TH", None),
        ("FREQ=MONTHLY;BYDAY=TH", None),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", None),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", None),
        (
            "FREQ=MONTHLY;BYMONTH=1;BYMONTHDAY=8",
            ReadRule(frequency="monthly", months=(1,), month_day=8),
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", None),
        ("FREQ=MONTHLY;BYDAY=-2FR", None),
        (
            "FREQ=YEARLY",
            ReadRule(frequency="yearly", months=(1,), month_day=8),
        ),
        (
            "FREQ=YEARLY;BYMONTH=1,6;BYDAY=2TH",
            ReadRule(frequency="monthly", months=(1, 6), weekdays=(3,), nth=2),
        ),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYDAY=2TH", None),
        ("FREQ=YEARLY;BYDAY=20MO", None),
    ],
)
def test_translate_says_a_rule_in_our_words(text, expected):
    assert translate(read_rule(text, LINE), START, None) == expected


def test_translate_keeps_the_last_day():
    rule = translate(
        read_rule("FREQ=DAILY;UNTIL=20260301", LINE), START, date(2026, 3, 1)
    )
    assert rule.until == date(2026, 3, 1)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=RULES,
    interval=st.integers(1, 4),
    end=st.sampled_from(["", ";COUNT=5"]),
    first=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
)
def test_translate_means_the_same_days_in_our_words(text, interval, end, first):
    """What is said again in our own words gives what the stranger meant."""
    rule = read_rule(f"{text};INTERVAL={interval}{end}", LINE)
    start = datetime.combine(first, datetime.min.time())
    words = translate(rule, start, None)
    on_rule = is_on_rule(rule, start)
    words = words if on_rule else leave_out_one(words)
    if words is None:
        return
    last = first + timedelta(days=800)
    theirs = list(
        follow(rule, start, None, start, datetime.combine(last, start.time()))
    )
    try:
        ours = Rule(first_day=first, **asdict(words))
    except NeverMatches:
        assert theirs == [start]
        return
    days = list_days(ours, first, last)
    assert ([] if on_rule else [first]) + days == [day.date() for day in theirs]
