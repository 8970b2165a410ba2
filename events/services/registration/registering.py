"""Asking for a place at a date."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from typing import TYPE_CHECKING, Final

from django.core.cache import cache
from django.db import transaction

from events.enums import RegistrationStatus
from events.models import Registration
from events.services.registration import mail
from events.services.registration.places import count_places, lock_date
from events.services.registration.refusals import DateFull, TooManyCompanions
from events.services.registration.terms import require_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cms.models import User
    from events.models import Event

# A form that is sent again sooner writes no second mail.
MAIL_AGAIN_AFTER: Final = datetime.timedelta(minutes=5)

CURRENT: Final = (RegistrationStatus.CONFIRMED, RegistrationStatus.WAITLISTED)


@transaction.atomic
def register(
    event: Event,
    *,
    name: str,
    email: str,
    companions: int,
    answers: Sequence[str],
    user: User | None,
    language: str,
    now: datetime.datetime,
    accepts_waiting: bool = True,
) -> Registration | None:
    """Give a signed-in person a place, or one on the waiting list; mail the others.

    Whoever has no account holds nothing before they confirm by mail, and gets None
    whatever is known of the address: only its owner learns whether it is registered.
    So does a signed-in person whose address somebody else registered. ``answers`` are
    those to ``event.questions``. Sent twice, it changes nothing and mails once.

    Raises:
        NotForYou, NotHere, NotOpenYet, RegistrationClosed, DateIsOver, DateCalledOff:
            as ``terms.require_open``.
        TooManyCompanions: the date allows fewer, or has not that many places.
        DateFull: they do not fit, and ``accepts_waiting`` is false.
        ManyAtOnce: nothing was saved, it may be tried again.
        Event.DoesNotExist: it was discarded meanwhile.
    """
    row = lock_date(event)
    if user is not None:
        mine = Registration.objects.filter(event=row, user=user).current().first()
        if mine is not None:
            return mine
    require_open(row, user=user, now=now)
    refuse_large_group(row, companions)
    if not accepts_waiting and not count_places(row).hold(1 + companions):
        raise DateFull
    first, second = (*answers, "", "")[:2]
    asked = Registration(
        event=row,
        user=user,
        name=name,
        email=email.strip().lower(),
        companions=companions,
        answer=first,
        second_answer=second,
        language=language,
        created_at=now,
    )
    known = Registration.objects.select_for_update().filter(
        event=row, email__iexact=asked.email
    )
    return _keep(asked, known=known.first(), row=row, now=now)


def _keep(
    asked: Registration,
    *,
    known: Registration | None,
    row: Event,
    now: datetime.datetime,
) -> Registration | None:
    if known is not None and known.status in CURRENT:
        _remind(known, row)
        return None
    if known is not None:
        asked.pk = known.pk
    if asked.user is not None:
        give_place(asked, row, now=now)
        return asked
    asked.status = RegistrationStatus.PENDING
    is_repeated = False
    if known is not None and known.status == RegistrationStatus.PENDING:
        # The link that was mailed stays good, and shows the newest answers.
        asked.key = known.key
        is_repeated = now < known.created_at + MAIL_AGAIN_AFTER
        if is_repeated:
            asked.created_at = known.created_at
    asked.save()
    if not is_repeated:
        mail.ask_to_confirm(asked)
    return None


def give_place(
    registration: Registration, event: Event, *, now: datetime.datetime
) -> None:
    """Confirm ``registration`` or put it last on the waiting list; save and mail it.

    The date's row is locked by the caller.
    """
    if count_places(event).hold(registration.places):
        registration.status = RegistrationStatus.CONFIRMED
        registration.confirmed_at = now
        registration.save()
        mail.tell_confirmed(registration, now=now)
    else:
        registration.status = RegistrationStatus.WAITLISTED
        registration.waiting_since = now
        registration.save()
        mail.tell_waiting(registration)


def refuse_large_group(event: Event, companions: int) -> None:
    """Refuse more companions than the date allows or could ever hold.

    Raises:
        TooManyCompanions: as it says.
    """
    allowed = event.companions_allowed
    if event.capacity is not None:
        allowed = min(allowed, event.capacity - 1)
    if companions > allowed:
        raise TooManyCompanions(allowed)


def renew_key(registration: Registration) -> None:
    """Kill the addresses that were mailed until now."""
    registration.key = uuid.uuid4()


def _remind(known: Registration, event: Event) -> None:
    """Mail the owner of the address their link; once in a while, whoever asks."""
    digest = hashlib.sha256(known.email.encode()).hexdigest()
    reminded = f"events.registration.reminded:{event.pk}:{digest}"
    if cache.add(reminded, True, MAIL_AGAIN_AFTER.total_seconds()):
        mail.remind(known)
