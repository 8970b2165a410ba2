"""Files as programs really write them: charset, form, identity (M06, M09, M10, M14)."""

from __future__ import annotations

import pytest

from events.domain.foreign.reader import read
from events.domain.foreign.values import (
    Flag,
)
from tests.events.domain.foreign.files import (
    WINDOW,
    list_starts,
    make_calendar,
    make_event,
    read_events,
)

# --- M06: identity without a UID


def test_read_knows_an_event_without_uid_by_its_words():
    first = read_events(make_event(uid=""), make_event(uid="", title="Autre"))
    again = read_events(make_event(uid="", title="Autre"), make_event(uid=""))
    assert len({day.external_uid for day in first.dates}) == 2
    assert {day.external_uid for day in first.dates} == {
        day.external_uid for day in again.dates
    }


def test_read_makes_a_uid_fit_its_column():
    calendar = read_events(
        make_event(uid="é" * 300), make_event(uid="é" * 301), make_event(uid="a b")
    )
    uids = [day.external_uid for day in calendar.dates]
    assert len(set(uids)) == 3
    assert all(len(uid) <= 255 and uid.isascii() for uid in uids)


# --- M09, M10: bytes


def test_read_takes_windows_letters_for_what_they_are():
    calendar = read(make_calendar(make_event()).decode().encode("cp1252"), WINDOW)
    assert calendar.dates[0].title == "Apéro"
    assert Flag.ASSUMED_CHARSET in calendar.flags


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "ISO-8859-15"])
def test_read_uses_the_declared_charset(charset):
    data = make_calendar(make_event()).decode().encode(charset)
    calendar = read(data, WINDOW, charset=charset)
    assert calendar.dates[0].title == "Apéro"
    assert Flag.ASSUMED_CHARSET not in calendar.flags


@pytest.mark.parametrize("charset", ["unicode_escape", "zlib", "nonsense", "a" * 9999])
def test_read_takes_no_strange_charset(charset):
    data = make_calendar(make_event()).decode().encode("cp1252")
    assert read(data, WINDOW, charset=charset).dates[0].title == "Apéro"


def test_read_believes_utf_8_whatever_was_declared():
    data = make_calendar(make_event())
    assert read(data, WINDOW, charset="latin-1").dates[0].title == "Apéro"


def test_read_unfolds_before_it_decodes():
    data = make_calendar(make_event()).replace(b"Ap\xc3\xa9ro", b"Ap\xc3\r\n \xa9ro")
    assert read(data, WINDOW).dates[0].title == "Apéro"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: data.replace(b"\r\n", b"\r"),
        lambda data: b"\r\n \r\n" + data,
        lambda data: data.replace(b"\r\n", b"\r\n\r\n"),
        lambda data: data.rstrip(),
        lambda data: data.replace(b"BEGIN:VCALENDAR", b"begin:vcalendar"),
        lambda data: data.replace(b"SUMMARY", b"Summary"),
        lambda data: data.replace(
            b"\r\nEND:VCALENDAR", b"\r\n\x00END:VCALENDAR\r\nEND:VCALENDAR"
        ),
    ],
    ids=["bom", "lf", "cr", "blank", "blanks", "no-end", "lower", "mixed", "nul"],
)
def test_read_is_patient_with_form(change):
    assert list_starts(read(change(make_calendar(make_event())), WINDOW)) == [
        "2026-04-09 18:30"
    ]


def test_read_takes_all_calendars_of_one_file():
    data = make_calendar(make_event()) + make_calendar(make_event(uid="two"))
    assert len(read(data, WINDOW).dates) == 2


# --- M14: our own dates come back


def test_read_counts_our_own_dates_and_takes_none():
    calendar = read_events(
        make_event(uid="2F1C@HUB.TEST"),
        make_event(uid="other@sub.hub.test"),
        make_event(uid="another@example.org"),
        own_domain="hub.test",
    )
    assert calendar.own == 1
    assert [day.external_uid for day in calendar.dates] == [
        "another@example.org",
        "other@sub.hub.test",
    ]
    assert calendar.rejected == ()
