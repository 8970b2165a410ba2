"""What bringing an agenda over would write, before anything is written."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.conf import settings

from cms.folding import fold_to_words
from events.domain.errors import CalendarError
from events.domain.foreign.values import ARCHIVE_LIMITS
from events.domain.timezones import load
from events.domain.wall_clock import EARLIEST_DAY
from events.domain.window import Window
from events.importing.sandbox import ARCHIVE_ALLOWANCE, read_calendar
from events.models import Event, EventType, ImportedDate, Series
from events.models.dated import YEARS_AHEAD
from events.services.archive.series import PlannedSeries, plan_series
from events.services.materialise import HORIZON
from events.services.mirror.origin import make_series_uid
from events.services.mirror.rows import say_status, write_date

if TYPE_CHECKING:
    from events.domain.foreign.values import (
        Flag,
        ReadCalendar,
        ReadDate,
        ReadSeries,
    )
    from network.models import Space

CLOCK: Final = "clock"


@dataclass(frozen=True, slots=True)
class OneByOne:
    """A repeating event that no rule of ours repeats.

    ``last_day``: its dates end there although it goes on; None for one that ends.
    """

    title: str
    dates: int
    last_day: datetime.date | None


@dataclass(slots=True)
class Plan:
    """What a file becomes in one space.

    Attributes:
        singles: the dates that stand for themselves, each with its row, unsaved.
        known: dates that an earlier run, or a calendar of the space, brought.
        refused: title and reason of each event that is left out: a ``Reason``, or
            ``CLOCK`` for hours that do not exist or exist twice.
        outside: events before 2000 or years ahead, where no date may be.
        own: events of the file that are ours.
    """

    space: Space
    zone: str
    singles: list[tuple[ReadDate, Event]] = field(default_factory=list)
    series: list[PlannedSeries] = field(default_factory=list)
    one_by_one: list[OneByOne] = field(default_factory=list)
    known: int = 0
    known_series: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    own: int = 0
    outside: int = 0
    flags: frozenset[Flag] = frozenset()

    @property
    def size(self) -> int:
        """How many dates the file brings, those of its series included."""
        return len(self.singles) + sum(len(one.dates) for one in self.series)


def read_archive(
    content: bytes, *, space: Space, now: datetime.datetime
) -> ReadCalendar:
    """Return all that a file says of the days on which a date may be here.

    Raises:
        UnreadableCalendar: nothing of it can be taken; ``problem`` says why.
    """
    return read_calendar(
        content,
        window=Window(EARLIEST_DAY, datetime.date(now.year + YEARS_AHEAD, 12, 31)),
        assumed_zone=space.zone,
        own_domain=settings.ICAL_UID_DOMAIN,
        limits=ARCHIVE_LIMITS,
        allowance=ARCHIVE_ALLOWANCE,
    )


def plan_archive(
    calendar: ReadCalendar,
    *,
    space: Space,
    default_type: EventType,
    now: datetime.datetime,
) -> Plan:
    """Return what ``calendar`` would become in ``space``; three queries.

    A date is of the type that one of its categories names, else of ``default_type``.
    """
    return _Planner(calendar, space, default_type, now).plan()


class _Planner:
    def __init__(
        self,
        calendar: ReadCalendar,
        space: Space,
        default_type: EventType,
        now: datetime.datetime,
    ) -> None:
        self._calendar = calendar
        self._space = space
        self._default_type = default_type
        self._types = {
            fold_to_words(words): kind
            for kind in EventType.objects.all()
            for words in (kind.slug.replace("-", " "), kind.name)
        }
        # As far as the clock makes the dates of a series.
        self._last_day = now.astimezone(load(space.zone)).date() + HORIZON
        self._now = now
        brought = ImportedDate.objects.filter(space=space)
        self._known = set(brought.values_list("external_uid", "recurrence_id"))
        self._known_uids = {uid for uid, _key in self._known}
        self._series_uids = set(
            Series.objects.filter(host=space).values_list("uid", flat=True)
        )
        self._plan = Plan(
            space,
            calendar.zone,
            own=calendar.own,
            outside=calendar.outside,
            flags=calendar.flags,
        )

    def plan(self) -> Plan:
        calendar, plan = self._calendar, self._plan
        plan.refused = [(one.title, one.reason) for one in calendar.rejected]
        dates: dict[str, list[ReadDate]] = defaultdict(list)
        for date in calendar.dates:
            dates[date.external_uid].append(date)
        repeating = {one.external_uid: one for one in calendar.series}
        for uid, of_one in dates.items():
            if uid in repeating:
                self._take_repeating(repeating[uid], of_one)
            else:
                self._take_singles(of_one)
        return plan

    def _take_repeating(self, read: ReadSeries, dates: list[ReadDate]) -> None:
        if make_series_uid(self._space, read.external_uid) in self._series_uids:
            self._plan.known_series += 1
            return
        planned = None
        # What came one by one before goes on so: a series would double it.
        if read.external_uid not in self._known_uids:
            planned = plan_series(
                read,
                dates,
                space=self._space,
                event_type=self._find_type(read.first),
                last_day=self._last_day,
            )
        if planned is not None:
            self._plan.series.append(planned)
            return
        has_end = not read.rrule or "UNTIL=" in read.rrule or "COUNT=" in read.rrule
        near = [date for date in dates if has_end or date.start_date <= self._last_day]
        taken = self._take_singles(near)
        if taken:
            last_day = None if has_end else self._last_day
            self._plan.one_by_one.append(OneByOne(read.first.title, taken, last_day))

    def _take_singles(self, dates: list[ReadDate]) -> int:
        """Plan a row for each new date; return how many there are."""
        before = len(self._plan.singles)
        for date in dates:
            if (date.external_uid, date.recurrence_key) in self._known:
                self._plan.known += 1
                continue
            event = Event(host=self._space, type=self._find_type(date))
            try:
                write_date(event, date, space=self._space)
            except CalendarError:
                self._plan.refused.append((date.title, CLOCK))
                continue
            event.status = say_status(date)
            event.cancelled_at = self._now if event.is_called_off else None
            self._plan.singles.append((date, event))
        return len(self._plan.singles) - before

    def _find_type(self, date: ReadDate) -> EventType:
        known = (self._types.get(fold_to_words(name)) for name in date.categories)
        return next(filter(None, known), self._default_type)
