"""Types, series, dates, registrations, what calendars know, minutes and decisions."""

from __future__ import annotations

from events.models.calendar_state import CalendarState
from events.models.decision import Decision, DecisionStep, Task, Topic
from events.models.digest import DigestSubscription
from events.models.event import Event
from events.models.event_type import EventType
from events.models.external_feed import ExternalFeed, ImportedDate
from events.models.feed_alias import FeedAlias
from events.models.feed_token import FeedToken
from events.models.minutes import Attendee, Minutes, MinutesTheme
from events.models.programme import Programme
from events.models.registration import Registration
from events.models.rota import RotaHost, Turn
from events.models.series import Series, SeriesExclusion

__all__ = [
    "Attendee",
    "CalendarState",
    "Decision",
    "DecisionStep",
    "DigestSubscription",
    "Event",
    "EventType",
    "ExternalFeed",
    "FeedAlias",
    "FeedToken",
    "ImportedDate",
    "Minutes",
    "MinutesTheme",
    "Programme",
    "Registration",
    "RotaHost",
    "Series",
    "SeriesExclusion",
    "Task",
    "Topic",
    "Turn",
]
