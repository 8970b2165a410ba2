"""Addresses that add a date, or a subscription, to somebody's calendar.

Plain links: nothing of these companies is loaded before a click. Sources: calendar
programs' own “add” pages; reference addresses seen in many public projects, none of
them documented by its maker.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from events.models import Event

_GOOGLE = "https://calendar.google.com/calendar"
_OUTLOOK = "https://outlook.live.com/calendar/0"
_MICROSOFT_365 = "https://outlook.office.com/calendar/0"


@dataclass(frozen=True, slots=True)
class SubscribeLinks:
    """Where one subscribes to the feed of ``address``, absolute and https."""

    address: str
    webcal: str
    google: str
    outlook: str
    microsoft_365: str


def make_subscribe_links(address: str, name: str) -> SubscribeLinks:
    """Return the links of a feed; ``name`` is what the calendar will be called."""
    webcal = f"webcal://{address.split('://', 1)[-1]}"
    # Outlook refuses webcal, Google refuses https.
    query = f"?url={quote(address, safe='')}&name={quote(name, safe='')}"
    return SubscribeLinks(
        address=address,
        webcal=webcal,
        google=f"{_GOOGLE}/r?cid={quote(webcal, safe='')}",
        outlook=f"{_OUTLOOK}/addfromweb{query}",
        microsoft_365=f"{_MICROSOFT_365}/addfromweb{query}",
    )


def make_google_link(event: Event, title: str, address: str) -> str:
    """Return the page where Google proposes to add this one date."""
    values = {
        "action": "TEMPLATE",
        "text": title,
        "dates": "/".join(_google_bounds(event)),
        "ctz": event.zone,
        "location": _locate(event),
        "details": address,
    }
    return f"{_GOOGLE}/render?{urlencode(values, quote_via=quote)}"


def make_outlook_link(event: Event, title: str, address: str) -> str:
    """Return the page where Outlook proposes to add this one date."""
    if event.all_day:
        start, end = event.start_date, event.end_date + datetime.timedelta(days=1)
        bounds = start.isoformat(), end.isoformat()
    else:
        bounds = event.start_at.isoformat(), event.end_at.isoformat()
    values = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": bounds[0],
        "enddt": bounds[1],
        "allday": "true" if event.all_day else "false",
        "location": _locate(event),
        "body": address,
    }
    return f"{_OUTLOOK}/deeplink/compose?{urlencode(values, quote_via=quote)}"


def _google_bounds(event: Event) -> tuple[str, str]:
    if event.start_time is None or event.end_time is None:
        after = event.end_date + datetime.timedelta(days=1)
        return f"{event.start_date:%Y%m%d}", f"{after:%Y%m%d}"
    # Local hours: ``ctz`` says on which clock.
    return (
        f"{event.start_date:%Y%m%d}T{event.start_time:%H%M%S}",
        f"{event.end_date:%Y%m%d}T{event.end_time:%H%M%S}",
    )


def _locate(event: Event) -> str:
    return ", ".join(filter(None, [event.place_name, event.place_address]))
