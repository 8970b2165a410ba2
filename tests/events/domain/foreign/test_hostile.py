"""Whatever the bytes, reading gives values or one refusal, never another error."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from hypothesis import HealthCheck, given, settings, strategies as st

from events.domain.foreign import wire
from events.domain.foreign.reader import read
from events.domain.foreign.values import UnreadableCalendar
from tests.events.domain.foreign.files import WINDOW, make_calendar

NAMES = st.sampled_from(
    [
        "UID",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "URL",
        "STATUS",
        "CATEGORIES",
        "SEQUENCE",
        "DTSTAMP",
        "CLASS",
        "EXRULE",
        "X-OTHER",
    ]
)
PARAMETERS = st.sampled_from(
    [
        "",
        ";VALUE=DATE",
        ";VALUE=PERIOD",
        ";TZID=Europe/Paris",
        ";TZID=Custom",
        ';TZID="Romance Standard Time"',
        ";RANGE=THISANDFUTURE",
        ";X=1,2",
        ";=",
        ';"',
        ";TZID",
    ]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "20260409",
            "20260409T183000",
            "20260409T183000Z",
            "20260329T023000",
            "20261025T023000",
            "20260416T183000,20260423T183000Z",
            "20260409T183000/PT1H",
            "20260409T183000/20260409T193000Z",
            "99991231T235959Z",
            "00010101T000000",
            "P1D",
            "PT1H",
            "-P1W",
            "P99999999999D",
            "FREQ=DAILY",
            "FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20260601",
            "FREQ=MONTHLY;BYDAY=-1FR;COUNT=5",
            "FREQ=YEARLY;UNTIL=99991231T235959Z",
            "FREQ=YEARLY;UNTIL=00010101T000000Z",
            "CANCELLED",
            "one",
            "<b>Deux</b>\\, trois",
        ]
    ),
    st.text(max_size=40),
)
LINES = st.builds("{}{}:{}".format, NAMES, PARAMETERS, VALUES)
EVENTS = st.lists(LINES, max_size=9).map(
    lambda lines: [
        "BEGIN:VEVENT",
        *lines,
        "DTSTART:20260409T183000",
        "SUMMARY:Apéro",
        "END:VEVENT",
    ]
)


def check(data: bytes) -> None:
    try:
        calendar = read(data, WINDOW)
    except UnreadableCalendar:
        return
    identities = [(day.external_uid, day.recurrence_key) for day in calendar.dates]
    assert len(identities) == len(set(identities))
    for day in calendar.dates:
        assert day.start_at < day.end_at
        assert day.title
        assert len(day.recurrence_key) <= 16
    assert wire.load(wire.dump(calendar)) == calendar


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events=st.lists(EVENTS, max_size=4))
def test_read_bears_any_lines(events):
    check(make_calendar(*events))


SEEDS = sorted(
    Path(str(file.locate()))
    for corpus in ("icalendar", "recurring-ical-events")
    for file in metadata.distribution(corpus).files or []
    if file.suffix == ".ics" and (file.size or 0) < 5_000
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.sampled_from(SEEDS),
    changes=st.lists(
        st.tuples(st.integers(0, 5_000), st.binary(max_size=6)), max_size=6
    ),
)
def test_read_bears_any_damage(seed, changes):
    data = bytearray(seed.read_bytes())
    for place, piece in changes:
        data[place : place + len(piece)] = piece
    check(bytes(data))
