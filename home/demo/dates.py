"""Writes one date of the demonstration: where, published when, changed how."""

from __future__ import annotations

import datetime
import re
from typing import Any, Final

from django.conf import settings

from events.enums import EventStatus
from events.models import Event
from events.services.calendar import refresh_calendar_state
from events.services.cancel import cancel_event
from home.demo.accounts import MODERATOR, find_account
from home.demo.content_files import make_stable_uuid
from network.models import Space

# How long before it takes place a date is announced.
ANNOUNCED_BEFORE: Final = datetime.timedelta(days=75)

_ADDRESS = re.compile(r"^(?:(?P<street>.*), )?(?P<postcode>\d{5}) (?P<city>.*)$")


def make_uid(*words: str) -> str:
    """Return the calendar identifier that these words always give."""
    return f"{make_key(*words)}@{settings.ICAL_UID_DOMAIN}".upper()


def make_key(*words: str) -> str:
    """Return the part of ``make_uid`` that does not depend on the installation."""
    return str(make_stable_uuid(*words)).upper()


def list_known_keys(model: type[Any]) -> frozenset[str]:
    """Return the keys of every stored row; one query."""
    uids = model.objects.values_list("uid", flat=True)
    return frozenset(uid.partition("@")[0] for uid in uids)


def read_place(space: Space, venue: dict[str, str] | None) -> dict[str, Any]:
    """Return the columns that say where: ``venue`` if given, else the space itself.

    Raises:
        ValueError: an address is not “street, 22110 town” or “22110 town”.
    """
    if venue is None:
        return {"venue": space}
    match = _ADDRESS.match(venue["address"])
    if match is None:
        raise ValueError(f"Unreadable address: {venue['address']}")
    address = {f"venue_{name}": part for name, part in match.groupdict("").items()}
    return {"venue": None, "venue_name": venue["name"], **address}


def publish_date(
    event: Event, *, now: datetime.datetime, tags: list[str] | None = None
) -> None:
    """Store ``event`` as if it had been announced in good time.

    Straight to the row rather than through a revision, whose publication would be
    dated today: a past date was published before it took place.
    """
    event.derive_instants()
    published_at = min(now, event.start_at - ANNOUNCED_BEFORE)
    event.live = True
    event.first_published_at = event.last_published_at = published_at
    event.tags.add(*(tags or []))
    event.save()
    refresh_calendar_state(event, now=published_at)


def change_date(
    event: Event, change: dict[str, Any], *, now: datetime.datetime
) -> None:
    """Move or call off a published date.

    ``change`` has ``moved_days``, or a ``status`` with its ``reason``.
    """
    if change.get("status") == EventStatus.CANCELLED:
        moderator = find_account(MODERATOR)
        cancel_event(event, by=moderator, reason=change["reason"], now=now)
        return
    if "moved_days" in change:
        delay = datetime.timedelta(days=change["moved_days"])
        event.previous_start_at = event.start_at
        event.start_date += delay
        event.end_date += delay
    else:
        event.status = change["status"]
        event.cancel_reason = change["reason"]
    event.save()
    refresh_calendar_state(event, now=now)
