"""Calling a published date off. It stays in the agenda and in calendars, marked."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.log_actions import log

from events.enums import EventStatus
from events.services.announce import DateChange, announce_change
from events.services.calendar import refresh_calendar_state
from events.services.refusals import AlreadyOver, CalledOff, NeverPublished
from events.services.speaking import (
    concerns_people,
    lock_event,
    require_charge,
    require_kept_here,
)

if TYPE_CHECKING:
    import datetime

    from cms.models import User
    from events.models import Event


@transaction.atomic
def cancel_event(
    event: Event, *, by: User, reason: str, now: datetime.datetime
) -> Event:
    """Mark ``event`` as cancelled, end its moderation, and return the row.

    No draft brings the date back: what is written here belongs to services.
    ``reason`` is what everybody reads; it may be empty. Who registered is told.

    Raises:
        NotSpeaker: ``by`` neither speaks for the host nor publishes dates.
        NeverPublished: nobody knows of it; discard it.
        KeptElsewhere: it follows a calendar of the space.
        CalledOff: it was cancelled or postponed already.
        AlreadyOver: it has ended.
    """
    row = lock_event(event)
    require_charge(by, row, now=now)
    require_kept_here(row)
    if row.first_published_at is None and not concerns_people(row):
        raise NeverPublished
    if row.is_called_off:
        raise CalledOff
    if row.is_past(now):
        raise AlreadyOver
    before = copy(row)
    row.status = EventStatus.CANCELLED
    row.cancel_reason = reason
    row.cancelled_at = now
    row.save(update_fields=["status", "cancel_reason", "cancelled_at"])
    refresh_calendar_state(row, now=now)
    state = row.current_workflow_state
    if state is not None:
        state.cancel(user=by)
    log(instance=row, action="events.cancel", user=by, data={"reason": reason})
    announce_change(row, DateChange(before, by), now=now)
    return row
