"""Who waits for a place, and when they get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from events.enums import RegistrationStatus
from events.models import Registration
from events.services.registration import mail
from events.services.registration.places import count_places, lock_date
from events.services.registration.refusals import CapacityTaken

if TYPE_CHECKING:
    import datetime

    from events.models import Event, Series


@transaction.atomic
def promote_waiting(event: Event, *, now: datetime.datetime) -> list[Registration]:
    """Give the free places to those who wait, and mail them; return who got one.

    Call it whenever places may have become free: somebody cancelled, the number of
    places grew. Who waits longest comes first; a group that does not fit keeps its
    rank and lets those pass who do, since an empty chair helps nobody. Nobody is
    promoted once the date has begun or was called off.
    """
    row = lock_date(event)
    if not row.takes_registrations or row.is_called_off or row.start_at <= now:
        return []
    waiting = Registration.objects.select_related("user").filter(event=row).waiting()
    places = count_places(row)
    promoted = []
    for registration in waiting:
        if places.is_full:
            break
        if not places.hold(registration.places):
            continue
        places = places.with_more(registration.places)
        registration.event = row
        registration.status = RegistrationStatus.CONFIRMED
        registration.confirmed_at = now
        registration.waiting_since = None
        registration.save(update_fields=["status", "confirmed_at", "waiting_since"])
        mail.tell_promoted(registration, now=now)
        promoted.append(registration)
    return promoted


def refuse_small_capacity(event: Event, capacity: int | None) -> None:
    """Refuse ``capacity`` for ``event`` when more people are confirmed; one query.

    Raises:
        CapacityTaken: as it says.
    """
    if capacity is None or event.pk is None:
        return
    taken = count_places(event).taken
    if taken > capacity:
        raise CapacityTaken(taken)


def refuse_small_capacity_of_series(
    series: Series, capacity: int | None, *, now: datetime.datetime
) -> None:
    """Refuse ``capacity`` when a date that would take it has more people confirmed.

    A date whose terms were changed by hand keeps its own. One query, and one for each
    date with registrations.

    Raises:
        CapacityTaken: with the people of the fullest date.
    """
    if capacity is None or series.pk is None:
        return
    held = series.events.upcoming(now).taking_place()
    held = held.filter(registrations__status=RegistrationStatus.CONFIRMED).distinct()
    taken = [
        count_places(event).taken
        for event in held
        if "registration" not in event.overridden_fields
    ]
    if max(taken, default=0) > capacity:
        raise CapacityTaken(max(taken))
