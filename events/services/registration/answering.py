"""Confirming and cancelling one's registration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from events.enums import RegistrationStatus
from events.models import Registration
from events.services.registration import mail
from events.services.registration.places import lock_date
from events.services.registration.refusals import AlreadyGone, DateIsOver
from events.services.registration.registering import CURRENT, give_place
from events.services.registration.terms import require_open
from events.services.registration.waiting_list import promote_waiting

if TYPE_CHECKING:
    import datetime


@transaction.atomic
def confirm_registration(
    registration: Registration, *, now: datetime.datetime
) -> Registration:
    """Give a place, or one on the waiting list, to whoever answers our mail.

    Done twice, it changes nothing.

    Raises:
        AlreadyGone: it was cancelled.
        RegistrationRefusal: the date takes no registrations any more, as ``register``.
        Registration.DoesNotExist: it was erased meanwhile.
    """
    event = lock_date(registration.event)
    row = _lock(registration)
    if row.status in CURRENT:
        return row
    if row.status == RegistrationStatus.CANCELLED:
        raise AlreadyGone
    require_open(event, user=row.user, now=now)
    row.event = event
    give_place(row, event, now=now)
    return row


@transaction.atomic
def cancel_registration(
    registration: Registration,
    *,
    now: datetime.datetime,
    by_organiser: bool = False,
) -> Registration | None:
    """Free the place and give it to those who wait; the person is told by mail.

    One that was never confirmed is erased, and None returned: its address may not be
    that of whoever typed it. Done twice, it changes nothing.

    Raises:
        DateIsOver: the date has ended.
        ManyAtOnce: nothing was saved, it may be tried again.
        Registration.DoesNotExist: it was erased meanwhile.
    """
    event = lock_date(registration.event)
    row = _lock(registration)
    if row.status == RegistrationStatus.CANCELLED:
        return row
    if row.status == RegistrationStatus.PENDING:
        row.delete()
        return None
    if event.is_past(now):
        raise DateIsOver
    row.event = event
    row.status = RegistrationStatus.CANCELLED
    row.cancelled_at = now
    row.waiting_since = None
    row.save(update_fields=["status", "cancelled_at", "waiting_since"])
    mail.tell_cancelled(row, by_organiser=by_organiser)
    promote_waiting(event, now=now)
    return row


def _lock(registration: Registration) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",)).select_related("user")
    return rows.get(pk=registration.pk)
