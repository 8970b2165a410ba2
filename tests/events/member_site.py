"""What the tests of the member's dates share: answers to the form, and addresses."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse

from events.models import Event
from events.services.draft import create_draft
from tests import personas
from tests.factories.events import EventTypeFactory

NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)


def url(name: str, event: Event | None = None) -> str:
    return reverse(f"member_events:{name}", args=[event.pk] if event else [])


def answers(space: Any, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends for a soup on Thursday 17 December 2026."""
    return {
        "version": "",
        "host": space.pk,
        "type": EventTypeFactory().pk,
        "title": "Soupe et jeux de société",
        "summary": "On épluche ensemble.",
        "description": "On mange à 20 h.",
        "tags": "soupe, jeux",
        "start_date": "2026-12-17",
        "start_time": "18:30",
        "end_time": "21:30",
        "end_date": "",
        "place": "host",
        "venue": "",
        "venue_name": "",
        "venue_street": "",
        "venue_postcode": "",
        "venue_city": "",
        "online_url": "",
        "online_visibility": "public",
        "price": "Gratuit",
        "visibility": "public",
        "registration_mode": "none",
        "registration_url": "",
        "capacity": "",
        "companions_allowed": "",
        "opens_days_before": "",
        "closes_hours_before": "",
        "question": "",
        "second_question": "",
        "action": "save",
    } | changes


def values(space: Any, **changes: Any) -> dict[str, Any]:
    """Return the same soup as ``events.services.draft`` takes it."""
    return {
        "host": space,
        "type": EventTypeFactory(),
        "title": "Soupe et jeux de société",
        "summary": "On épluche ensemble.",
        "description": "On mange à 20 h.",
        "tags": ["soupe", "jeux"],
        "start_date": datetime.date(2026, 12, 17),
        "start_time": datetime.time(18, 30),
        "end_date": datetime.date(2026, 12, 17),
        "end_time": datetime.time(21, 30),
        "all_day": False,
        "zone": "Europe/Paris",
        "venue": space,
        "venue_name": "",
        "venue_street": "",
        "venue_postcode": "",
        "venue_city": "",
        "online_url": "",
        "online_visibility": "public",
        "price": "Gratuit",
        "visibility": "public",
        "registration_mode": "none",
        "registration_url": "",
        "capacity": None,
        "companions_allowed": 0,
        "opens_days_before": None,
        "closes_hours_before": 0,
        "question": "",
        "second_question": "",
    } | changes


def draft_of(person: Any, **changes: Any) -> Event:
    space = personas.space_of(person)
    event = create_draft(values=values(space, **changes), by=person, now=NOW)
    return Event.objects.get(pk=event.pk)
