"""What a whole series gives to whoever keeps it as a series."""

from __future__ import annotations

from datetime import date, time

from events.domain.foreign.values import ReadRule
from tests.events.domain.foreign.files import list_starts, make_event, read_events

MONTHLY = (
    "DTSTART;TZID=Europe/Paris:20260312T183000",
    "DTEND;TZID=Europe/Paris:20260312T203000",
    "RRULE:FREQ=MONTHLY;BYDAY=2TH;UNTIL=20260709T163000Z",
)


def test_series_keeps_rule_first_date_and_exceptions():
    calendar = read_events(
        make_event(*MONTHLY, "EXDATE:20260409T163000Z", "RDATE:20260420T183000"),
        make_event(
            "RECURRENCE-ID;TZID=Europe/Paris:20260514T183000",
            "DTSTART;TZID=Europe/Paris:20260515T183000",
            "DTEND;TZID=Europe/Paris:20260515T203000",
        ),
    )
    series = calendar.series[0]
    assert series.rule == ReadRule(
        frequency="monthly", weekdays=(3,), nth=2, until=date(2026, 7, 9)
    )
    assert series.rrule == "FREQ=MONTHLY;BYDAY=2TH;UNTIL=20260709T163000Z"
    assert (series.first.start_date, series.first.start_time, series.first.zone) == (
        date(2026, 3, 12),
        time(18, 30),
        "Europe/Paris",
    )
    assert series.exclusions == ("20260409T183000",)
    assert series.additions == ("20260420T183000",)
    assert [day.recurrence_key for day in series.overrides] == ["20260514T183000"]
    assert list_starts(calendar) == [
        "2026-03-12 18:30",
        "2026-04-20 18:30",
        "2026-05-15 18:30",
        "2026-06-11 18:30",
        "2026-07-09 18:30",
    ]


def test_series_ends_a_day_earlier_where_its_end_is_before_the_hour():
    lines = (*MONTHLY[:2], "RRULE:FREQ=WEEKLY;UNTIL=20260402T100000Z")
    calendar = read_events(make_event(*lines))
    assert calendar.series[0].rule.until == date(2026, 4, 1)
    assert list_starts(calendar)[-1] == "2026-03-26 18:30"


def test_series_until_a_day_includes_it():
    lines = (*MONTHLY[:2], "RRULE:FREQ=WEEKLY;UNTIL=20260402")
    calendar = read_events(make_event(*lines))
    assert calendar.series[0].rule.until == date(2026, 4, 2)
    assert list_starts(calendar)[-1] == "2026-04-02 18:30"


def test_series_lists_a_first_date_beside_its_rule():
    lines = (*MONTHLY[:2], "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2")
    calendar = read_events(make_event(*lines))
    assert calendar.series[0].additions == ("20260312T183000",)
    assert list_starts(calendar) == ["2026-03-12 18:30", "2026-03-16 18:30"]


def test_series_has_no_words_of_ours_for_every_rule():
    calendar = read_events(make_event("RRULE:FREQ=MONTHLY;BYMONTHDAY=9,10;COUNT=2"))
    assert calendar.series[0].rule is None
    assert len(calendar.dates) == 2


def test_series_of_whole_days_excludes_whole_days():
    calendar = read_events(
        make_event(
            "DTSTART;VALUE=DATE:20260409",
            "RRULE:FREQ=WEEKLY;COUNT=3",
            "EXDATE;VALUE=DATE:20260416",
        )
    )
    assert calendar.series[0].exclusions == ("20260416",)
    assert [day.recurrence_key for day in calendar.dates] == ["20260409", "20260423"]


def test_series_without_a_date_in_the_window_is_left_out():
    calendar = read_events(
        make_event("DTSTART:20200409T183000", "RRULE:FREQ=DAILY;COUNT=3")
    )
    assert (calendar.series, calendar.dates) == ((), ())
