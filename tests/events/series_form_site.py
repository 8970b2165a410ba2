"""What the tests of the member's series share: answers to the form, and addresses."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse

from events.models import Series
from events.services.publish import publish_record
from events.services.series_draft import create_series_draft
from tests import personas
from tests.factories.events import EventTypeFactory

NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)


def url(name: str, series: Series | None = None) -> str:
    return reverse(f"member_series:{name}", args=[series.pk] if series else [])


def answers(space: Any, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends for the second Thursday of each month, 18:30."""
    return {
        "version": "",
        "service_edit": "0",
        "host": space.pk,
        "type": EventTypeFactory().pk,
        "title": "Soupe du jeudi",
        "summary": "On épluche ensemble.",
        "description": "On mange à 20 h.",
        "rhythm": "monthly",
        "nth": "2",
        "weekday": "3",
        "month_day": "",
        "interval": "",
        "first_day": "2026-12-01",
        "end": "open",
        "until": "",
        "count": "",
        "start_time": "18:30",
        "end_time": "21:30",
        "days_long": "",
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
        "companions_allowed": "",
        "closes_hours_before": "",
        "action": "save",
    } | changes


def values(space: Any, **changes: Any) -> dict[str, Any]:
    """Return the same series as ``events.services.series_draft`` takes it."""
    return {
        "host": space,
        "type": EventTypeFactory(),
        "title": "Soupe du jeudi",
        "summary": "On épluche ensemble.",
        "description": "On mange à 20 h.",
        "rhythm": "monthly",
        "interval": 1,
        "weekdays": [3],
        "nth": 2,
        "month_day": None,
        "months": [],
        "first_day": datetime.date(2026, 12, 1),
        "until": None,
        "count": None,
        "skips_holidays": False,
        "left_out": [],
        "start_time": datetime.time(18, 30),
        "end_time": datetime.time(21, 30),
        "lasts_days": 0,
        "all_day": False,
        "zone": "Europe/Paris",
        "is_held_at_host": True,
        "venue": None,
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


def series_of(person: Any, **changes: Any) -> Series:
    """Return a draft that a member wrote."""
    space = personas.space_of(person)
    series = create_series_draft(values=values(space, **changes), by=person, now=NOW)
    return Series.objects.get(pk=series.pk)


def published_by(person: Any, **changes: Any) -> Series:
    """Return a series that a trusted member published, its dates made."""
    return publish_record(series_of(person, **changes), by=person, now=NOW)


def change(client, series, confirmed=False, **changes):
    """Send the form of a series with other answers."""
    sent = answers(series.host, version=series.latest_revision_id, scope="whole")
    sent |= {"action": "publish"} | changes
    if confirmed:
        sent["confirmed"] = "1"
    return client.post(url("edit", series), sent)
