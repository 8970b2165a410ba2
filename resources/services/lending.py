"""Asking for days of a lent resource, answering, cancelling, noting the return.

Every write that counts free units holds the resource's row until the commit, so that
accepted loans never exceed its quantity; a loan's row is locked after it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from network.enums import SpaceStatus
from network.speaking import require_speaker
from resources.domain.lending import count_free, list_short_days
from resources.enums import LoanSide, LoanState
from resources.models import Loan, SharedResource
from resources.services import lending_mail as mail
from resources.services.free_days import count_free_units, list_blocked
from resources.services.lending_refusals import (
    AlreadyAnswered,
    AlreadyAsked,
    BlockedByOwner,
    DaysHaveBegun,
    EndsBeforeStart,
    InThePast,
    MoreThanThere,
    NoReason,
    NotFree,
    NothingToCancel,
    NotLent,
    NotReturnable,
    NotSpeaker,
    NoUnits,
    OwnResource,
    SpaceIsClosed,
    TooFarAhead,
    TooLong,
)

if TYPE_CHECKING:
    from cms.models import User
    from network.models import Space

HORIZON: Final = relativedelta(months=18)
# The right that moderators have and editors have not.
MODERATORS_RIGHT: Final = "resources.publish_sharedresource"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a space would borrow: both days included, and what for."""

    first_day: datetime.date
    last_day: datetime.date
    units: int
    purpose: str


@transaction.atomic
def ask_loan(
    resource: SharedResource,
    wish: Wish,
    *,
    space: Space,
    by: User,
    now: datetime.datetime,
) -> Loan:
    """Ask for days for ``space``; who speaks for the owner is told by mail.

    Raises:
        NotSpeaker: ``by`` does not speak for ``space`` today.
        NotLent: the resource left the calendar.
        OwnResource, SpaceIsClosed: ``space`` may not borrow it.
        EndsBeforeStart, InThePast, TooFarAhead, TooLong, NoUnits, MoreThanThere: what
            is wrong with ``wish`` on any day.
        AlreadyAsked: ``space`` waits for, or has, the very same loan.
        BlockedByOwner, NotFree: some of the days are taken.
    """
    require_speaker(by, space, now=now)
    stored = lock_resource(resource)
    if not stored.is_bookable:
        raise NotLent
    if space.pk == stored.space_id:
        raise OwnResource
    if space.status == SpaceStatus.CLOSED:
        raise SpaceIsClosed
    _check_wish(wish, stored, timezone.localdate(now))
    _refuse_twice(wish, stored, space)
    require_free(
        stored, first_day=wish.first_day, last_day=wish.last_day, units=wish.units
    )
    loan = Loan.objects.create(
        resource=stored,
        space=space,
        first_day=wish.first_day,
        last_day=wish.last_day,
        units=wish.units,
        purpose=wish.purpose,
        asked_at=now,
        asked_by=by,
    )
    mail.tell_asked(loan, now=now)
    return loan


@transaction.atomic
def accept_loan(
    loan: Loan, *, by: User, now: datetime.datetime, answer: str = ""
) -> Loan:
    """Lend the days; who speaks for the borrower is mailed them as a calendar file.

    Raises:
        NotSpeaker: ``by`` does not speak for the owner today.
        AlreadyAnswered: somebody answered it, or took it back.
        DaysHaveBegun: the first day is past.
        NotLent: the resource left the calendar.
        BlockedByOwner, NotFree: others were lent the days meanwhile.
    """
    row = _lock_to_answer(loan, by=by, now=now)
    if row.first_day < timezone.localdate(now):
        raise DaysHaveBegun
    if not row.resource.is_bookable:
        raise NotLent
    require_free(
        row.resource, first_day=row.first_day, last_day=row.last_day, units=row.units
    )
    _answer(row, LoanState.ACCEPTED, answer, by=by, now=now)
    mail.tell_accepted(row, now=now)
    return row


@transaction.atomic
def refuse_loan(loan: Loan, *, by: User, now: datetime.datetime, answer: str) -> Loan:
    """Say no, and why; who speaks for the borrower is told by mail.

    Raises:
        NotSpeaker: ``by`` does not speak for the owner today.
        AlreadyAnswered: somebody answered it, or took it back.
        NoReason: ``answer`` is empty.
    """
    row = _lock_to_answer(loan, by=by, now=now)
    if not answer:
        raise NoReason
    _answer(row, LoanState.REFUSED, answer, by=by, now=now)
    mail.tell_refused(row, now=now)
    return row


