"""What one event gives, and on which clock (cases M01 and M02)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from events.domain.calendar_values import CalendarStatus
from events.domain.errors import UnknownZone
from events.domain.foreign.values import (
    Flag,
    ReadDate,
    Reason,
    Rejected,
)
from tests.events.domain.foreign.files import (
    list_starts,
    make_event,
    read_events,
)

PARIS = "X-WR-TIMEZONE:Europe/Paris"


def test_read_gives_a_whole_date():
    calendar = read_events(
        make_event(
            "DTSTART;TZID=Europe/Paris:20260409T183000",
            "DTEND;TZID=Europe/Paris:20260409T203000",
            "SUMMARY:Apéro\\, et plus",
            "DESCRIPTION:Deux\\nlignes",
            "LOCATION:12 rue du Bocal\\, Nantes",
            "URL;VALUE=URI:https://example.org/a?b=c,d",
            "CATEGORIES:Apéro,Info\\, jour",
            "CATEGORIES:apéro,Apéro",
            "STATUS:TENTATIVE",
            "SEQUENCE:3",
            "ORGANIZER;CN=Someone:mailto:someone@example.org",
            "ATTENDEE:mailto:someone@example.org",
        ),
        head=("X-WR-CALNAME:Le Bocal\\, agenda",),
    )
    day = calendar.dates[0]
    assert day == ReadDate(
        external_uid="one",
        recurrence_key="",
        start_date=date(2026, 4, 9),
        start_time=time(18, 30),
        end_date=date(2026, 4, 9),
        end_time=time(20, 30),
        zone="Europe/Paris",
        start_fold=0,
        end_fold=0,
        title="Apéro, et plus",
        description="Deux\nlignes",
        location="12 rue du Bocal, Nantes",
        url="https://example.org/a?b=c,d",
        categories=("Apéro", "Info, jour", "apéro"),
        status=CalendarStatus.TENTATIVE,
        sequence=3,
        fingerprint=day.fingerprint,
        content_hash=day.content_hash,
    )
    assert day.start_at == datetime(2026, 4, 9, 16, 30, tzinfo=UTC)
    assert day.end_at == datetime(2026, 4, 9, 18, 30, tzinfo=UTC)
    assert (calendar.name, calendar.zone, calendar.events) == (
        "Le Bocal, agenda",
        "Europe/Paris",
        1,
    )
    assert (calendar.rejected, calendar.series, calendar.flags) == ((), (), frozenset())


# --- M01, M02: times and zones


def test_read_shows_utc_on_the_calendar_s_own_clock():
    calendar = read_events(
        make_event("DTSTART:20260409T163000Z", "DTEND:20260409T183000Z"), head=(PARIS,)
    )
    assert list_starts(calendar) == ["2026-04-09 18:30"]
    assert (calendar.dates[0].zone, calendar.flags) == ("Europe/Paris", frozenset())


def test_read_shows_utc_on_the_assumed_clock_where_there_is_none():
    calendar = read_events(
        make_event("DTSTART:20260409T050000Z", "DTEND:20260409T060000Z"),
        assumed_zone="Indian/Reunion",
    )
    assert list_starts(calendar) == ["2026-04-09 09:00"]
    assert (calendar.dates[0].zone, calendar.flags) == ("Indian/Reunion", frozenset())


def test_read_takes_utc_midnights_of_the_calendar_for_whole_days():
    event = make_event("DTSTART:20260408T220000Z", "DTEND:20260410T220000Z")
    day = read_events(event, head=(PARIS,)).dates[0]
    assert (day.all_day, day.start_date, day.end_date) == (
        True,
        date(2026, 4, 9),
        date(2026, 4, 10),
    )
    assert list_starts(read_events(event)) == ["2026-04-09 00:00"]


def test_read_flags_a_floating_time():
    calendar = read_events(make_event(), assumed_zone="Indian/Reunion")
    assert calendar.dates[0].zone == "Indian/Reunion"
    assert calendar.flags == {Flag.ASSUMED_ZONE}
    assert read_events(make_event(), head=(PARIS,)).flags == frozenset()


def test_read_knows_the_names_of_windows():
    calendar = read_events(
        make_event(
            "DTSTART;TZID=Romance Standard Time:20260409T183000",
            "DTEND;TZID=Romance Standard Time:20260409T203000",
        ),
        make_event(
            "DTSTART;TZID=W. Europe Standard Time:20260410T183000",
            "DTEND;TZID=W. Europe Standard Time:20260410T203000",
            uid="two",
        ),
    )
    assert [day.zone for day in calendar.dates] == ["Europe/Paris", "Europe/Berlin"]


def test_read_lists_an_event_in_an_unknown_zone():
    calendar = read_events(
        make_event("DTSTART;TZID=../../etc/passwd:20260409T183000"),
        make_event(uid="two"),
    )
    assert calendar.rejected == (
        Rejected(
            reason=Reason.UNKNOWN_ZONE,
            line=4,
            uid="one",
            title="Apéro",
            excerpt="DTSTART;TZID=../../etc/passwd:20260409T183000",
        ),
    )
    assert [day.external_uid for day in calendar.dates] == ["two"]


def test_read_ignores_what_a_file_says_of_a_known_zone():
    spoofed = (
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Paris",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:-0800",
        "TZOFFSETTO:-0800",
        "END:STANDARD",
        "END:VTIMEZONE",
    )
    calendar = read_events(
        make_event(
            "DTSTART;TZID=Europe/Paris:20260409T183000",
            "DTEND;TZID=Europe/Paris:20260409T203000",
        ),
        head=spoofed,
    )
    assert calendar.dates[0].start_at == datetime(2026, 4, 9, 16, 30, tzinfo=UTC)


def test_read_ends_a_flight_on_the_clock_of_its_start():
    calendar = read_events(
        make_event(
            "DTSTART;TZID=Europe/Paris:20260409T100000",
            "DTEND;TZID=America/Martinique:20260409T120000",
        )
    )
    assert calendar.dates[0].end_time == time(18)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # Clocks jump from 2 to 3 on 29 March, and back on 25 October.
        ("20260329T023000", "20260329T040000", ("03:30", "04:00", 0, 0)),
        ("20260329T023000", "20260329T031500", ("03:30", "04:15", 0, 0)),
        ("20261025T023000", "20261025T033000", ("02:30", "03:30", 0, 0)),
    ],
)
def test_read_never_gives_a_time_no_clock_shows(start, end, expected):
    day = read_events(
        make_event(
            f"DTSTART;TZID=Europe/Paris:{start}", f"DTEND;TZID=Europe/Paris:{end}"
        )
    ).dates[0]
    assert (
        f"{day.start_time:%H:%M}",
        f"{day.end_time:%H:%M}",
        day.start_fold,
        day.end_fold,
    ) == expected
    assert day.start_at < day.end_at


def test_read_tells_the_second_of_two_equal_hours():
    day = read_events(
        make_event("DTSTART:20261025T003000Z", "DTEND:20261025T013000Z"), head=(PARIS,)
    ).dates[0]
    assert (day.start_time, day.start_fold) == (time(2, 30), 0)
    assert (day.end_time, day.end_fold) == (time(2, 30), 1)
    assert day.start_at < day.end_at


def test_read_refuses_an_assumed_zone_that_is_none():
    with pytest.raises(UnknownZone):
        read_events(make_event(), assumed_zone="Nowhere/Land")


# --- lengths


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART;VALUE=DATE:20260519",), ("2026-05-19", "2026-05-19", None)),
        (
            ("DTSTART;VALUE=DATE:20260519", "DTEND;VALUE=DATE:20260521"),
            ("2026-05-19", "2026-05-20", None),
        ),
        (
            ("DTSTART;VALUE=DATE:20260519", "DTEND;VALUE=DATE:20260519"),
            ("2026-05-19", "2026-05-19", None),
        ),
        (
            ("DTSTART;VALUE=DATE:20260519", "DTEND:20260520T000000Z"),
            ("2026-05-19", "2026-05-19", None),
        ),
        (
            ("DTSTART;VALUE=DATE:20260519", "DTEND:20260520T120000"),
            ("2026-05-19", "2026-05-20", None),
        ),
        (
            ("DTSTART;VALUE=DATE:20260519", "DURATION:P2D"),
            ("2026-05-19", "2026-05-20", None),
        ),
        (
            ("DTSTART:20260519T120000", "DURATION:PT1H30M"),
            ("2026-05-19", "2026-05-19", "13:30"),
        ),
        (
            ("DTSTART:20260519T220000", "DTEND:20260520T040000"),
            ("2026-05-19", "2026-05-20", "04:00"),
        ),
        (
            ("DTSTART:20260519T120000", "DTEND;VALUE=DATE:20260521"),
            ("2026-05-19", "2026-05-21", "00:00"),
        ),
    ],
)
def test_read_finds_the_end(lines, expected):
    day = read_events(make_event(*lines)).dates[0]
    end = None if day.end_time is None else f"{day.end_time:%H:%M}"
    assert (str(day.start_date), str(day.end_date), end) == expected


@pytest.mark.parametrize("end", [(), ("DTEND:20260409T183000",), ("DURATION:PT0S",)])
def test_read_gives_an_hour_to_what_has_no_end(end):
    calendar = read_events(make_event("DTSTART:20260409T183000", *end))
    assert calendar.dates[0].end_time == time(19, 30)
    assert Flag.ASSUMED_END in calendar.flags
