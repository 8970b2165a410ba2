"""The rota as stored: read under a lock, planned by the domain, written where changed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from events.domain import rota as order
from events.models import Event, RotaHost, Series, Turn
from events.services.calendar import refresh_calendar_state
from events.services.rota.refusals import HostChanged, TurnCancelled, TurnOver
from network.models import Space

if TYPE_CHECKING:
    from collections.abc import Iterable

Slot: TypeAlias = Event | Turn

# The mark of an extra date in its key: it takes nobody's turn.
EXTRA: Final = "+"


@dataclass(frozen=True, slots=True)
class HandOver:
    """A slot that changed hands, as it is now, and who had it before."""

    slot: Slot
    before: Space | None
    after: Space | None


def series_of(slot: Slot) -> Series:
    """Return the series of a slot; a date without one is none."""
    assert slot.series is not None  # noqa: S101 (found by its series)
    return slot.series


def key_of(slot: Slot) -> str:
    """Return ``20270114`` for a date, ``202701`` for a month; their order is time's."""
    return f"{slot.month:%Y%m}" if isinstance(slot, Turn) else slot.recurrence_key


@transaction.atomic
def plan_rota(series: Series, *, now: datetime.datetime) -> list[HandOver]:
    """Give each slot to come its host, and return those that changed hands.

    Planning twice changes nothing. Does nothing to a series without hosts in order.
    A cancelled date keeps its host and uses up the place (S11); a host that a person
    chose stays. Nobody is written to: who calls it tells, or a reminder does.
    """
    rota = lock_rota(series, now=now)
    rota.plan()
    return rota.store(now=now)


def find_slot(series: Series, key: str) -> Slot | None:
    """Return the date or the open month of ``key``; an extra date is no slot."""
    if EXTRA in key:
        return None
    event = series.events.filter(recurrence_key=key).exclude(recurrence_key="")
    found: Slot | None = event.select_related("series", "host").first()
    if found is None and len(key) == len("202701") and key.isdecimal():
        turns = series.turns.filter(event=None).select_related("series", "host")
        found = next((turn for turn in turns if key_of(turn) == key), None)
    return found


def list_slots(
    series: Series, *, now: datetime.datetime, limit: int | None = None
) -> list[Slot]:
    """Return the slots to come, soonest first, hosts fetched. Costs two queries.

    Dates that the public does not see are among them.
    """
    events = Event.objects.filter(series=series).upcoming(now)
    events = events.exclude(recurrence_key="").exclude(recurrence_key__contains=EXTRA)
    turns = series.turns.filter(event=None, month__gte=_month_of(_today(now)))
    slots: list[Slot] = [
        *events.select_related("host", "venue")[:limit],
        *turns.select_related("host")[:limit],
    ]
    return sorted(slots, key=first_day_of)[:limit]


def first_day_of(slot: Slot) -> datetime.date:
    """Return the day of a date, the first day of a month."""
    return slot.month if isinstance(slot, Turn) else slot.start_date