@transaction.atomic
def cancel_loan(
    loan: Loan,
    *,
    side: LoanSide,
    by: User,
    now: datetime.datetime,
    reason: str = "",
) -> Loan:
    """End a loan before its time, or take a request back; both spaces are told.

    Raises:
        NotSpeaker: ``by`` may not act for ``side`` today.
        NothingToCancel: it is over, refused, cancelled or returned; or its owner
            would cancel what waits for an answer.
        NoReason: any side but the borrower's gives one.
    """
    row = _lock_loan(loan)
    _require_side(by, row, side, now=now)
    is_for_owner_to_answer = side == LoanSide.LENDER and not row.is_accepted
    if not row.may_be_cancelled(timezone.localdate(now)) or is_for_owner_to_answer:
        raise NothingToCancel
    if side != LoanSide.BORROWER and not reason:
        raise NoReason
    if row.is_accepted:
        row.sequence += 1
    row.state = LoanState.CANCELLED
    row.cancelled_at, row.cancelled_by = now, by
    row.cancelled_for, row.cancellation_reason = side, reason
    row.save(
        update_fields=[
            "state",
            "sequence",
            "cancelled_at",
            "cancelled_by",
            "cancelled_for",
            "cancellation_reason",
        ]
    )
    mail.tell_cancelled(row, now=now)
    return row


@transaction.atomic
def note_return(loan: Loan, *, by: User, now: datetime.datetime) -> Loan:
    """Note that the thing is back today; the days that are left are free again.

    Raises:
        NotSpeaker: ``by`` does not speak for the owner today.
        NotReturnable: it never left, or is back already.
    """
    row = _lock_loan(loan)
    require_speaker(by, row.lender, now=now)
    today = timezone.localdate(now)
    if not row.may_be_returned(today):
        raise NotReturnable
    row.returned_on, row.returned_by = today, by
    row.save(update_fields=["returned_on", "returned_by"])
    return row


def lock_resource(resource: SharedResource) -> SharedResource:
    """Return the published row, locked until the transaction ends, with its space."""
    rows = SharedResource.objects.select_for_update(of=("self",))
    row: SharedResource = rows.select_related("space").get(pk=resource.pk)
    return row


def find_horizon(today: datetime.date) -> datetime.date:
    """Return the last day that can be asked for on ``today``."""
    return today + HORIZON


def require_free(
    resource: SharedResource,
    *,
    first_day: datetime.date,
    last_day: datetime.date,
    units: int,
) -> None:
    """Refuse days on which fewer than ``units`` are left; two or three queries.

    Raises:
        BlockedByOwner: the owner keeps so many that it could not be.
        NotFree: others have them.
    """
    free = count_free_units(resource, first_day, last_day)
    short = list_short_days(free, units)
    if not short:
        return
    blocked = list_blocked(resource, first_day, last_day)
    left = count_free(resource.quantity, blocked, first_day, last_day)
    kept = list_short_days(left, units)
    if kept:
        raise BlockedByOwner(kept)
    raise NotFree(short, least=min(free[day] for day in short))


def _check_wish(wish: Wish, resource: SharedResource, today: datetime.date) -> None:
    if wish.last_day < wish.first_day:
        raise EndsBeforeStart
    if wish.first_day < today:
        raise InThePast
    if wish.last_day > find_horizon(today):
        raise TooFarAhead(find_horizon(today))
    length = (wish.last_day - wish.first_day).days + 1
    if resource.longest_loan is not None and length > resource.longest_loan:
        raise TooLong(length, resource.longest_loan)
    if wish.units < 1:
        raise NoUnits
    if wish.units > resource.quantity:
        raise MoreThanThere(resource.quantity)


def _refuse_twice(wish: Wish, resource: SharedResource, space: Space) -> None:
    """A form that is sent twice makes one loan: the first."""
    same = Loan.objects.filter(
        resource=resource,
        space=space,
        first_day=wish.first_day,
        last_day=wish.last_day,
        units=wish.units,
        state__in=[LoanState.ASKED, LoanState.ACCEPTED],
    ).first()
    if same is not None:
        raise AlreadyAsked(same)


def _lock_loan(loan: Loan) -> Loan:
    """Return the loan with its resource, both locked."""
    resource = lock_resource(loan.resource)
    rows = Loan.objects.select_for_update(of=("self",)).select_related("space")
    row: Loan = rows.get(pk=loan.pk)
    row.resource = resource
    return row


def _lock_to_answer(loan: Loan, *, by: User, now: datetime.datetime) -> Loan:
    row = _lock_loan(loan)
    require_speaker(by, row.lender, now=now)
    if row.state != LoanState.ASKED:
        raise AlreadyAnswered
    return row


def _answer(
    row: Loan, state: LoanState, answer: str, *, by: User, now: datetime.datetime
) -> None:
    row.state = state
    row.answer, row.answered_at, row.answered_by = answer, now, by
    row.save(update_fields=["state", "answer", "answered_at", "answered_by"])


def _require_side(
    by: User, loan: Loan, side: LoanSide, *, now: datetime.datetime
) -> None:
    match side:
        case LoanSide.BORROWER:
            require_speaker(by, loan.space, now=now)
        case LoanSide.LENDER:
            require_speaker(by, loan.lender, now=now)
        case LoanSide.NETWORK if not by.has_perm(MODERATORS_RIGHT):
            raise NotSpeaker
