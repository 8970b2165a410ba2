"""What happens to one published date: moved, held elsewhere, postponed, restored.

Each change is told to calendars, to who registered, and to the host's members when
somebody else made it. The date keeps its UID, its address and its recurrence key; no
older draft undoes the change. Cancelling is in ``events.services.cancel``.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.log_actions import log

from events.enums import EventStatus
from events.models import Event
from events.services.announce import DateChange, announce_change
from events.services.calendar import refresh_calendar_state
from events.services.departures import WHEN, WHERE, note_departures
from events.services.refusals import (
    AlreadyOver,
    CalledOff,
    MovedToPast,
    NoPlace,
    NotCalledOff,
    NotPublished,
    SamePlace,
    SameWhen,
)
from events.services.registration import promote_waiting
from events.services.speaking import lock_event, require_charge, require_kept_here

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from cms.models import User

_STATUS = ("status", "cancel_reason", "cancelled_at")
_ONLINE = ("online_url", "online_visibility")


@transaction.atomic
def move_event(
    event: Event, *, when: Mapping[str, Any], by: User, now: datetime.datetime
) -> Event:
    """Announce ``event`` for another time and return the row.

    ``when`` gives columns of ``Event.WHEN``; those it leaves out stay. A postponed
    date gets its new day so, even after the former one, and takes place again.

    Raises:
        NotSpeaker: ``by`` neither speaks for the host nor publishes dates.
        KeptElsewhere: it follows a calendar of the space.
        NotPublished: nobody sees it; change its text.
        CalledOff: it was cancelled.
        AlreadyOver: it has ended.
        MovedToPast: it would begin, or end, before ``now``.
        SameWhen: it is announced for that time already.
        ValidationError: the clock shows no such time, or it ends before it starts.
    """
    row = lock_event(event)
    require_charge(by, row, now=now)
    require_kept_here(row)
    is_postponed = row.status == EventStatus.POSTPONED
    _require_open(row, now=now, even_postponed=True)
    before = copy(row)
    _write(row, Event.WHEN, {**_read(row, Event.WHEN), **when})
    if not is_postponed and _read(row, Event.WHEN) == _read(before, Event.WHEN):
        raise SameWhen
    begins_anew = row.start_at != before.start_at or is_postponed
    if row.end_at <= now or (begins_anew and row.start_at <= now):
        raise MovedToPast
    row.note_service_edits(Event.WHEN)
    keep_first_start(row, before)
    note_departures(row, [WHEN])
    if is_postponed:
        _take_place(row)
    _store(row, [*Event.WHEN, "previous_start_at", *_STATUS], now=now)
    log(instance=row, action="events.move", user=by, data=_span(before, row))
    announce_change(row, DateChange(before, by), now=now)
    _fill_places(row, before, now=now)
    return row


@transaction.atomic
def replace_place(
    event: Event, *, where: Mapping[str, Any], by: User, now: datetime.datetime
) -> Event:
    """Announce ``event`` at another place and return the row.

    ``where`` gives columns of ``Event.WHERE``; those it leaves out are empty. It may
    give ``online_url`` too, which stays otherwise. The clock on the wall stays the
    same, on the clock of the new place.

    Raises:
        NotSpeaker, KeptElsewhere, NotPublished, CalledOff, AlreadyOver: as ``move_event``.
        NoPlace: neither a place nor a video link is left.
        SamePlace: it is announced there already.
        ValidationError: the address or position is none.
    """
    row = lock_event(event)
    require_charge(by, row, now=now)
    require_kept_here(row)
    _require_open(row, now=now)
    before = copy(row)
    written = [*Event.WHERE]
    values = _read(Event(), Event.WHERE)
    if "online_url" in where:
        written += _ONLINE
        values["online_visibility"] = row.online_visibility
    space = None if where.get("venue_name") else where.get("venue")
    if space and space.zone != row.zone:
        written += Event.WHEN
        values |= _read(row, Event.WHEN) | {"zone": space.zone}
    _write(row, written, {**values, **where})
    if not row.place_name and not row.online_url:
        raise NoPlace
    if _read(row, written) == _read(before, written):
        raise SamePlace
    changed = [WHERE]
    if row.online_url != before.online_url:
        changed.append("online")
    if row.zone != before.zone:
        changed.append(WHEN)
        keep_first_start(row, before)
    row.note_service_edits(written)
    note_departures(row, changed)
    _store(row, [*written, *Event.TEXTS_FROM_ELSEWHERE, "previous_start_at"], now=now)
    places = {"from": before.place_name, "to": row.place_name}
    log(instance=row, action="events.replace_place", user=by, data=places)
    announce_change(row, DateChange(before, by), now=now)
    return row


@transaction.atomic
def postpone_event(
    event: Event, *, reason: str, by: User, now: datetime.datetime
) -> Event:
    """Call ``event`` off until its new day is known, and return the row.

    ``move_event`` gives the new day. ``reason`` is what everybody reads; it may be
    empty. Its moderation ends.

    Raises:
        NotSpeaker, KeptElsewhere, NotPublished, AlreadyOver: as ``move_event``.
        CalledOff: it was cancelled or postponed already.
    """
    row = lock_event(event)
    require_charge(by, row, now=now)
    require_kept_here(row)
    _require_open(row, now=now)
    before = copy(row)
    row.status = EventStatus.POSTPONED
    row.cancel_reason = reason
    row.cancelled_at = now
    _store(row, _STATUS, now=now)
    state = row.current_workflow_state
    if state is not None:
        state.cancel(user=by)
    log(instance=row, action="events.postpone", user=by, data={"reason": reason})
    announce_change(row, DateChange(before, by), now=now)
    return row


@transaction.atomic
def restore_event(event: Event, *, by: User, now: datetime.datetime) -> Event:
    """Hold ``event`` after all, at the time it was called off for; return the row.

    Raises:
        NotSpeaker: ``by`` neither speaks for the host nor publishes dates.
        KeptElsewhere: it follows a calendar of the space.
        NotCalledOff: it takes place already.
        AlreadyOver: it has ended; a postponed date is moved instead.
    """
    row = lock_event(event)
    require_charge(by, row, now=now)
    require_kept_here(row)
    if not row.is_called_off:
        raise NotCalledOff
    if row.is_past(now):
        raise AlreadyOver
    before = copy(row)
    _take_place(row)
    _store(row, _STATUS, now=now)
    log(instance=row, action="events.restore", user=by)
    announce_change(row, DateChange(before, by), now=now)
    _fill_places(row, before, now=now)
    return row


def _fill_places(row: Event, before: Event, *, now: datetime.datetime) -> None:
    """Give who waits the places that were freed while the date was off."""
    if before.is_called_off and row.takes_registrations:
        promote_waiting(row, now=now)


def keep_first_start(row: Event, before: Event) -> None:
    """Remember in memory when a moved date was first announced for.

    Nothing to remember for a date that is back where it began.
    """
    first = before.previous_start_at or before.start_at
    row.previous_start_at = None if row.start_at == first else first


def _require_open(
    row: Event, *, now: datetime.datetime, even_postponed: bool = False
) -> None:
    if not row.live:
        raise NotPublished
    if even_postponed and row.status == EventStatus.POSTPONED:
        return
    if row.is_called_off:
        raise CalledOff
    if row.is_past(now):
        raise AlreadyOver


def _take_place(row: Event) -> None:
    row.status = EventStatus.CONFIRMED
    row.cancel_reason = ""
    row.cancelled_at = None


def _read(row: Event, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _write(row: Event, names: Iterable[str], values: Mapping[str, Any]) -> None:
    """Set columns and check them, and no other, as a form does."""
    for name in names:
        setattr(row, name, values[name])
    others = {field.name for field in Event._meta.fields} - {*names}
    row.full_clean(exclude=others, validate_unique=False, validate_constraints=False)


def _store(row: Event, names: Iterable[str], *, now: datetime.datetime) -> None:
    row.save(update_fields={*names, "service_edits", "overridden_fields"})
    refresh_calendar_state(row, now=now)


def _span(before: Event, after: Event) -> dict[str, str]:
    return {"from": before.start_at.isoformat(), "to": after.start_at.isoformat()}
