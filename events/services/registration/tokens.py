"""The address by which somebody without an account keeps their registration.

It carries the registration's random key, signed: nothing secret is stored, a mail can
be written again, and a forged address costs no query (docs/decisions/0012).
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from cms import signed_key
from events.enums import RegistrationStatus
from events.models import Registration

if TYPE_CHECKING:
    from events.models import Event

PURPOSE: Final = "events.registration"
UNCONFIRMED_FOR: Final = datetime.timedelta(hours=48)


def sign_key(registration: Registration) -> str:
    """Return the end of the registration's address."""
    return signed_key.sign_key(registration.key, purpose=PURPOSE)


def find_registration(token: str, *, now: datetime.datetime) -> Registration | None:
    """Return the registration with its date; None for a forged or dead ``token``.

    Dead: cancelled and asked for again, erased, or never confirmed in time.
    """
    key = signed_key.read_key(token, purpose=PURPOSE)
    if key is None:
        return None
    found = Registration.objects.select_related(
        "user", "event__venue", "event__host", "event__type"
    )
    registration = found.filter(key=key).first()
    if registration is not None and is_expired(registration, now=now):
        return None
    return registration


def is_expired(registration: Registration, *, now: datetime.datetime) -> bool:
    """True once it is too late to confirm by mail; the erasing job follows."""
    return (
        registration.status == RegistrationStatus.PENDING
        and registration.created_at + UNCONFIRMED_FOR <= now
    )


def find_deadline(event: Event, registration: Registration) -> datetime.datetime:
    """Return until when the mail's link confirms: 48 hours, or registration's end."""
    return min(
        registration.created_at + UNCONFIRMED_FOR, event.closes_at(event.start_at)
    )


def manage_url(registration: Registration) -> str:
    """Return the whole address, in the language the person registered in."""
    with override(registration.language):
        path = reverse("events:registration", args=[sign_key(registration)])
    return f"{settings.SITE_URL}{path}"
