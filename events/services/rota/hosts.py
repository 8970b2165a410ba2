"""Who is in the rota, and in which order."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, override
from wagtail.log_actions import log

from cms.record_text import SOURCE_LANGUAGE
from events.domain.rota import release
from events.models import RotaHost, Series
from events.services.rota.mail import answer_volunteer, tell_hosts, tell_volunteer
from events.services.rota.plan import lock_rota
from events.services.rota.refusals import (
    AlreadyInRota,
    NotInRota,
    NotWaiting,
    OrderChanged,
)
from events.services.rota.speaking import is_keeper, require_keeper, require_say
from events.services.speaking import require_speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cms.models import User
    from network.models import Space


@transaction.atomic
def join_rota(
    series: Series, *, space: Space, by: User, now: datetime.datetime
) -> RotaHost:
    """Put ``space`` at the end of the order, or among those who wait for the keepers.

    Who keeps the series lets any space in at once, and who speaks for another asks.

    Raises:
        NotSpeaker: ``by`` neither speaks for ``space`` nor keeps the series.
        AlreadyInRota: it is in the rota or waits already.
    """
    row = _lock(series)
    keeps = is_keeper(by, row, now=now)
    if not keeps:
        require_speaker(by, space, now=now)
    host = row.rota_hosts.filter(space=space).first()
    if host is not None and host.left_on is None:
        raise AlreadyInRota
    host = host or RotaHost(series=row, space=space)
    host.position = _find_last_position(row) + 1
    host.joined_on, host.left_on = None, None
    host.save()
    if keeps:
        return _let_in(host, by=by, now=now)
    log(instance=row, action="events.rota_ask", user=by, data=_name(host))
    tell_volunteer(host)
    return host


@transaction.atomic
def accept_volunteer(host: RotaHost, *, by: User, now: datetime.datetime) -> RotaHost:
    """Let a space that asked take its turns, after those who are in the order.

    Raises:
        NotKeeper: ``by`` does not keep the series.
        NotWaiting: the request was answered or taken back.
    """
    waiting = _get_waiting(host, by=by, now=now)
    waiting.position = _find_last_position(waiting.series) + 1
    return _let_in(waiting, by=by, now=now)


@transaction.atomic
def decline_volunteer(host: RotaHost, *, by: User, now: datetime.datetime) -> None:
    """Answer no to a space that asked to join.

    Raises:
        NotKeeper: ``by`` does not keep the series.
        NotWaiting: the request was answered or taken back.
    """
    waiting = _get_waiting(host, by=by, now=now)
    answer_volunteer(waiting, is_accepted=False)
    log(
        instance=waiting.series,
        action="events.rota_decline",
        user=by,
        data=_name(waiting),
    )
    waiting.delete()


@transaction.atomic
def leave_rota(
    series: Series, *, space: Space, by: User, now: datetime.datetime
) -> None:
    """Take ``space`` out from tomorrow on: its slots go to the next hosts, told by mail.

    A date of today stays with it. Dates that it swapped are given back; one that
    another host took from it stays with that host. A request to join is taken back.

    Raises:
        NotSpeaker: ``by`` neither speaks for ``space`` nor keeps the series.
        NotInRota: it is not in the rota, or left already.
    """
    rota = lock_rota(series, now=now)
    require_say(by, space.pk, rota.series, now=now)
    host = rota.series.rota_hosts.filter(space=space, left_on=None).first()
    if host is None:
        raise NotInRota
    log(instance=rota.series, action="events.rota_leave", user=by, data=_name(host))
    if host.joined_on is None:
        host.delete()
        return
    host.left_on = rota.today + datetime.timedelta(days=1)
    host.save(update_fields=["left_on"])
    rota.hosts = [host if one.pk == host.pk else one for one in rota.hosts]
    released = release(rota.turns.values(), space.pk, host.left_on)
    rota.turns = dict(zip(rota.turns, released, strict=True))
    rota.plan()
    moved = rota.store(now=now, is_told=True)
    with override(SOURCE_LANGUAGE):
        reason = gettext("%(space)s leaves the rota: its dates go to the next ones.")
        reason %= {"space": space.name}
    tell_hosts(rota.series, moved, reason=reason)


@transaction.atomic
def reorder_hosts(
    series: Series,
    *,
    order: Sequence[int],
    by: User,
    now: datetime.datetime,
) -> None:
    """Put the hosts in ``order``, the keys of their spaces, and plan what is to come.

    The order goes on after the host of the last date that is over.

    Raises:
        NotKeeper: ``by`` does not keep the series.
        OrderChanged: ``order`` does not name each present host once.
    """
    rota = lock_rota(series, now=now)
    require_keeper(by, rota.series, now=now)
    present = {host.space_id: host for host in rota.hosts if host.left_on is None}
    if sorted(order) != sorted(present):
        raise OrderChanged
    gone = [host for host in rota.hosts if host.left_on is not None]
    rota.hosts = [*(present[key] for key in order), *gone]
    for position, host in enumerate(rota.hosts, start=1):
        host.position = position
    RotaHost.objects.bulk_update(rota.hosts, ["position"])
    log(instance=rota.series, action="events.rota_order", user=by)
    rota.plan()
    moved = rota.store(now=now, is_told=True)
    with override(SOURCE_LANGUAGE):
        reason = gettext("Those who keep the series changed the order of the hosts.")
    tell_hosts(rota.series, moved, reason=reason)


def carry_rota(before: Series, after: Series) -> None:
    """Copy the order of hosts to the series that takes over from ``before``.

    It goes on where ``before`` ends, as long as ``after.continues`` names it.
    """
    RotaHost.objects.bulk_create(
        RotaHost(
            series=after,
            space_id=host.space_id,
            position=host.position,
            joined_on=host.joined_on,
            left_on=host.left_on,
        )
        for host in before.rota_hosts.all()
    )


def _let_in(host: RotaHost, *, by: User, now: datetime.datetime) -> RotaHost:
    host.joined_on = timezone.localdate(now)
    host.save()
    log(instance=host.series, action="events.rota_join", user=by, data=_name(host))
    rota = lock_rota(host.series, now=now)
    rota.plan()
    moved = rota.store(now=now, is_told=True)
    with override(SOURCE_LANGUAGE):
        reason = gettext("%(space)s joins the rota.") % {"space": host.space.name}
    tell_hosts(rota.series, moved, reason=reason, but=host.space)
    answer_volunteer(host, is_accepted=True, moved=moved)
    return host


def _get_waiting(host: RotaHost, *, by: User, now: datetime.datetime) -> RotaHost:
    series = _lock(host.series)
    require_keeper(by, series, now=now)
    waiting = series.rota_hosts.filter(pk=host.pk, joined_on=None, left_on=None)
    found = waiting.select_related("space").first()
    if found is None:
        raise NotWaiting
    return found


def _lock(series: Series) -> Series:
    return Series.objects.select_for_update().get(pk=series.pk)


def _find_last_position(series: Series) -> int:
    return series.rota_hosts.aggregate(last=Max("position"))["last"] or 0


def _name(host: RotaHost) -> dict[str, str]:
    return {"space": host.space.name}
