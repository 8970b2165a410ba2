# ruff: noqa: DTZ001 - clocks are given the naive wall time
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.domain import timezones
from events.domain.foreign.lines import outline
from events.domain.foreign.values import FEED_LIMITS
from events.domain.foreign.zones import ZoneBook, find_zone
from tests.events.domain.foreign.files import make_calendar


def make_book(*lines: str, likely=("Europe/Paris",)) -> ZoneBook:
    data = make_calendar(list(lines)) if lines else make_calendar()
    return ZoneBook(outline(data, FEED_LIMITS).zones, likely)


def make_zone(
    name: str, *, summer: str, winter: str, standard="+0100", daylight="+0200"
):
    return [
        "BEGIN:VTIMEZONE",
        f"TZID:{name}",
        "BEGIN:DAYLIGHT",
        "DTSTART:19700329T020000",
        summer,
        f"TZOFFSETFROM:{standard}",
        f"TZOFFSETTO:{daylight}",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19701025T030000",
        winter,
        f"TZOFFSETFROM:{daylight}",
        f"TZOFFSETTO:{standard}",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


EUROPEAN = {
    "summer": "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "winter": "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
}


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/Paris", "Europe/Paris"),
        ("europe/paris", "Europe/Paris"),
        ('"Europe/Paris"', "Europe/Paris"),
        (" 'Europe/Paris' ", "Europe/Paris"),
        ("Romance Standard Time", "Europe/Paris"),
        ("romance standard time", "Europe/Paris"),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Paris", "Europe/Paris"),
        ("/mozilla.org/20070129_1/America/Indiana/Knox", "America/Indiana/Knox"),
        ("/citadel.org/20211207_1/Europe/Paris", "Europe/Paris"),
        ("Z", "UTC"),
        ("utc", "UTC"),
        ("Etc/UTC", "Etc/UTC"),
        ("../../etc/passwd", None),
        ("/etc/passwd", None),
        ("Paris", None),
        ("", None),
    ],
)
def test_find_zone_reads_every_spelling(name, zone):
    assert find_zone(name) == zone


def test_zone_book_believes_a_location():
    book = make_book(
        "BEGIN:VTIMEZONE", "TZID:Here", "X-LIC-LOCATION:Europe/Madrid", "END:VTIMEZONE"
    )
    assert book.find("Here").name == "Europe/Madrid"


def test_zone_book_knows_the_likely_zone_by_its_rules():
    book = make_book(*make_zone("(UTC+01:00) Paris", **EUROPEAN))
    assert book.find("(UTC+01:00) Paris").name == "Europe/Paris"


def test_zone_book_reckons_with_yearly_rules():
    book = make_book(
        *make_zone("Custom", **EUROPEAN, standard="-0330", daylight="-0230")
    )
    clock = book.find("Custom")
    assert clock.name == ""
    assert clock.to_utc(datetime(2026, 7, 1, 12)) == datetime(
        2026, 7, 1, 14, 30, tzinfo=UTC
    )
    assert clock.to_utc(datetime(2026, 1, 1, 12)) == datetime(
        2026, 1, 1, 15, 30, tzinfo=UTC
    )
    assert clock.to_utc(datetime(1960, 1, 1)) == datetime(1960, 1, 1, 3, 30, tzinfo=UTC)
    assert clock.from_utc(datetime(2026, 7, 1, 14, 30, tzinfo=UTC)) == datetime(
        2026, 7, 1, 12
    )


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Miquelon", "Indian/Reunion"])
def test_zone_book_agrees_with_the_database_at_every_hour(zone):
    """Read as a stranger's, our own VTIMEZONE gives what the database gives."""
    text = timezones.component(zone).decode().replace(zone, "Renamed")
    book = make_book(*text.split("\r\n")[:-1], likely=())
    clock = book.find("Renamed")
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for _hour in range(0, 365 * 24, 5):
        moment += timedelta(hours=5)
        local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
        assert clock.from_utc(moment) == local


def test_zone_book_forgives_lotus_its_hours():
    zone = make_zone(
        "Western/Central Europe",
        summer="RRULE:FREQ=YEARLY;BYMINUTE=0;BYHOUR=2;BYDAY=-1SU;BYMONTH=3",
        winter="RRULE:FREQ=YEARLY;BYMINUTE=0;BYHOUR=3;BYDAY=-1SU;BYMONTH=10",
    )
    assert make_book(*zone).find("Western/Central Europe").name == "Europe/Paris"


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=MINUTELY;BYMONTH=3;BYDAY=-1SU",
        "RRULE:FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYDAY=-1SU",
        "RRULE:FREQ=YEARLY;BYYEARDAY=80",
        "RRULE:BYMONTH=3;BYDAY=-1SU",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=9SU",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SU,MO",
        "RDATE:20260329T020000",
    ],
)
def test_zone_book_reckons_with_no_other_rule(rule):
    zone = make_zone("Custom", summer=rule, winter=EUROPEAN["winter"])
    assert make_book(*zone).find("Custom") is None


@pytest.mark.parametrize(
    ("name", "hours"), [("UTC+11", 11), ("GMT-0330", -3.5), ("UTC+01:00", 1)]
)
def test_zone_book_reads_an_offset(name, hours):
    clock = make_book().find(name)
    assert clock.to_utc(datetime(2026, 1, 1)) == datetime(
        2026, 1, 1, tzinfo=UTC
    ) - timedelta(hours=hours)


@pytest.mark.parametrize("name", ["UTC+99", "Custom", "GMT+1h"])
def test_zone_book_does_not_guess(name):
    assert make_book().find(name) is None
