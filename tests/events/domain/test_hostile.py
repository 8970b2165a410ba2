"""The bytes of a hostile feed, written by other interpreters."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import icalendar
import pytest

from tests.events.domain.hostile import HOSTILE_TEXTS, hostile_feed

ROOT = Path(__file__).resolve().parents[3]


def feed_of_another_process(*options: str, seed: str) -> bytes:
    return subprocess.run(
        [sys.executable, *options, "-m", "tests.events.domain.hostile"],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed, "TZ": "Pacific/Noumea"},
        capture_output=True,
        check=True,
    ).stdout


@pytest.mark.parametrize(
    ("options", "seed"), [((), "1"), ((), "4242"), (("-O",), "7"), (("-OO",), "8")]
)
def test_a02_feed_has_the_same_bytes_in_every_process(options, seed):
    assert feed_of_another_process(*options, seed=seed) == hostile_feed()


def test_a06_hostile_texts_stay_inside_their_events():
    calendar, _, etag = feed_of_another_process("-O", seed="0").rpartition(b"\r\n")
    calendar += b"\r\n"
    lines = calendar.replace(b"\r\n ", b"").split(b"\r\n")
    assert lines.count(b"BEGIN:VEVENT") == len(HOSTILE_TEXTS)
    assert lines.count(b"END:VEVENT") == len(HOSTILE_TEXTS)
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert lines.count(b"END:VCALENDAR") == 1
    assert [each for each in lines if each.startswith(b"X-EVIL")] == []
    assert [each for each in lines if each.startswith(b"X:")] == []
    assert [each for each in lines if re.match(rb"(UID|METHOD)", each)] == [
        f"UID:{number}@hub.invalid".encode() for number in range(len(HOSTILE_TEXTS))
    ]
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", calendar)
    assert not re.search("[\x80-\x9f\u2028\u2029]", calendar.decode())
    assert calendar.count(b"\r") == calendar.count(b"\n") == calendar.count(b"\r\n")
    assert max(map(len, calendar.split(b"\r\n"))) <= 75
    assert re.fullmatch(rb'"[0-9a-f]{32}"', etag)
    assert len(icalendar.Calendar.from_ical(calendar).events) == len(HOSTILE_TEXTS)
