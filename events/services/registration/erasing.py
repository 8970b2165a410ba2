"""Forgetting who came: what RGPD asks, done by the clock."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from dateutil.relativedelta import relativedelta
from django.db import transaction

from events.enums import RegistrationStatus
from events.models import Registration
from events.services.registration.registering import renew_key
from events.services.registration.tokens import UNCONFIRMED_FOR

if TYPE_CHECKING:
    from events.querysets import RegistrationQuerySet

ERASED_DOMAIN: Final = "erased.invalid"
BATCH: Final = 500


def erase_unconfirmed(*, now: datetime.datetime) -> int:
    """Delete what nobody confirmed within 48 hours; return how many."""
    deleted, _by_model = Registration.objects.filter(
        status=RegistrationStatus.PENDING, created_at__lte=now - UNCONFIRMED_FOR
    ).delete()
    return deleted


def erase_registrants(*, months: int, now: datetime.datetime) -> int:
    """Erase names, addresses and answers ``months`` after a date; return how many.

    What counts stays: status, companions, attendance. The links that were mailed die.
    """
    ended = now - relativedelta(months=months)
    old = Registration.objects.filter(event__end_at__lte=ended).exclude(name="")
    erased = 0
    while batch := _erase_some(old):
        erased += batch
    return erased


@transaction.atomic
def _erase_some(old: RegistrationQuerySet) -> int:
    rows = list(old.select_for_update(of=("self",))[:BATCH])
    for row in rows:
        renew_key(row)
        row.user = None
        row.name = row.answer = row.second_answer = ""
        # One row an address and date: each keeps an address of its own.
        row.email = f"{row.key.hex}@{ERASED_DOMAIN}"
    Registration.objects.bulk_update(
        rows, ["key", "user", "name", "answer", "second_answer", "email"]
    )
    return len(rows)
