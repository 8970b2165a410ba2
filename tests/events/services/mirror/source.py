"""A calendar that a test writes and changes, on a real site."""

from __future__ import annotations

import datetime
from typing import Any

from cms.outbound.fetching import fetch
from events.models import ExternalFeed
from events.services.mirror.reading import read_feed
from tests.cms.outbound.sites import Site, make_answer, make_route
from tests.factories.events import EventTypeFactory

NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)


def make_vevent(number: int = 1, *extra: str, uid: str = "", **values: Any) -> str:
    """Return a date on a day of December 2026, 18:30 to 20:00 in Paris."""
    day = values.pop("day", f"202612{number:02d}")
    fields = {
        "UID": uid or f"date-{number}@bocal.example",
        "DTSTAMP": "20261101T080000Z",
        "DTSTART;TZID=Europe/Paris": f"{day}T183000",
        "DTEND;TZID=Europe/Paris": f"{day}T200000",
        "SUMMARY": f"Soupe {number}",
    } | values
    lines = [f"{name}:{value}" for name, value in fields.items() if value is not None]
    return "\r\n".join(["BEGIN:VEVENT", *lines, *extra, "END:VEVENT"])


def make_file(*events: str) -> bytes:
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bocal//FR"
    return "\r\n".join([head, *events, "END:VCALENDAR", ""]).encode()


def make_feed(space: Any, url: str = "http://bocal.example/a.ics", **values: Any):
    return ExternalFeed.objects.create(
        **{
            "space": space,
            "url": url,
            "type": EventTypeFactory(),
            "created_at": NOW,
            "next_check_at": NOW,
            "is_trusted": True,
        }
        | values
    )


class Reader:
    """Reads one feed again and again, each time five hours later."""

    def __init__(self, feed: ExternalFeed, site: Site) -> None:
        self.feed = feed
        self.site = site
        self.now = NOW
        self.route = make_route(site)

    def read(self, content: bytes | None = None, **answer: Any) -> bool:
        """Read what the site gives: ``content``, or an answer made otherwise."""
        if content is not None or answer:
            self.site.answer = make_answer(content or b"", **answer)
        ExternalFeed.objects.filter(pk=self.feed.pk).update(next_check_at=self.now)
        done = read_feed(
            self.feed,
            now=self.now,
            fetch=lambda url, **options: fetch(url, route=self.route, **options),
        )
        self.feed.refresh_from_db()
        self.now += datetime.timedelta(hours=5)
        return done
