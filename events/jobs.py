"""What the clock does in the events room."""

from __future__ import annotations

import datetime

from django.conf import settings

from events.services import digest_mail, digests, registration


def erase_unconfirmed(now: datetime.datetime) -> None:
    """Delete the registrations that nobody confirmed in time."""
    registration.erase_unconfirmed(now=now)


def erase_registrants(now: datetime.datetime) -> None:
    """Erase who came to dates that are long over."""
    registration.erase_registrants(months=settings.REGISTRATION_MONTHS, now=now)


def send_digests(now: datetime.datetime) -> None:
    """Send the mail of the month to those who have not had it yet."""
    digest_mail.send_digests(now=now)


def erase_digests(now: datetime.datetime) -> None:
    """Delete unconfirmed and long ended subscriptions to the mail of the month."""
    digests.erase_digests(now=now)
