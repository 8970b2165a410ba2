"""Values for the tests of the domain: an event, a feed, rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from events.domain.calendar_values import CalendarEvent, CalendarFeed
from events.domain.recurrence import Frequency, Rule


def make_event(**changes: Any) -> CalendarEvent:
    values: dict[str, Any] = {
        "uid": "6f3c1f0e-9c1b-4a57-8f5e-0c7d1b2a3e4f@hub.invalid",
        "sequence": 0,
        "modified_at": datetime(2026, 3, 2, 9, 15, 0, tzinfo=UTC),
        "created_at": datetime(2026, 3, 1, 8, 0, 0, tzinfo=UTC),
        "start_date": date(2026, 4, 9),
        "start_time": time(18, 30),
        "end_date": date(2026, 4, 9),
        "end_time": time(21, 0),
        "zone": "Europe/Paris",
        "summary": "Drink & co",
    }
    return CalendarEvent(**(values | changes))


def make_all_day_event(first: date, last: date, **changes: Any) -> CalendarEvent:
    days = {"start_date": first, "end_date": last, "start_time": None, "end_time": None}
    return make_event(**(days | changes))


def make_feed(**changes: Any) -> CalendarFeed:
    values: dict[str, Any] = {
        "name": "Agenda du réseau",
        "modified_at": datetime(2026, 3, 2, 9, 15, 0, tzinfo=UTC),
        "description": "Tous les rendez-vous",
        "url": "https://hub.invalid/agenda/",
        "source": "https://hub.invalid/agenda/flux.ics",
        "color": "teal",
    }
    return CalendarFeed(**(values | changes))


def weekly(first_day: date = date(2026, 1, 1), **parts: Any) -> Rule:
    return Rule(frequency=Frequency.WEEKLY, first_day=first_day, **parts)


def monthly(first_day: date = date(2026, 1, 1), **parts: Any) -> Rule:
    return Rule(frequency=Frequency.MONTHLY, first_day=first_day, **parts)