@dataclass
class Rota:
    """The hosts and slots of one series, locked until the transaction ends.

    ``turns`` are the slots as the domain sees them, in the order of the rota; the
    first may be over: it tells whose place was used last.
    """

    series: Series
    hosts: list[RotaHost]
    slots: list[Slot]
    today: datetime.date
    turns: dict[str, order.Turn[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.turns = {key_of(slot): _read(slot) for slot in self.slots}

    def plan(self) -> None:
        """Let the order give each slot its host, where nobody chose one."""
        if not self.hosts:
            return
        hosts = [
            order.Host(
                key=host.space_id, joined_on=host.joined_on, left_on=host.left_on
            )
            for host in self.hosts
        ]
        planned = order.plan(hosts, self.turns.values(), self.today)
        self.turns = dict(zip(self.turns, planned, strict=True))

    def is_host(self, space_id: int, day: datetime.date) -> bool:
        """Tell whether the space takes turns on ``day``."""
        return any(
            host.space_id == space_id
            and host.joined_on is not None
            and (host.left_on is None or day < host.left_on)
            for host in self.hosts
        )

    def get_changeable(
        self, slot: Slot, *, seen_host: int | None, now: datetime.datetime
    ) -> Slot:
        """Return the row of ``slot`` as it is now, if its host may still change.

        Raises:
            TurnOver: it has begun, or its month is over.
            TurnCancelled: it was cancelled or postponed.
            HostChanged: its host is no longer the one of the key ``seen_host``.
        """
        key = key_of(slot)
        row = next((one for one in self.slots if key_of(one) == key), None)
        if row is None or self.turns[key].last_day < self.today:
            raise TurnOver
        if isinstance(row, Event) and row.start_at <= now:
            raise TurnOver
        if self.turns[key].cancelled:
            raise TurnCancelled
        if row.host_id != seen_host:
            raise HostChanged(row.host)
        return row

    def store(self, *, now: datetime.datetime, is_told: bool = False) -> list[HandOver]:
        """Write the slots that changed; return those that changed hands.

        ``is_told``: the new hosts are written to now, so that a reminder can wait.
        """
        changed = [
            slot for slot in self.slots if self.turns[key_of(slot)] != _read(slot)
        ]
        wanted = {self.turns[key_of(slot)].host for slot in changed}
        spaces = Space.objects.in_bulk([key for key in wanted if key is not None])
        moved = []
        for slot in changed:
            turn = self.turns[key_of(slot)]
            host = spaces.get(turn.host) if turn.host is not None else None
            if host is None and isinstance(slot, Event):
                host = self.series.host
            before = slot.host
            if before != host:
                slot.host_reminded_at = now if is_told else None
                moved.append(HandOver(slot, before, host))
            slot.rota_host_id = turn.place_of
            slot.host_is_chosen = turn.fixed
            if isinstance(slot, Event):
                _write_event(slot, host, now=now)
            else:
                slot.host = host
                slot.save(update_fields=["host", *OWNED])
        return moved


OWNED: Final = ("rota_host", "host_is_chosen", "host_reminded_at")


def lock_rota(series: Series, *, now: datetime.datetime) -> Rota:
    """Return the rota of ``series`` as it stands; others wait until the commit.

    Costs nine queries at most.
    """
    row = Series.objects.select_for_update().get(pk=series.pk)
    hosts = list(row.rota_hosts.exclude(joined_on=None).select_related("space"))
    today = _today(now)
    dates = (
        Event.objects.filter(series=row)
        .exclude(recurrence_key="")
        .exclude(recurrence_key__contains=EXTRA)
    )
    to_come = Q(start_date__gte=today)
    first_key = dates.filter(to_come).aggregate(first=Min("recurrence_key"))["first"]
    if first_key:
        # Moved across today, a date keeps its place in the order.
        to_come |= Q(recurrence_key__gt=first_key)
    # Not joined: a row that changed while we waited would come with nobody's space.
    events = dates.filter(to_come).select_for_update().prefetch_related("host", "venue")
    open_turns = (
        row.turns.filter(event=None, month__gte=_month_of(today))
        .select_for_update()
        .prefetch_related("host")
    )
    found: list[Slot] = [*events, *open_turns]
    slots = sorted(found, key=key_of)
    if slots:
        slots = [*_find_last(row, hosts, before=key_of(slots[0])), *slots]
    return Rota(row, hosts, slots, today)


def _find_last(
    series: Series, hosts: Iterable[RotaHost], *, before: str
) -> Iterable[Event]:
    """Yield the date that tells whose place was used last, in the former series too."""
    keys = [host.space_id for host in hosts]
    for one in (series.pk, series.continues_id):
        last = (
            Event.objects.filter(
                series=one, recurrence_key__lt=before, rota_host__in=keys
            )
            .exclude(recurrence_key__contains=EXTRA)
            .order_by("-recurrence_key")
            .select_related("host")
            .first()
        )
        if last is not None:
            yield last
            return


def _read(slot: Slot) -> order.Turn[int]:
    if isinstance(slot, Turn):
        is_chosen, is_cancelled = slot.host_is_chosen, False
    else:
        is_chosen = slot.host_is_chosen or "host" in slot.overridden_fields
        is_cancelled = slot.is_called_off
    # A host that neither a person nor the order gave is the usual one of the series.
    is_given = is_chosen or slot.rota_host_id is not None
    return order.Turn(
        day=first_day_of(slot),
        whole_month=isinstance(slot, Turn),
        host=slot.host_id if is_given else None,
        place_of=slot.rota_host_id,
        fixed=is_chosen,
        cancelled=is_cancelled,
    )


def _write_event(event: Event, host: Space | None, *, now: datetime.datetime) -> None:
    """Store the host and what follows from it, so that no older draft undoes it."""
    departures = set(event.overridden_fields) - {"host"}
    if event.host_is_chosen:
        departures.add("host")
    event.overridden_fields = sorted(departures)
    columns = ["overridden_fields", *OWNED]
    if event.host != host:
        if _follows_host(event):
            event.venue, event.room = host, ""
        event.host = host
        event.note_service_edits(["host", *Event.WHERE])
        columns += ["host", "venue", "room", "service_edits"]
        columns += Event.TEXTS_FROM_ELSEWHERE
    event.save(update_fields=columns)
    refresh_calendar_state(event, now=now)


def _follows_host(event: Event) -> bool:
    """Tell a date held at its host's: it is held at the next host's."""
    if event.venue_name:
        return False
    if event.venue_id is None:
        is_at_host = event.series is not None and event.series.is_held_at_host
        return is_at_host and event.host_id is None
    return event.venue_id == event.host_id


def _today(now: datetime.datetime) -> datetime.date:
    return timezone.localdate(now)


def _month_of(day: datetime.date) -> datetime.date:
    return day.replace(day=1)
