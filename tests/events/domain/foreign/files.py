"""Calendars of others, written line by line."""

from __future__ import annotations

from datetime import date

from events.domain.foreign.reader import read
from events.domain.window import Window

WINDOW = Window(date(2026, 3, 1), date(2027, 4, 5))


def make_event(*lines: str, uid: str = "one", title: str = "Apéro") -> list[str]:
    """Return one VEVENT; `lines` come before what a test does not care about."""
    given = {line.partition(":")[0].partition(";")[0] for line in lines}
    defaults = {
        "UID": uid,
        "DTSTART": "20260409T183000",
        "SUMMARY": title,
        "DTEND": "20260409T203000",
    }
    if given & {"DTSTART", "DURATION"}:
        defaults.pop("DTEND")
    rest = [
        f"{name}:{value}"
        for name, value in defaults.items()
        if name not in given and value
    ]
    return ["BEGIN:VEVENT", *lines, *rest, "END:VEVENT"]


def make_calendar(*events: list[str], head: tuple[str, ...] = ()) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Other//EN", *head]
    for event in events:
        lines += event
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read_events(*events: list[str], head: tuple[str, ...] = (), **options):
    options.setdefault("window", WINDOW)
    return read(make_calendar(*events, head=head), **options)


def list_starts(calendar) -> list[str]:
    """Return each date as “2026-04-09 18:30” or “2026-04-09”."""
    return [
        f"{day.start_date}"
        if day.all_day
        else f"{day.start_date} {day.start_time:%H:%M}"
        for day in calendar.dates
    ]


def list_reasons(calendar) -> list[str]:
    return [rejected.reason.value for rejected in calendar.rejected]
