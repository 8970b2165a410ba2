"""One bad event never spoils the rest; what is no calendar gives nothing (M03, M04)."""

from __future__ import annotations

from datetime import date

import pytest

from events.domain.foreign.reader import read
from events.domain.foreign.values import (
    ARCHIVE_LIMITS,
    Flag,
    Limits,
    Problem,
    UnreadableCalendar,
)
from events.domain.window import Window
from tests.events.domain.foreign.files import (
    WINDOW,
    list_reasons,
    make_calendar,
    make_event,
    read_events,
)

# --- M03: one bad event never spoils the rest


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("DTSTART:tomorrow",), "unreadable-start"),
        (("DTSTART:20261301T000000",), "unreadable-start"),
        (("DTSTART;;VALUE=DATE:20260409",), "unreadable-line"),
        (("DTSTART:20260409T183000,20260410T183000",), "unreadable-start"),
        (("DTSTART:18760409T183000",), "out-of-range"),
        (("DTSTART:99990409T183000",), "out-of-range"),
        (("DTSTART:20260409T183000", "DTEND:later"), "unreadable-end"),
        (("DTSTART:20260409T183000", "DURATION:long"), "unreadable-end"),
        (("DTSTART:20260409T183000", "DTEND:20260409T173000"), "ends-before-start"),
        (("DTSTART:20260409T183000", "DURATION:-PT1H"), "ends-before-start"),
        (("DTSTART;VALUE=DATE:20260409", "DURATION:PT1H"), "ends-before-start"),
        (("DTSTART:20260409T183000", "DTEND:20260601T183000"), "too-long"),
        (("DTSTART:20260409T183000", "DURATION:P999999999W"), "unreadable-end"),
        (("RRULE:FREQ=WEEKLY;UNTIL=soon",), "unreadable-rule"),
        (("RRULE:every week",), "unreadable-rule"),
        (("RRULE:FREQ=SECONDLY",), "unsupported-rule"),
        (("RRULE:FREQ=WEEKLY", "EXRULE:FREQ=MONTHLY"), "unsupported-rule"),
        (("RRULE:FREQ=WEEKLY", "RRULE:FREQ=MONTHLY"), "unsupported-rule"),
        (("RRULE:FREQ=WEEKLY", "EXDATE:never"), "unreadable-exception"),
        (("RDATE:20260501", "RDATE:sometimes"), "unreadable-exception"),
        (("RDATE;VALUE=PERIOD:20260501T120000/PT0S",), "unreadable-exception"),
        (("RECURRENCE-ID:then",), "unreadable-exception"),
        (("SUMMARY: ",), "untitled"),
        (("CLASS:PRIVATE",), "private"),
        (("CLASS:CONFIDENTIAL",), "private"),
        (("DESCRIPTION:" + "a" * 70_000,), "long-line"),
    ],
)
def test_read_leaves_out_one_bad_event(lines, reason):
    calendar = read_events(make_event(*lines), make_event(uid="two"))
    assert list_reasons(calendar) == [reason]
    assert [day.external_uid for day in calendar.dates] == ["two"]


def test_read_leaves_out_one_event_without_start_among_twenty():
    events = [make_event(uid=str(number)) for number in range(20)]
    events[7] = [line for line in events[7] if not line.startswith("DTSTART")]
    calendar = read_events(*events)
    assert (len(calendar.dates), list_reasons(calendar)) == (19, ["no-start"])
    assert (calendar.events, calendar.rejected[0].uid) == (20, "7")


def test_read_takes_what_follows_an_event_that_never_ends():
    calendar = read_events(make_event()[:-1], make_event(uid="two"))
    assert list_reasons(calendar) == ["unclosed"]
    assert [day.external_uid for day in calendar.dates] == ["two"]


def test_read_keeps_the_title_of_a_private_event_for_itself():
    calendar = read_events(make_event("CLASS:PRIVATE", title="Secret"))
    assert "Secret" not in str(calendar)


def test_read_skips_what_is_no_event():
    task = ["BEGIN:VTODO", "UID:task", "DTSTART:20260409T183000", "END:VTODO"]
    alarm = ["BEGIN:VALARM", "TRIGGER:-PT5M", "DTSTART:never", "END:VALARM"]
    event = make_event()
    event[1:1] = alarm
    calendar = read_events(task, event)
    assert (len(calendar.dates), calendar.events, calendar.rejected) == (1, 1, ())


