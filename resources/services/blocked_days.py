"""Days that the owner of a lent resource keeps, and gives back to the calendar."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from network.speaking import require_speaker
from resources.domain.lending import list_short_days
from resources.models import BlockedDays, SharedResource
from resources.services.free_days import count_free_units
from resources.services.lending import find_horizon, lock_resource
from resources.services.lending_refusals import (
    DaysAreLent,
    EndsBeforeStart,
    InThePast,
    MoreThanThere,
    NoUnits,
    TooFarAhead,
)

if TYPE_CHECKING:
    from cms.models import User


@transaction.atomic
def block_days(
    resource: SharedResource,
    *,
    first_day: datetime.date,
    last_day: datetime.date,
    units: int,
    reason: str,
    by: User,
    now: datetime.datetime,
) -> BlockedDays:
    """Keep ``units`` at home for whole days, both included; said twice, kept once.

    Requests that wait do not hinder it: they can no longer be accepted.

    Raises:
        NotSpeaker: ``by`` does not speak for the owner today.
        EndsBeforeStart, InThePast, TooFarAhead, NoUnits, MoreThanThere: as for a loan.
        DaysAreLent: so many are promised, or blocked, that too few are left.
    """
    stored = lock_resource(resource)
    require_speaker(by, stored.space, now=now)
    today = timezone.localdate(now)
    if last_day < first_day:
        raise EndsBeforeStart
    if first_day < today:
        raise InThePast
    if last_day > find_horizon(today):
        raise TooFarAhead(find_horizon(today))
    if units < 1:
        raise NoUnits
    if units > stored.quantity:
        raise MoreThanThere(stored.quantity)
    same = BlockedDays.objects.filter(
        resource=stored,
        first_day=first_day,
        last_day=last_day,
        units=units,
        reason=reason,
    ).first()
    if same is not None:
        return same
    free = count_free_units(stored, first_day, last_day)
    if short := list_short_days(free, units):
        raise DaysAreLent(short)
    return BlockedDays.objects.create(
        resource=stored,
        first_day=first_day,
        last_day=last_day,
        units=units,
        reason=reason,
        blocked_at=now,
        blocked_by=by,
    )


@transaction.atomic
def free_days(blocked: BlockedDays, *, by: User, now: datetime.datetime) -> None:
    """Give blocked days back; done twice, it changes nothing.

    Raises:
        NotSpeaker: ``by`` does not speak for the owner today.
    """
    require_speaker(by, blocked.resource.space, now=now)
    BlockedDays.objects.filter(pk=blocked.pk).delete()
