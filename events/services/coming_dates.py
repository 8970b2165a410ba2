"""The dates of a series that have not begun: changed in memory, stored at once.

What a date departs in from its series stays its own, and so does what was called off.
Whoever registered is told; the text of a date without people changes in silence.
"""

from __future__ import annotations

import datetime
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, Q, Sum

from events.enums import EventStatus, RegistrationMode, RegistrationStatus
from events.models import Event, Registration, Series
from events.services.announce import DateChange, announce_change
from events.services.departures import read_rule_day
from events.services.many_dates import update_dates
from events.services.materialise import set_clock, set_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cms.models import User

WHEN: Final = "when"
WHERE: Final = "where"
HOST: Final = "host"
# The columns of a series that say when its dates begin and end.
CLOCK: Final = ("start_time", "end_time", "lasts_days", "all_day", "zone")

# A date that is called off stays in the agenda from so long before it.
NEAR: Final = datetime.timedelta(days=60)

_INSTANTS: Final = ("start_at", "end_at", "previous_start_at")


@dataclass
class ComingDates:
    """The rows of one series that begin after ``now``, locked, soonest first.

    ``by`` changed the series; None when it was the clock. Nothing is written before
    ``store``. Costs, however many the dates, a number of queries that depends on their
    batches alone, and what telling each date's people costs.
    """

    series: Series
    now: datetime.datetime
    by: User | None = None
    events: list[Event] = field(init=False)
    _before: dict[int, Event] = field(init=False, default_factory=dict)
    _columns: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        rows = Event.objects.select_for_update(of=("self",))
        rows = rows.filter(series=self.series, start_at__gt=self.now)
        rows = rows.with_row_relations().prefetch_related("tagged_items__tag")
        self.events = list(rows.order_by("start_at", "pk"))

    @property
    def last_day(self) -> datetime.date | None:
        """The last day of the rule on which there is a row."""
        days = [read_rule_day(event.recurrence_key) for event in self.events]
        return max((day for day in days if day), default=None)

    @cached_property
    def people(self) -> dict[int, int]:
        """The dates that somebody registered for, and how many places are taken."""
        current = Registration.objects.current().filter(event__in=self.events)
        is_confirmed = Q(status=RegistrationStatus.CONFIRMED)
        counted = (
            current.order_by()
            .values("event")
            .annotate(places=Sum(F("companions") + 1, filter=is_confirmed))
        )
        return {row["event"]: row["places"] or 0 for row in counted}

    def pass_on(self, event: Event, series: Series, groups: Iterable[str]) -> None:
        """Write what ``series`` says in ``groups`` on ``event``, unless it departs."""
        for group in groups:
            if group in event.overridden_fields:
                continue
            if group == WHEN:
                self._pass_on_clock(event, series)
            elif group == WHERE:
                self._change(event, Event.WHERE, lambda: set_place(series, event))
            elif group == HOST:
                self._write(event, {"host": series.host})
            elif group == "registration":
                self._pass_on_registration(event, series)
            else:
                columns = Series.TEMPLATE[group]
                self._write(event, {name: getattr(series, name) for name in columns})

    def call_off(self, event: Event, reason: str) -> None:
        """Cancel ``event``, whose people read ``reason``.

        It stays in sight while somebody may count on it; otherwise a year of crossed
        out lines would hide the dates that remain. Calendars are told in both cases.
        """
        self._write_owned(
            event,
            status=EventStatus.CANCELLED,
            cancel_reason=reason,
            cancelled_at=self.now,
            live=event.live and self.stays_in_sight(event),
        )

    def hold_after_all(self, event: Event) -> None:
        """Take back what ``call_off`` did."""
        self._write_owned(
            event,
            status=EventStatus.CONFIRMED,
            cancel_reason="",
            cancelled_at=None,
            live=event.live or not event.has_unpublished_changes,
        )

    def stays_in_sight(self, event: Event) -> bool:
        """Tell whether ``event``, called off, is still shown.

        It is when people registered, when it is near, and when a draft of it waits.
        """
        is_near = event.start_at < self.now + NEAR
        return is_near or event.has_unpublished_changes or event.pk in self.people

    def set_live(self, event: Event, is_live: bool) -> None:
        self._write_owned(event, live=is_live)

    def give_to(self, event: Event, series: Series) -> None:
        """Let ``series`` go on with ``event``, its key and departures kept."""
        self._write_owned(event, series=series)

    def store(self) -> list[Event]:
        """Write what changed, tell calendars, search and people; return those dates."""
        changed = [event for event in self.events if event.pk in self._before]
        update_dates(changed, self._columns, now=self.now)
        for event in changed:
            if event.pk in self.people:
                change = DateChange(self._before[event.pk], self.by)
                announce_change(event, change, now=self.now)
        return changed

    def _pass_on_clock(self, event: Event, series: Series) -> None:
        day = read_rule_day(event.recurrence_key)
        if day is None:
            return  # No rule said when it is.
        before = event.start_at
        self._change(event, Event.WHEN, lambda: set_clock(series, event, day))
        if event.start_at != before:
            first = event.previous_start_at or before
            moved = None if event.start_at == first else first
            self._write_owned(event, previous_start_at=moved)
        self._columns.update(_INSTANTS)

    def _pass_on_registration(self, event: Event, series: Series) -> None:
        taken = self.people.get(event.pk)
        terms = {name: getattr(series, name) for name in Series.REGISTRATION_FIELDS}
        if taken is not None:
            if terms["registration_mode"] != RegistrationMode.HERE:
                return  # They registered here: these terms are theirs.
            if terms["capacity"] is not None:
                terms["capacity"] = max(terms["capacity"], taken, 1)
        self._write(event, terms)

    def _write(self, event: Event, values: dict[str, Any]) -> None:
        def write() -> None:
            for name, value in values.items():
                setattr(event, name, value)

        self._change(event, tuple(values), write)

    def _change(self, event: Event, columns: Iterable[str], write: Any) -> None:
        """Call ``write``; note that a service did, when it changed something."""
        before = copy(event)
        write()
        if any(getattr(before, name) != getattr(event, name) for name in columns):
            self._before.setdefault(event.pk, before)
            event.note_service_edits(columns)
            self._columns.update(columns)

    def _write_owned(self, event: Event, **values: Any) -> None:
        """Write columns that no draft holds."""
        self._before.setdefault(event.pk, copy(event))
        for name, value in values.items():
            setattr(event, name, value)
        self._columns.update(values)
