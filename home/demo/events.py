"""Types and one-off dates, placed around the day of loading.

Each date has a UID made from its name in the content, by which it is known for ever:
what exists is never written again.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_time

from cms.models import User
from events.enums import CALLED_OFF, EventStatus
from events.models import Event, EventType
from events.services.cancel import cancel_event
from events.services.change_date import postpone_event
from events.services.draft import create_draft
from events.services.submit import submit_record
from home.demo.accounts import MODERATOR, find_account
from home.demo.content_files import read_content
from home.demo.dates import (
    list_known_keys,
    make_key,
    make_uid,
    publish_date,
    read_place_or_space,
)
from home.demo.registrations import register_people
from network.models import Space


def load_types(now: datetime.datetime) -> int:
    """Create the types that are missing, known by their slug."""
    known = set(EventType.objects.values_list("slug", flat=True))
    rows = [row for row in read_content("types")["type"] if row["slug"] not in known]
    for row in rows:
        kind = EventType(**row)
        kind.full_clean()
        kind.save()
    return len(rows)


def load_singles(now: datetime.datetime) -> int:
    """Create the dates that are missing, with who registered; return how many."""
    known = list_known_keys(Event)
    missing = [
        row
        for row in read_content("singles")["event"]
        if make_key("single", row["slug_hint"]) not in known
    ]
    agenda = _Agenda(now)
    for row in missing:
        _create_single(row, agenda)
    return len(missing)


@dataclass
class _Agenda:
    """What one run knows before it writes."""

    now: datetime.datetime

    @property
    def today(self) -> datetime.date:
        return timezone.localdate(self.now)

    @cached_property
    def spaces(self) -> dict[str, Space]:
        return Space.objects.in_bulk(field_name="slug")

    @cached_property
    def types(self) -> dict[str, EventType]:
        return EventType.objects.in_bulk(field_name="slug")


def _create_single(row: dict[str, Any], agenda: _Agenda) -> None:
    values = _read_single(row, agenda)
    uid = make_uid("single", row["slug_hint"])
    if "submitted_by" in row:
        _submit_single(row, values, uid, agenda.now)
        return
    event = Event(uid=uid, **values)
    if row["status"] == EventStatus.TENTATIVE:
        event.status = row["status"]
    event.full_clean()
    publish_date(event, now=agenda.now, tags=row["tags"])
    register_people(event, name=row["slug_hint"], now=agenda.now)
    if row["status"] in CALLED_OFF:
        is_cancelled = row["status"] == EventStatus.CANCELLED
        call_off = cancel_event if is_cancelled else postpone_event
        moderator = find_account(MODERATOR)
        call_off(event, by=moderator, reason=row["cancel_reason"], now=agenda.now)


def _submit_single(
    row: dict[str, Any], values: dict[str, Any], uid: str, now: datetime.datetime
) -> None:
    """Send a date to the moderators in a member's name."""
    member = User.objects.get(email=row["submitted_by"])
    event = create_draft(values={**values, "tags": row["tags"]}, by=member, now=now)
    Event.objects.filter(pk=event.pk).update(uid=uid)
    submit_record(event, by=member, now=now)


def _read_single(row: dict[str, Any], agenda: _Agenda) -> dict[str, Any]:
    """Return every column that a member writes, the day counted from today."""
    space = agenda.spaces[row["space"]]
    first = agenda.today + datetime.timedelta(days=row["offset_days"])
    elsewhere = dict.fromkeys(
        ("venue_name", "venue_street", "venue_postcode", "venue_city"), ""
    )
    # A row says what its registration has beside what a date has by itself.
    plain = Event()
    terms = {name: getattr(plain, name) for name in Event.REGISTRATION_FIELDS}
    return {
        **terms,
        **row.get("registration", {}),
        "host": space,
        "type": agenda.types[row["type"]],
        "title": row["title"],
        "summary": row["summary"],
        "description": row["description"].strip(),
        "start_date": first,
        "end_date": first + datetime.timedelta(days=row.get("days", 1) - 1),
        "start_time": parse_time(row["start"]) if "start" in row else None,
        "end_time": parse_time(row["end"]) if "end" in row else None,
        "all_day": row.get("all_day", False),
        "zone": space.zone,
        "online_url": row.get("online_url", ""),
        "online_visibility": row.get("online_visibility", plain.online_visibility),
        "price": row["price"],
        "visibility": row["visibility"],
        **elsewhere,
        **read_place_or_space(space, row.get("venue")),
    }