def test_read_gives_only_what_touches_the_window():
    days = ("20260227", "20260228", "20260301", "20270405", "20270406")
    events = [
        make_event(
            f"DTSTART;VALUE=DATE:{day}",
            *(["DURATION:P2D"] if day == "20260228" else []),
            uid=day,
        )
        for day in days
    ]
    assert [day.external_uid for day in read_events(*events).dates] == [
        "20260228",
        "20260301",
        "20270405",
    ]


# --- M04: no calendar at all


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Problem.EMPTY),
        (b" \r\n\r\n", Problem.EMPTY),
        (b"\xef\xbb\xbf", Problem.EMPTY),
        (b"<!doctype html><title>Log in</title>", Problem.WEB_PAGE),
        (b"\n  <html>BEGIN:VCALENDAR\nEND:VCALENDAR", Problem.WEB_PAGE),
        (b"Not found", Problem.NOT_A_CALENDAR),
        (b"PK\x03\x04", Problem.NOT_A_CALENDAR),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", Problem.NOT_A_CALENDAR),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR".encode("utf-16"), Problem.NOT_A_CALENDAR),
        (b"BEGIN:VCALENDAR", Problem.INCOMPLETE),
        (make_calendar(make_event())[:-20], Problem.INCOMPLETE),
        (make_calendar(make_event())[:-60], Problem.INCOMPLETE),
    ],
)
def test_read_refuses_what_is_no_calendar(data, problem):
    with pytest.raises(UnreadableCalendar) as refusal:
        read(data, WINDOW)
    assert refusal.value.problem is problem


def test_read_takes_an_empty_calendar_for_one():
    calendar = read_events()
    assert (calendar.dates, calendar.events, calendar.rejected) == ((), 0, ())


# --- limits


def test_read_cuts_the_latest_dates():
    weekly = ("DTSTART;TZID=Europe/Paris:20260319T123000", "RRULE:FREQ=WEEKLY")
    calendar = read_events(
        make_event(*weekly, "DURATION:PT1H"),
        make_event(*weekly, "DURATION:PT1H", uid="two"),
        limits=Limits(dates_of_one=3, dates=4),
    )
    assert len(calendar.dates) == 4
    assert calendar.flags == {Flag.SHORTENED}
    assert list_reasons(calendar) == ["too-many-dates", "too-many-dates"]
    assert {day.start_date for day in calendar.dates} == {
        date(2026, 3, 19),
        date(2026, 3, 26),
    }


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        (Limits(lines=10), Problem.TOO_MANY_LINES),
        (Limits(events=1), Problem.TOO_MANY_EVENTS),
        (Limits(zones=0), Problem.TOO_MANY_ZONES),
        (Limits(depth=1), Problem.TOO_DEEP),
    ],
)
def test_read_refuses_what_is_over_a_limit(limits, problem):
    zone = ("BEGIN:VTIMEZONE", "TZID:X", "END:VTIMEZONE")
    with pytest.raises(UnreadableCalendar) as refusal:
        read_events(make_event(), make_event(uid="two"), head=zone, limits=limits)
    assert refusal.value.problem is problem


@pytest.mark.parametrize("name", ["EXDATE", "RDATE"])
@pytest.mark.parametrize("form", ["lines", "values"])
def test_read_refuses_an_event_with_too_many_exceptions(name, form):
    days = [f"202604{day:02}T183000" for day in range(1, 5)]
    lines = (
        [f"{name}:{day}" for day in days]
        if form == "lines"
        else [f"{name}:{','.join(days)}"]
    )
    calendar = read_events(
        make_event(*lines), make_event(uid="two"), limits=Limits(exceptions=3)
    )
    assert list_reasons(calendar) == ["too-many-exceptions"]
    assert [day.external_uid for day in calendar.dates] == ["two"]


def test_read_refuses_a_series_with_too_many_overrides():
    overrides = [
        make_event(f"RECURRENCE-ID:202604{day:02}T183000") for day in range(1, 5)
    ]
    calendar = read_events(
        *overrides, make_event(uid="two"), limits=Limits(exceptions=3)
    )
    assert list_reasons(calendar) == ["too-many-exceptions"]
    assert [day.external_uid for day in calendar.dates] == ["two"]


def test_read_brings_a_whole_archive():
    window = Window(date(2000, 1, 1), date(2030, 12, 31))
    calendar = read_events(
        make_event("DTSTART:20050106T123000", "RRULE:FREQ=WEEKLY"),
        window=window,
        limits=ARCHIVE_LIMITS,
    )
    assert len(calendar.dates) == 1356
