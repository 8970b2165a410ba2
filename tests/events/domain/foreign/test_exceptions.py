"""Dates that are excluded, moved or added, in every form (M07, M08)."""

from __future__ import annotations

from datetime import time

import pytest

from tests.events.domain.foreign.files import (
    list_reasons,
    list_starts,
    make_event,
    read_events,
)

PARIS = "X-WR-TIMEZONE:Europe/Paris"


WEEKLY = (
    "DTSTART;TZID=Europe/Paris:20260319T123000",
    "DTEND;TZID=Europe/Paris:20260319T140000",
    "RRULE:FREQ=WEEKLY;COUNT=4",
)
WEEKS = [
    "2026-03-19 12:30",
    "2026-03-26 12:30",
    "2026-04-02 12:30",
    "2026-04-09 12:30",
]


def test_read_repeats_on_the_wall_clock():
    calendar = read_events(make_event(*WEEKLY))
    assert list_starts(calendar) == WEEKS
    assert [f"{day.start_at:%H:%M}" for day in calendar.dates] == [
        "11:30",
        "11:30",
        "10:30",
        "10:30",
    ]
    assert [day.recurrence_key for day in calendar.dates] == [
        "20260319T123000",
        "20260326T123000",
        "20260402T123000",
        "20260409T123000",
    ]


@pytest.mark.parametrize(
    "exclusion",
    [
        "EXDATE;TZID=Europe/Paris:20260402T123000",
        "EXDATE:20260402T103000Z",
        "EXDATE:20260402T123000",
        "EXDATE;VALUE=DATE:20260402",
        "EXDATE;TZID=Romance Standard Time:20260402T123000",
        "EXDATE;TZID=Indian/Reunion:20260402T143000",
    ],
)
def test_read_excludes_in_every_form(exclusion):
    calendar = read_events(make_event(*WEEKLY, exclusion))
    assert list_starts(calendar) == [WEEKS[0], WEEKS[1], WEEKS[3]]
    assert calendar.series[0].exclusions == ("20260402T123000",)


def test_read_excludes_several_in_one_line_and_more():
    calendar = read_events(
        make_event(
            *WEEKLY,
            "EXDATE:20260326T113000Z,20260402T103000Z",
            "EXDATE:20260409T103000Z",
        )
    )
    assert list_starts(calendar) == WEEKS[:1]


@pytest.mark.parametrize(
    "form", ["EXDATE;VALUE=DATE:20260410", "EXDATE:20260410T000000"]
)
def test_read_excludes_a_whole_day(form):
    calendar = read_events(
        make_event("DTSTART;VALUE=DATE:20260409", "RRULE:FREQ=DAILY;COUNT=3", form)
    )
    assert list_starts(calendar) == ["2026-04-09", "2026-04-11"]


MOVED = make_event(
    "RECURRENCE-ID;TZID=Europe/Paris:20260402T123000",
    "DTSTART;TZID=Europe/Paris:20260403T190000",
    "DTEND;TZID=Europe/Paris:20260403T200000",
    "SEQUENCE:1",
    title="Déplacé",
)


@pytest.mark.parametrize("order", [1, -1])
def test_read_moves_one_date_whatever_comes_first(order):
    calendar = read_events(*[make_event(*WEEKLY), MOVED][::order])
    assert list_starts(calendar) == [*WEEKS[:2], "2026-04-03 19:00", WEEKS[3]]
    moved = calendar.dates[2]
    assert (moved.recurrence_key, moved.title) == ("20260402T123000", "Déplacé")
    assert calendar.series[0].overrides == (moved,)


@pytest.mark.parametrize(
    "identifier",
    [
        "RECURRENCE-ID:20260402T103000Z",
        "RECURRENCE-ID:20260402T123000",
        "RECURRENCE-ID;VALUE=DATE:20260402",
        "RECURRENCE-ID;TZID=Europe/Paris:20260402T093000",
    ],
)
def test_read_matches_an_override_by_instant_then_by_day(identifier):
    override = make_event(identifier, "DTSTART:20260403T190000", "DURATION:PT1H")
    calendar = read_events(make_event(*WEEKLY), override)
    assert list_starts(calendar) == [*WEEKS[:2], "2026-04-03 19:00", WEEKS[3]]


