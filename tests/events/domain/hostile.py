"""A feed of hostile texts in several zones, printed as bytes.

Run as a module, so that other tests can start it with another hash seed, with
other values of PYTHONTZPATH and under ``python -O``.
"""

from __future__ import annotations

import sys
from datetime import date

from events.domain.ical import (
    assemble_feed,
    content_hash,
    feed_etag,
    serialise_event,
)
from events.domain.timezones import tzdata_version
from events.domain.window import Window
from tests.events.domain.values import make_event, make_feed

HOSTILE_TEXTS = (
    "a\r\nBEGIN:VEVENT",
    "a\rX:1",
    "a\nEND:VEVENT\nEND:VCALENDAR",
    "a\x00b",
    "a\u2028X:1",
    "a\u2029X:1",
    "a\x85X:1",
    "a\x0bX:1",
    "a\x0cX:1",
    "a\x1cX:1",
    "\ud800",
    "\\n\\N\\\\;,:\"'",
    "😀" * 200,
)
ZONES = ("Europe/Paris", "Indian/Reunion", "America/Miquelon", "Pacific/Noumea")


def hostile_feed() -> bytes:
    events = [
        make_event(
            uid=f"{number}@hub.invalid",
            zone=ZONES[number % len(ZONES)],
            summary=text,
            description=text,
            location=text,
            contact=text,
            categories=(text, "b;c"),
        )
        for number, text in enumerate(HOSTILE_TEXTS)
    ]
    fragments = [serialise_event(event) for event in events]
    feed = make_feed(name="a\r\nX-EVIL:1, b; c", description="d\r\nX-EVIL:1\re")
    etag = feed_etag(
        feed,
        Window.of_feed(date(2026, 3, 3)),
        [(event.uid, content_hash(event)) for event in events],
        tzdata_version(),
    )
    return assemble_feed(feed, fragments, set(ZONES)) + etag.encode()


if __name__ == "__main__":
    sys.stdout.buffer.write(hostile_feed())
