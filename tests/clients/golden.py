"""A calendar of 23 dates, and the instants at which each client must show them.

Both changes of the clocks, a date moved and one cancelled, two overseas clocks and a
night that loses an hour. The instants are written by hand.
"""

from __future__ import annotations

import datetime
from datetime import date, time

from events.domain.calendar_values import CalendarEvent, CalendarStatus
from events.domain.ical import assemble_feed, serialise_event
from tests.events.domain.values import make_event, make_feed

PARIS = "Europe/Paris"

# Every second Thursday of 2026, 18:30: first day and instant.
THURSDAYS = {
    "2026-01-08": "2026-01-08T17:30Z",
    "2026-02-12": "2026-02-12T17:30Z",
    "2026-03-12": "2026-03-12T17:30Z",
    # Moved to the Friday, 19:00.
    "2026-04-10": "2026-04-10T17:00Z",
    "2026-05-14": "2026-05-14T16:30Z",
    "2026-06-11": "2026-06-11T16:30Z",
    "2026-07-09": "2026-07-09T16:30Z",
    # Cancelled.
    "2026-08-13": "2026-08-13T16:30Z",
    "2026-09-10": "2026-09-10T16:30Z",
    "2026-10-08": "2026-10-08T16:30Z",
    "2026-11-12": "2026-11-12T17:30Z",
    "2026-12-10": "2026-12-10T17:30Z",
}
MOVED, CANCELLED = "2026-04-10", "2026-08-13"

# Six Tuesday lunches, 12:30, around 29 March.
TUESDAYS = {
    "2026-03-17": "2026-03-17T11:30Z",
    "2026-03-24": "2026-03-24T11:30Z",
    "2026-03-31": "2026-03-31T10:30Z",
    "2026-04-07": "2026-04-07T10:30Z",
    "2026-04-14": "2026-04-14T10:30Z",
    "2026-04-21": "2026-04-21T10:30Z",
}
OTHERS = {
    # A night from 22:00 to 4:00 that lasts five hours.
    ("2026-03-28", "22:00", PARIS): "2026-03-28T21:00Z",
    ("2026-04-02", "09:00", "Indian/Reunion"): "2026-04-02T05:00Z",
    ("2026-07-01", "10:00", "America/Miquelon"): "2026-07-01T12:00Z",
    # After the change of autumn.
    ("2027-11-04", "18:30", PARIS): "2027-11-04T17:30Z",
}
ALL_DAY = ("2026-05-19", "2026-05-20")

INSTANTS = sorted([*THURSDAYS.values(), *TUESDAYS.values(), *OTHERS.values()])
"""The 22 dates that have an hour."""


def write_golden_feed() -> bytes:
    """Return the 23 dates as one feed."""
    events = list_golden_events()
    assert len(events) == 23
    return write_feed(events)


def write_distant_feed() -> bytes:
    """Return a feed of 1 July 2040, 18:30 in Paris (T16)."""
    return write_feed([_event("2040-07-01", time(18, 30), time(20), "Loin")])


def write_feed(events: list[CalendarEvent]) -> bytes:
    return assemble_feed(
        make_feed(),
        [serialise_event(event, language="fr") for event in events],
        {event.zone for event in events},
    )


def list_golden_events() -> list[CalendarEvent]:
    events = []
    for day in THURSDAYS:
        start = time(19) if day == MOVED else time(18, 30)
        events.append(
            _event(
                day, start, time(21, 30), f"Drink & co; ça va, le {day} ?",
                sequence=1 if day in (MOVED, CANCELLED) else 0,
                status=CalendarStatus.CANCELLED if day == CANCELLED
                else CalendarStatus.CONFIRMED,
            )
        )  # fmt: skip
    events += [_event(day, time(12, 30), time(14), "Repas") for day in TUESDAYS]
    for day, clock, zone in OTHERS:
        start = time.fromisoformat(clock)
        end_day = date.fromisoformat(day)
        end = start.replace(hour=(start.hour + 6) % 24)
        if end < start:
            end_day += datetime.timedelta(days=1)
        events.append(_event(day, start, end, "Ailleurs", end_date=end_day, zone=zone))
    first, last = map(date.fromisoformat, ALL_DAY)
    events.append(
        _event(ALL_DAY[0], None, None, "Deux jours", start_date=first, end_date=last)
    )
    return events


def _event(day, start, end, summary, **changes) -> CalendarEvent:
    values = {
        "uid": f"{day}-{len(summary)}-{changes.get('zone', PARIS)}@HUB.TEST".upper(),
        "start_date": date.fromisoformat(day),
        "end_date": date.fromisoformat(day),
        "start_time": start,
        "end_time": end,
        "summary": summary,
        "description": "Une table, des chaises ; et le temps qu’il faut.\n" * 4,
    }
    return make_event(**(values | changes))
