"""Types, series, dates, what calendars know of them, minutes and decisions."""

from __future__ import annotations

from events.models.calendar_state import CalendarState
from events.models.event import Event
from events.models.event_type import EventType
from events.models.minutes import Decision, Minutes, MinutesTheme
from events.models.series import Series

__all__ = [
    "CalendarState",
    "Decision",
    "Event",
    "EventType",
    "Minutes",
    "MinutesTheme",
    "Series",
]
