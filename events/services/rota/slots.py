"""One date or month that changes hands because a person says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.log_actions import log

from cms.record_text import SOURCE_LANGUAGE
from events.domain import rota as order
from events.services.rota.mail import tell_hosts
from events.services.rota.plan import HandOver, Rota, Slot, key_of, lock_rota, series_of
from events.services.rota.refusals import (
    AlreadyHost,
    NobodyElse,
    NobodyYet,
    NotInRota,
    SameSlot,
)
from events.services.rota.speaking import require_keeper, require_say
from events.services.speaking import require_speaker

if TYPE_CHECKING:
    import datetime

    from cms.models import User
    from network.models import Space


@transaction.atomic
def take_date(
    slot: Slot,
    *,
    space: Space,
    seen_host: int | None,
    by: User,
    now: datetime.datetime,
) -> Slot:
    """Let ``space``, a host of the rota, hold ``slot``; nobody else's date moves.

    ``seen_host`` is the key of the host that the person saw, None for nobody.

    Raises:
        NotSpeaker: ``by`` does not speak for ``space``.
        NotInRota: ``space`` takes no turns on that day.
        AlreadyHost: it has this one already.
        TurnOver, TurnCancelled, HostChanged: as ``Rota.get_changeable``.
    """
    rota = lock_rota(series_of(slot), now=now)
    require_speaker(by, space, now=now)
    row = rota.get_changeable(slot, seen_host=seen_host, now=now)
    if not rota.is_host(space.pk, rota.turns[key_of(row)].last_day):
        raise NotInRota
    with override(SOURCE_LANGUAGE):
        reason = gettext("%(space)s takes this date.") % {"space": space.name}
    return _give(rota, row, space, reason=reason, by=by, now=now)


@transaction.atomic
def hand_over(
    slot: Slot,
    *,
    to: Space,
    seen_host: int | None,
    by: User,
    now: datetime.datetime,
) -> Slot:
    """Give ``slot`` to a space that the keepers choose, in the rota or not.

    Raises:
        NotKeeper: ``by`` does not keep the series.
        AlreadyHost: ``to`` has it already.
        TurnOver, TurnCancelled, HostChanged: as ``Rota.get_changeable``.
    """
    rota = lock_rota(series_of(slot), now=now)
    require_keeper(by, rota.series, now=now)
    row = rota.get_changeable(slot, seen_host=seen_host, now=now)
    with override(SOURCE_LANGUAGE):
        reason = gettext("Those who keep the series give this date to %(space)s.")
        reason %= {"space": to.name}
    return _give(rota, row, to, reason=reason, by=by, now=now)


@transaction.atomic
def skip_turn(
    slot: Slot, *, seen_host: int | None, by: User, now: datetime.datetime
) -> Slot:
    """Pass the turn of the slot's host: the next one takes over, and so on after.

    Raises:
        NotSpeaker: ``by`` neither speaks for the host nor keeps the series.
        NobodyYet: it has no host.
        NobodyElse: no other host is there on that day.
        TurnOver, TurnCancelled, HostChanged: as ``Rota.get_changeable``.
    """
    rota = lock_rota(series_of(slot), now=now)
    row = rota.get_changeable(slot, seen_host=seen_host, now=now)
    require_say(by, row.host_id, rota.series, now=now)
    if row.host is None:
        raise NobodyYet
    skipped, key = row.host, key_of(row)
    rota.turns[key] = order.pass_over(rota.turns[key], skipped.pk)
    rota.plan()
    if rota.turns[key].host is None:
        raise NobodyElse
    # Otherwise the next planning would bring back who passed.
    rota.turns[key] = replace(rota.turns[key], fixed=True, passed_over=frozenset())
    with override(SOURCE_LANGUAGE):
        reason = gettext("%(space)s passes its turn: the next one takes over.")
        reason %= {"space": skipped.name}
    _store(rota, [row], reason=reason, by=by, now=now)
    return row


@transaction.atomic
def swap_hosts(
    mine: Slot,
    theirs: Slot,
    *,
    seen_hosts: tuple[int | None, int | None],
    by: User,
    now: datetime.datetime,
) -> tuple[Slot, Slot]:
    """Exchange the hosts of two slots of one series; the others do not move.

    Raises:
        NotSpeaker: ``by`` neither speaks for the host of ``mine`` nor keeps the series.
        SameSlot: they are one, of two series, or of the same host.
        NobodyYet: one of them has no host: take it instead.
        TurnOver, TurnCancelled, HostChanged: as ``Rota.get_changeable``.
    """
    rota = lock_rota(series_of(mine), now=now)
    if mine.series_id != theirs.series_id or key_of(mine) == key_of(theirs):
        raise SameSlot
    first = rota.get_changeable(mine, seen_host=seen_hosts[0], now=now)
    second = rota.get_changeable(theirs, seen_host=seen_hosts[1], now=now)
    require_say(by, first.host_id, rota.series, now=now)
    if first.host is None or second.host is None:
        raise NobodyYet
    if first.host == second.host:
        raise SameSlot
    keys = key_of(first), key_of(second)
    # A host that the order did not give has no turn there to read: state it.
    turns = (
        replace(rota.turns[key], host=row.host_id)
        for key, row in zip(keys, (first, second), strict=True)
    )
    rota.turns[keys[0]], rota.turns[keys[1]] = order.swap(*turns)
    with override(SOURCE_LANGUAGE):
        reason = gettext("%(first)s and %(second)s swap their dates.") % {
            "first": first.host.name,
            "second": second.host.name,
        }
    _store(rota, [first, second], reason=reason, by=by, now=now)
    return first, second


def _give(
    rota: Rota,
    row: Slot,
    space: Space,
    *,
    reason: str,
    by: User,
    now: datetime.datetime,
) -> Slot:
    if row.host == space:
        raise AlreadyHost
    key = key_of(row)
    rota.turns[key] = order.take(rota.turns[key], space.pk)
    _store(rota, [row], reason=reason, by=by, now=now)
    return row


def _store(
    rota: Rota,
    rows: list[Slot],
    *,
    reason: str,
    by: User,
    now: datetime.datetime,
) -> list[HandOver]:
    rota.plan()
    moved = rota.store(now=now, is_told=True)
    for row in rows:
        name = row.host.name if row.host else ""
        data = {"slot": key_of(row), "host": name, "reason": reason}
        log(instance=row, action="events.hand_over", user=by, data=data)
    tell_hosts(rota.series, moved, reason=reason)
    return moved
