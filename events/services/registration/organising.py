"""What the organiser of a date does with its list: add somebody, note who came."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from events import wording
from events.enums import RegistrationStatus
from events.models import Registration
from events.services.registration.places import lock_date
from events.services.registration.refusals import (
    AlreadyListed,
    DateCalledOff,
    DateIsOver,
    NotBegun,
    NotHere,
)
from events.services.registration.registering import (
    CURRENT,
    give_place,
    refuse_large_group,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from events.models import Event


@transaction.atomic
def add_registration(
    event: Event,
    *,
    name: str,
    email: str,
    companions: int,
    language: str,
    now: datetime.datetime,
) -> Registration:
    """Register somebody who asked the organiser, whether registration is open or not.

    No confirmation by mail: the organiser answers for it; the person is told, with the
    link that cancels. A full date puts them on the waiting list like everybody.

    Raises:
        AlreadyListed: somebody with this e-mail is confirmed or waits.
        TooManyCompanions, NotHere, DateIsOver, DateCalledOff, ManyAtOnce: as they say.
    """
    row = lock_date(event)
    if not row.takes_registrations:
        raise NotHere
    if row.is_called_off:
        raise DateCalledOff
    if row.is_past(now):
        raise DateIsOver
    refuse_large_group(row, companions)
    address = email.strip().lower()
    known = (
        Registration.objects.select_for_update()
        .filter(event=row, email__iexact=address)
        .first()
    )
    if known is not None and known.status in CURRENT:
        raise AlreadyListed
    registration = Registration(
        pk=known.pk if known else None,
        event=row,
        name=name,
        email=address,
        companions=companions,
        language=language,
        created_at=now,
    )
    give_place(registration, row, now=now)
    return registration


@transaction.atomic
def mark_attendance(
    event: Event,
    *,
    listed: Collection[int],
    came: Collection[int],
    now: datetime.datetime,
) -> int:
    """Note who of the ``listed`` registrations came; return how many did.

    Those that the organiser's page did not show keep what is known of them.

    Raises:
        NotBegun: the day of the date has not come.
    """
    row = lock_date(event)
    if wording.local_day(row, now) < row.start_date:
        raise NotBegun
    shown = Registration.objects.filter(
        event=row, status=RegistrationStatus.CONFIRMED, pk__in=listed
    )
    shown.exclude(pk__in=came).update(attended=False)
    return shown.filter(pk__in=came).update(attended=True)
