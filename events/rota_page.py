"""What the pages of a rota show: the slots to come, the order, and what I may do."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.text import capfirst

from events.enums import Rhythm, Visibility
from events.models import Event, RotaHost, Series, Turn
from events.rota_wording import say_slot_day, say_slot_start
from events.services.rota import Slot, list_slots
from network.models import Space

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_PUBLIC: Final = 6
MOST_SHOWN: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRow:
    """One date or month to come. ``may_…`` say which buttons stand there."""

    slot: Slot
    key: str
    words: str
    host: Space | None
    is_month: bool = False
    is_mine: bool = False
    is_called_off: bool = False
    status_label: str = ""
    may_take: bool = False
    may_skip: bool = False
    may_swap: bool = False
    may_hand_over: bool = False
    may_fix: bool = False


@dataclass
class RotaPage:
    """The rota of ``series`` for who speaks for ``spaces`` (their keys)."""

    series: Series
    spaces: set[int]
    is_keeper: bool
    now: datetime.datetime

    @property
    def today(self) -> datetime.date:
        return timezone.localdate(self.now)

    @cached_property
    def places(self) -> list[RotaHost]:
        """Who is in the rota or asks to be. One query."""
        found = self.series.rota_hosts.filter(left_on=None).select_related("space")
        return list(found)

    @property
    def hosts(self) -> list[RotaHost]:
        """Who takes turns, in their order."""
        return [place for place in self.places if place.joined_on is not None]

    @property
    def order_seen(self) -> str:
        """The order that a page shows: of two keepers at once, the second is told."""
        return str([host.space_id for host in self.hosts])

    @property
    def volunteers(self) -> list[RotaHost]:
        """Who waits for the keepers' answer."""
        return [place for place in self.places if place.joined_on is None]

    @property
    def my_hosts(self) -> list[RotaHost]:
        """My spaces in the rota, and those that wait."""
        return [place for place in self.places if place.space_id in self.spaces]

    @property
    def has_rota(self) -> bool:
        return bool(self.places) or self.series.rhythm == Rhythm.TURNS

    @property
    def my_spaces_outside(self) -> set[int]:
        """The keys of my spaces that may ask to join."""
        return self.spaces - {place.space_id for place in self.places}

    @property
    def is_open_to_me(self) -> bool:
        """Tell who may see it: keepers, hosts, and members of what members see."""
        if self.is_keeper or self.my_hosts:
            return True
        is_shown = self.series.live and self.series.visibility != Visibility.PRIVATE
        return is_shown and self.has_rota

    @cached_property
    def slots(self) -> list[Slot]:
        return list_slots(self.series, now=self.now, limit=MOST_SHOWN)

    @cached_property
    def rows(self) -> list[SlotRow]:
        return [self._make_row(slot) for slot in self.slots]

    def find_row(self, key: str) -> SlotRow | None:
        """Return the row of the slot to come of this key."""
        return next((row for row in self.rows if row.key == key), None)

    def list_exchanges(self, row: SlotRow) -> list[SlotRow]:
        """Return the rows that ``row`` may be swapped with."""
        return [
            other
            for other in self.rows
            if other.host not in (None, row.host)
            and not other.is_called_off
            and not has_begun(other.slot, self.now)
        ]

    def _make_row(self, slot: Slot) -> SlotRow:
        is_month = isinstance(slot, Turn)
        status = slot.get_status_display() if isinstance(slot, Event) else ""
        is_called_off = isinstance(slot, Event) and slot.is_called_off
        is_mine = slot.host_id in self.spaces
        changes = not is_called_off and not has_begun(slot, self.now)
        mine = {host.space_id for host in self.hosts} & self.spaces
        has_say = changes and slot.host_id is not None and (is_mine or self.is_keeper)
        others = {host.space_id for host in self.hosts} - {slot.host_id}
        return SlotRow(
            slot=slot,
            key=make_key(slot),
            words=say_slot_start(slot),
            host=slot.host,
            is_month=is_month,
            is_mine=is_mine,
            is_called_off=is_called_off,
            status_label=str(status) if is_called_off else "",
            may_take=changes and bool(mine - {slot.host_id}),
            may_skip=has_say and bool(others),
            may_swap=has_say and bool(others),
            may_hand_over=changes and self.is_keeper,
            may_fix=is_month and has_say,
        )


@dataclass(frozen=True, slots=True)
class NextHost:
    """One line of “Next hosts” on the public page."""

    when: str
    host: Space | None
    note: str
    url: str = ""


def list_next_hosts(
    series: Series, *, visible: Iterable[Event], now: datetime.datetime
) -> list[NextHost]:
    """Return who hosts next, for everybody: spaces alone, no person. One query.

    ``visible`` are the dates to come that the reader may see, hosts fetched. A month
    whose date waits for a moderator still reads as a month. Empty without a rota.
    """
    months = series.turns.filter(
        month__gte=timezone.localdate(now).replace(day=1)
    ).select_related("host", "event")
    dates = {event.pk: event for event in visible}
    lines: list[tuple[datetime.date, NextHost]] = []
    for event in dates.values():
        if event.rota_host_id is None and not event.host_is_chosen:
            continue
        if not event.is_called_off:
            line = NextHost(
                say_date(event), event.host, "", url=event.get_absolute_url()
            )
            lines.append((event.start_date, line))
    for turn in months[:MOST_PUBLIC]:
        if turn.event is None or not turn.event.live:
            line = NextHost(str(capfirst(say_slot_day(turn))), turn.host, turn.note)
            lines.append((turn.month, line))
    lines.sort(key=lambda pair: pair[0])
    return [line for _day, line in lines[:MOST_PUBLIC]]


def say_date(event: Event) -> str:
    """“Jeudi 14 janvier 2027”."""
    return str(capfirst(say_slot_day(event)))


def has_begun(slot: Any, now: datetime.datetime) -> bool:
    """Tell a date that has begun; a month waits for its day until it is over."""
    return isinstance(slot, Event) and slot.start_at <= now


def make_key(slot: Slot) -> str:
    """Return the key of an address: ``20270114``, or ``202701`` for a month."""
    return f"{slot.month:%Y%m}" if isinstance(slot, Turn) else slot.recurrence_key
