"""What becomes of loans when their resource changes, and what the clock reminds of."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from resources.domain.lending import ONE_DAY
from resources.enums import LoanState
from resources.models import Loan
from resources.services import lending_mail as mail
from resources.services.free_days import list_overbooked

if TYPE_CHECKING:
    from resources.models import SharedResource


def follow_resource(
    before: SharedResource | None, resource: SharedResource, *, now: datetime.datetime
) -> None:
    """Tell of loans that a publication touches, inside its transaction.

    Borrowers, when it is lent no more; its owner, when a draft written before loans
    were accepted leaves fewer units than are promised.
    """
    if before is None or not before.is_bookable:
        return
    if not resource.is_bookable:
        tell_taken_out(resource, now=now)
    elif resource.quantity < before.quantity:
        days = list_overbooked(resource, timezone.localdate(now))
        if days:
            mail.tell_overbooked(resource, days, now=now)


@transaction.atomic
def tell_taken_out(resource: SharedResource, *, now: datetime.datetime) -> None:
    """Mail who borrows it, or asked to, for days to come: the loans stand."""
    today = timezone.localdate(now)
    asked = Q(state=LoanState.ASKED, first_day__gte=today)
    accepted = Q(
        state=LoanState.ACCEPTED, last_day__gte=today, returned_on__isnull=True
    )
    loans = Loan.objects.filter(asked | accepted, resource=resource)
    for loan in loans.with_relations():
        mail.tell_taken_out(loan, now=now)


def remind_loans(now: datetime.datetime) -> None:
    """Write once to both spaces the day before a loan begins, and once when it is late.

    A loan that was accepted on the eve needs no reminder: its mail is of today.
    """
    today = timezone.localdate(now)
    accepted = Loan.objects.accepted()
    begins = accepted.filter(
        first_day__range=(today, today + ONE_DAY), reminded_at=None, returned_on=None
    )
    for pk in begins.values_list("pk", flat=True):
        _remind(pk, now)
    late = Loan.objects.late(today).filter(chased_at=None)
    for pk in late.values_list("pk", flat=True):
        _chase(pk, now)


@transaction.atomic
def _remind(pk: int, now: datetime.datetime) -> None:
    loan = _lock(pk)
    if loan is None or not loan.is_accepted or loan.reminded_at is not None:
        return
    loan.reminded_at = now
    loan.save(update_fields=["reminded_at"])
    answered = loan.answered_at
    if answered is None or timezone.localdate(answered) < timezone.localdate(now):
        mail.remind(loan, now=now)


@transaction.atomic
def _chase(pk: int, now: datetime.datetime) -> None:
    loan = _lock(pk)
    if loan is None or loan.chased_at or not loan.is_late(timezone.localdate(now)):
        return
    loan.chased_at = now
    loan.save(update_fields=["chased_at"])
    mail.chase(loan, now=now)


def _lock(pk: int) -> Loan | None:
    """Return the loan with its relations, locked."""
    rows = Loan.objects.select_for_update(of=("self",)).with_relations()
    found: Loan | None = rows.filter(pk=pk).first()
    return found