def test_read_prefers_the_highest_sequence_then_the_youngest_stamp():
    versions = [
        make_event(
            "RECURRENCE-ID;TZID=Europe/Paris:20260402T123000",
            "DTSTART:20260402T123000",
            f"SEQUENCE:{sequence}",
            f"DTSTAMP:{stamp}",
            title=title,
        )
        for sequence, stamp, title in (
            (3, "20260101T000000Z", "old 3"),
            (3, "20260102T000000Z", "young 3"),
            (1, "20260103T000000Z", "youngest 1"),
        )
    ]
    for events in (versions, versions[::-1]):
        calendar = read_events(make_event(*WEEKLY), *events)
        assert [day.title for day in calendar.dates] == [
            "Apéro",
            "Apéro",
            "young 3",
            "Apéro",
        ]


def test_read_lets_an_orphan_override_stand_alone():
    calendar = read_events(MOVED)
    assert list_starts(calendar) == ["2026-04-03 19:00"]
    assert calendar.dates[0].recurrence_key == "20260402T123000"
    assert (calendar.series, calendar.rejected) == ((), ())


def test_read_keeps_an_override_of_a_date_outside_the_rule():
    late = make_event(
        "RECURRENCE-ID;TZID=Europe/Paris:20260423T123000",
        "DTSTART;TZID=Europe/Paris:20260424T123000",
        "DURATION:PT1H",
    )
    calendar = read_events(make_event(*WEEKLY), late)
    assert list_starts(calendar) == [*WEEKS, "2026-04-24 12:30"]


def test_read_forgets_an_override_that_a_younger_series_excludes():
    calendar = read_events(
        make_event(*WEEKLY, "EXDATE:20260402T103000Z", "SEQUENCE:2"), MOVED
    )
    assert list_starts(calendar) == [WEEKS[0], WEEKS[1], WEEKS[3]]


def test_read_brings_a_date_into_the_window_from_outside():
    series = make_event(
        "DTSTART;TZID=Europe/Paris:20260115T123000", "RRULE:FREQ=MONTHLY;COUNT=2"
    )
    moved = make_event(
        "RECURRENCE-ID;TZID=Europe/Paris:20260215T123000",
        "DTSTART;TZID=Europe/Paris:20260315T123000",
    )
    assert list_starts(read_events(series, moved)) == ["2026-03-15 12:30"]


def test_read_cancels_one_date():
    cancelled = make_event(
        "RECURRENCE-ID;TZID=Europe/Paris:20260402T123000",
        "DTSTART;TZID=Europe/Paris:20260402T123000",
        "STATUS:CANCELLED",
    )
    calendar = read_events(make_event(*WEEKLY), cancelled)
    assert [day.status.value for day in calendar.dates] == [
        "confirmed",
        "confirmed",
        "cancelled",
        "confirmed",
    ]


def test_read_changes_this_date_and_all_that_follow():
    later = make_event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20260402T123000",
        "DTSTART;TZID=Europe/Paris:20260402T183000",
        "DTEND;TZID=Europe/Paris:20260402T190000",
        title="Le soir",
    )
    calendar = read_events(make_event(*WEEKLY), later)
    assert list_starts(calendar) == [*WEEKS[:2], "2026-04-02 18:30", "2026-04-09 18:30"]
    assert calendar.dates[3].recurrence_key == "20260409T123000"


def test_read_adds_dates_and_periods():
    calendar = read_events(
        make_event(
            *WEEKLY,
            "RDATE;TZID=Europe/Paris:20260501T100000",
            "RDATE;VALUE=PERIOD:20260502T100000Z/PT3H,20260503T100000Z/20260503T110000Z",
        )
    )
    assert list_starts(calendar)[4:] == [
        "2026-05-01 10:00",
        "2026-05-02 12:00",
        "2026-05-03 12:00",
    ]
    assert [day.end_time for day in calendar.dates[4:]] == [
        time(11, 30),
        time(15),
        time(13),
    ]
    assert calendar.series[0].additions == (
        "20260501T100000",
        "20260502T120000",
        "20260503T120000",
    )


def test_read_reports_two_events_that_share_a_uid():
    calendar = read_events(
        make_event("DTSTART:20260409T183000", "SEQUENCE:1"),
        make_event("DTSTART:20260410T183000"),
    )
    assert list_starts(calendar) == ["2026-04-09 18:30"]
    assert list_reasons(calendar) == ["duplicate"]


def test_read_repeats_utc_in_utc_and_shows_it_locally():
    calendar = read_events(
        make_event("DTSTART:20260326T120000Z", "RRULE:FREQ=WEEKLY;COUNT=2"),
        head=(PARIS,),
    )
    assert list_starts(calendar) == ["2026-03-26 13:00", "2026-04-02 14:00"]
    assert calendar.dates[0].recurrence_key == "20260326T120000"
