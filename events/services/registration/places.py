"""The places of a date, and the lock under which they are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import OperationalError

from events.models import Registration
from events.services.registration.refusals import ManyAtOnce
from events.services.speaking import lock_event

if TYPE_CHECKING:
    from events.models import Event


@dataclass(frozen=True, slots=True)
class Places:
    """How many people may come, and how many are confirmed, companions included.

    ``capacity`` is None where as many come as want to.
    """

    capacity: int | None
    taken: int

    @property
    def left(self) -> int | None:
        """Places that nobody holds; None where they are not counted."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        return self.left == 0

    def hold(self, people: int) -> bool:
        """True when ``people`` more find a place."""
        return self.left is None or people <= self.left

    def with_more(self, people: int) -> Places:
        return Places(self.capacity, self.taken + people)


def count_places(event: Event) -> Places:
    """Count who is confirmed; one query."""
    return Places(
        event.capacity,
        Registration.objects.filter(event=event).confirmed().count_places(),
    )


def count_before(registration: Registration) -> int:
    """Return how many wait longer than this one; one query."""
    waiting = Registration.objects.filter(event=registration.event_id).waiting()
    keys = list(waiting.values_list("pk", flat=True))
    return keys.index(registration.pk) if registration.pk in keys else len(keys)


def lock_date(event: Event) -> Event:
    """Return the date's row, held until the transaction ends.

    Whoever gives, frees or counts a place holds it first; a registration's own row is
    locked after it, never before.

    Raises:
        ManyAtOnce: others held it for longer than the database waits.
        Event.DoesNotExist: it was discarded meanwhile.
    """
    try:
        return lock_event(event)
    except OperationalError as error:
        raise ManyAtOnce from error
