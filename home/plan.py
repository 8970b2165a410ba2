"""The drawing on the home page: what the network does, as the plan of one house.

Each mark of the agenda has its room. The hall, by the front door, belongs to the mark
of the next public date and is lit while there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import pgettext_lazy

from cms.wording import NO_BREAK, say_time
from events.enums import EventMark
from events.models import Event, EventType
from events.wording import say_day_number, say_short_weekday

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

# One word for each mark, short enough for the smallest room; in the order in which
# marks take the small rooms.
ROOM_WORDS: Final = {
    EventMark.DRINK: pgettext_lazy("room", "Drink & co"),
    EventMark.LUNCH: pgettext_lazy("room", "Lunch"),
    EventMark.WORKSHOP: pgettext_lazy("room", "Workshop"),
    EventMark.PILOTS: pgettext_lazy("room", "Pilots"),
}


@dataclass(frozen=True, slots=True)
class Room:
    """The room of one mark; without a type there is nothing to link to."""

    mark: EventMark
    word: StrOrPromise
    type: EventType | None = None
    next_event: Event | None = None

    @property
    def day(self) -> str:
        """“jeu. 26 nov.”, or an empty text."""
        if self.next_event is None:
            return ""
        return f"{say_short_weekday(self.next_event.start_date)} {self.short_day}"

    @property
    def short_day(self) -> str:
        """“26 nov.”, for a room where there is no place for more; or an empty text."""
        if self.next_event is None:
            return ""
        day = self.next_event.start_date
        return f"{say_day_number(day)}{NO_BREAK}{date_format(day, 'N')}"

    @property
    def hour(self) -> str:
        """“18 h 30”; an empty text for what lasts all day."""
        if self.next_event is None or self.next_event.start_time is None:
            return ""
        return say_time(self.next_event.start_time)


@dataclass(frozen=True, slots=True)
class Plan:
    """The hall and the three small rooms, from the top left to the bottom right."""

    hall: Room
    small_rooms: tuple[Room, ...]

    @property
    def next_event(self) -> Event | None:
        """The next public date that takes place."""
        return self.hall.next_event

    @property
    def rooms(self) -> tuple[Room, ...]:
        return (self.hall, *self.small_rooms)


def draw_plan(now: datetime.datetime) -> Plan:
    """Return the plan as it stands at ``now``; two queries."""
    coming = Event.objects.published().taking_place().upcoming(now)
    first = coming.filter(type=OuterRef("pk")).values("pk")[:1]
    types = list(EventType.objects.annotate(next_event_id=Subquery(first)))
    keys = [one.next_event_id for one in types if one.next_event_id]
    events = list(coming.filter(pk__in=keys).with_row_relations())
    rooms = {mark: _make_room(mark, types, events) for mark in ROOM_WORDS}
    hall = events[0].type.mark if events else EventMark.DRINK
    return Plan(hall=rooms.pop(EventMark(hall)), small_rooms=tuple(rooms.values()))


def _make_room(
    mark: EventMark, types: Sequence[EventType], events: Sequence[Event]
) -> Room:
    next_event = next((event for event in events if event.type.mark == mark), None)
    first_type = next((one for one in types if one.mark == mark), None)
    return Room(
        mark,
        ROOM_WORDS[mark],
        type=next_event.type if next_event else first_type,
        next_event=next_event,
    )
