"""Telling the next host that their turn comes, so that nobody has to remember."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.models import Event, Turn
from events.services.rota.mail import remind_host
from events.services.rota.plan import Slot, series_of

if TYPE_CHECKING:
    from collections.abc import Iterable


def remind_hosts(now: datetime.datetime) -> None:
    """Write to the hosts of dates and open months that come near.

    Each of ``HOST_REMINDER_DAYS`` before a date gives one mail, and
    ``TURN_REMINDER_DAYS`` before a month without its day. Running it again writes
    nothing more; a date that moves later is announced again in time. Whoever got the
    date after that moment was told so then.
    """
    today = timezone.localdate(now)
    furthest = now + datetime.timedelta(days=max(settings.HOST_REMINDER_DAYS))
    dates = (
        Event.objects.filter(live=True, start_at__gt=now, start_at__lte=furthest)
        .filter(Q(rota_host__isnull=False) | Q(host_is_chosen=True))
        .filter(series__isnull=False, host__isnull=False)
        .taking_place()
    )
    months = Turn.objects.filter(
        event=None,
        series__live=True,
        host__isnull=False,
        month__gt=today,
        month__lte=today + datetime.timedelta(days=settings.TURN_REMINDER_DAYS),
    )
    _remind(Event, dates, now)
    _remind(Turn, months, now)


def _remind(
    model: type[Event] | type[Turn], slots: Iterable[Slot], now: datetime.datetime
) -> None:
    for slot in slots:
        if _is_due(slot, now):
            _remind_one(model, slot.pk, now)


@transaction.atomic
def _remind_one(
    model: type[Event] | type[Turn], pk: int, now: datetime.datetime
) -> None:
    """Write once, even when two clocks run at once: the row is held and read again."""
    rows = model.objects.select_for_update().prefetch_related(
        "series", "host", *(["venue"] if model is Event else [])
    )
    slot = rows.filter(pk=pk).first()
    if slot is None or slot.host is None or not _is_due(slot, now):
        return
    slot.host_reminded_at = now
    slot.save(update_fields=["host_reminded_at"])
    remind_host(slot, series_of(slot))


def _is_due(slot: Slot, now: datetime.datetime) -> bool:
    """Tell whether a moment to write has passed since the host was last written to."""
    if isinstance(slot, Turn):
        start = datetime.datetime.combine(
            slot.month, datetime.time(), timezone.get_default_timezone()
        )
        days = [settings.TURN_REMINDER_DAYS]
    else:
        start, days = slot.start_at, settings.HOST_REMINDER_DAYS
    moments = [start - datetime.timedelta(days=number) for number in days]
    passed = max((moment for moment in moments if moment <= now), default=None)
    if passed is None:
        return False
    return slot.host_reminded_at is None or slot.host_reminded_at < passed
