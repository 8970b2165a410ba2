"""Three readers of a calendar: its lines, icalendar and ical."""

from __future__ import annotations

import re

import icalendar
from ical.calendar_stream import IcsCalendarStream

PARIS = ["Europe/Paris"]


def unfolded(content: bytes) -> list[str]:
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def line(content: bytes, name: str) -> str:
    [found] = [each for each in unfolded(content) if re.match(rf"{name}[:;]", each)]
    return found


def parse(content: bytes) -> icalendar.Event:
    [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert event.errors == []
    return event


def parse_with_second_reader(content: bytes):
    return IcsCalendarStream.calendar_from_ics(content.decode())
