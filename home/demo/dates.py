"""What every date of the demonstration has: a name for ever, a place, a publication."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from events.models import CalendarState, Event
from events.services.calendar import refresh_calendar_state, refresh_calendar_states
from home.demo.content_files import make_stable_uuid

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def name_dates(slug: str, events: Sequence[Event], *, now: datetime.datetime) -> None:
    """Give new dates of a series the identifier that their day always gives.

    Whoever subscribes to a demonstration, loads it anew and subscribes again then has
    each date once. Nobody holds the identifiers that are replaced.
    """
    for event in events:
        event.uid = make_uid("series", slug, event.recurrence_key)
    Event.objects.bulk_update(events, ["uid"], batch_size=200)
    CalendarState.objects.filter(event__in=[event.pk for event in events]).delete()
    refresh_calendar_states(events, now=now)


def read_place(venue: dict[str, str]) -> dict[str, Any]:
    """Return the columns that say where ``venue`` is.

    Raises:
        ValueError: the address is not “street, 22110 town” or “22110 town”.
    """
    match = _ADDRESS.match(venue["address"])
    if match is None:
        raise ValueError(f"Unreadable address: {venue['address']}")
    address = {f"venue_{name}": part for name, part in match.groupdict("").items()}
    return {"venue": None, "venue_name": venue["name"], **address}


def read_place_or_space(space: Space, venue: dict[str, str] | None) -> dict[str, Any]:
    """Return the columns that say where: ``venue`` if given, else the space itself."""
    return {"venue": space} if venue is None else read_place(venue)


def publish_date(
    event: Event, *, now: datetime.datetime, tags: Sequence[str] = ()
) -> None:
    """Store ``event`` as if it had been announced in good time.

    Straight to the row rather than through a revision, whose publication would be
    dated today: a past date was published before it took place.
    """
    event.derive_instants()
    published_at = min(now, event.start_at - ANNOUNCED_BEFORE)
    event.live = True
    event.first_published_at = event.last_published_at = published_at
    event.tags.add(*tags)
    event.save()
    refresh_calendar_state(event, now=published_at)
