from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from events.domain.errors import UnknownZone, UnsupportedZone
from events.domain.timezones import (
    available,
    component,
    describes,
    is_utc,
    load,
    tzdata_version,
)

ROOT = Path(__file__).resolve().parents[3]


def lines(zone: str) -> list[str]:
    return component(zone).decode("ascii").split("\r\n")


def test_paris_is_written_as_two_yearly_rules():
    assert lines("Europe/Paris") == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Paris",
        "BEGIN:DAYLIGHT",
        "DTSTART:19700329T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19701025T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def test_zone_without_summer_time_is_one_observance():
    assert lines("Indian/Reunion") == [
        "BEGIN:VTIMEZONE",
        "TZID:Indian/Reunion",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZNAME:+04",
        "TZOFFSETFROM:+0400",
        "TZOFFSETTO:+0400",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def test_miquelon_changes_its_clocks_as_north_america_does():
    assert [line for line in lines("America/Miquelon") if "RRULE" in line] == [
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
    ]


def test_offset_of_half_an_hour_is_written_in_full():
    assert "TZOFFSETTO:-0930" in lines("Pacific/Marquesas")


def test_ireland_has_its_daylight_time_in_summer():
    # Its database entry says the reverse: standard time in summer.
    assert lines("Europe/Dublin")[2:9] == [
        "BEGIN:STANDARD",
        "DTSTART:19701025T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZNAME:GMT",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000",
        "END:STANDARD",
    ]


@pytest.mark.parametrize("zone", ["America/Nuuk", "Africa/Cairo", "Asia/Jerusalem"])
def test_zone_that_changes_on_another_day_than_its_rule_is_unsupported(zone):
    with pytest.raises(UnsupportedZone) as refusal:
        component(zone)
    assert refusal.value.zone == zone
    assert not describes(zone, datetime(2027, 7, 1, tzinfo=UTC))


@pytest.mark.parametrize("use", [component, is_utc, load])
@pytest.mark.parametrize("zone", ["Europe/Nowhere", "../../etc/passwd", "", "Europe"])
def test_unknown_zone_is_refused(use, zone):
    with pytest.raises(UnknownZone):
        use(zone)


def test_unknown_zone_describes_nothing():
    with pytest.raises(UnknownZone):
        describes("Europe/Nowhere", datetime(2027, 7, 1, tzinfo=UTC))


def test_rule_describes_what_comes_after_the_last_change_of_the_law():
    # The United States have had their present rule since 2007.
    assert describes("America/New_York", datetime(2026, 3, 20, tzinfo=UTC))
    assert not describes("America/New_York", datetime(2006, 3, 20, tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("UTC", True), ("Etc/UTC", True), ("Zulu", True), ("Africa/Abidjan", False)],
)
def test_utc_is_known_by_all_its_names(zone, expected):
    assert is_utc(zone) is expected


def test_version_is_that_of_the_database():
    assert tzdata_version()[:4].isdigit()
    assert len(available()) > 500


def test_t17_every_zone_agrees_with_its_vtimezone():
    """Both come from one database only when the system's own is out of the way."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.events.domain.vtimezone_reader"],
        cwd=ROOT,
        env=os.environ | {"PYTHONTZPATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.splitlines() == []
