"""One date of a stranger's calendar as a row of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cms.folding import fold_to_words
from events.domain.calendar_values import CalendarStatus
from events.enums import EventStatus
from events.models import Event

if TYPE_CHECKING:
    import datetime

    from events.domain.foreign.values import ReadDate
    from events.models import ExternalFeed
    from network.models import Space

TITLE_LENGTH: Final = 120
PLACE_LENGTH: Final = 120

FOLLOWED: Final = (
    "title",
    "description",
    *Event.WHEN,
    "venue",
    "venue_name",
    "venue_street",
    "venue_postcode",
    "venue_city",
    "venue_latitude",
    "venue_longitude",
    "room",
)
"""Columns that the source decides; type, keywords and visibility are the editors'."""

STATUS_COLUMNS: Final = ("status", "cancelled_at", "previous_start_at")


def build_event(feed: ExternalFeed, day: ReadDate) -> Event:
    """Return, unsaved and not live, the row of a date that is new here.

    Raises:
        events.domain.errors.CalendarError: no clock of ours shows its hours.
    """
    event = Event(host=feed.space, type_id=feed.type_id, is_mirrored=True, live=False)
    write_date(event, day, space=feed.space)
    event.status = say_status(day)
    return event


def write_date(event: Event, day: ReadDate, *, space: Space) -> None:
    """Put what the source says of a date on its row, and derive from it.

    Raises:
        events.domain.errors.CalendarError: no clock of ours shows its hours.
    """
    values: dict[str, Any] = dict.fromkeys(Event.WHERE, "")
    values |= dict.fromkeys(("venue_latitude", "venue_longitude"))
    values["venue"] = None
    if is_at_home(day.location, space):
        values["venue"] = space
    else:
        values["venue_name"] = shorten(day.location, PLACE_LENGTH)
    values |= {
        "title": shorten(day.title, TITLE_LENGTH),
        "description": day.description,
        "start_date": day.start_date,
        "start_time": day.start_time,
        "end_date": day.end_date,
        "end_time": day.end_time,
        "all_day": day.all_day,
        "zone": day.zone,
    }
    for name, value in values.items():
        setattr(event, name, value)
    event.derive_instants()
    event.derive_texts()


def is_at_home(location: str, space: Space) -> bool:
    """Tell whether a place in words is the space itself; no words mean that it is."""
    said = fold_to_words(location)
    known = filter(None, (fold_to_words(space.name), fold_to_words(space.street)))
    return not said or any(words in said for words in known)


def say_status(day: ReadDate) -> EventStatus:
    """Return our word for the status that the source gives."""
    if day.status == CalendarStatus.CANCELLED:
        return EventStatus.CANCELLED
    if day.status == CalendarStatus.TENTATIVE:
        return EventStatus.TENTATIVE
    return EventStatus.CONFIRMED


def set_status(event: Event, status: EventStatus, *, now: datetime.datetime) -> None:
    """Give ``event`` a status, and the moment of its cancellation."""
    event.cancelled_at = None
    if status == EventStatus.CANCELLED:
        event.cancelled_at = now
    event.status = status


def shorten(text: str, length: int) -> str:
    """Return ``text`` on ``length`` characters, cut at a word where there is one."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    head = cut.rsplit(" ", 1)[0]
    return (head if len(head) > length // 2 else cut).rstrip(" ,;:") + "…"
