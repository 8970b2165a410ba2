"""Dates written down as they are stored and shown: on a clock with a known name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from .entries import digest
from .moments import DAY
from .values import ReadDate

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from events.domain.window import Window

    from .entries import Entry
    from .zones import Clock


@dataclass(frozen=True, slots=True)
class ForeignDate:
    """One date before it is written down: whose words, when and on which clock."""

    entry: Entry
    start: datetime
    clock: Clock
    span: timedelta
    key: str

    @classmethod
    def of(cls, entry: Entry, key: str) -> Self:
        """Return the date that an entry itself tells."""
        return cls(entry, entry.start.wall, entry.start.clock, entry.span, key)


class DateWriter:
    """Writes the dates of one calendar.

    `display` is the clock of whole days, and of times told in UTC or on a clock
    without a name.
    """

    def __init__(self, window: Window, display: Clock) -> None:
        self._window = window
        self._display = display

    def reach(self, clock: Clock, span: timedelta) -> tuple[datetime, datetime]:
        """Return between which local starts a date may touch the window."""
        first = clock.from_utc(self._window.start) - span - DAY
        last = clock.from_utc(self._window.end) + DAY
        return first.replace(fold=0), last.replace(fold=0)

    def sees(self, day: ReadDate) -> bool:
        """Tell whether the date has an instant in the window."""
        return self._window.overlaps(day.start_at, day.end_at)

    def write(self, part: ForeignDate) -> ReadDate:
        """Return the date on a clock that everybody knows, with its words."""
        entry = part.entry
        is_day = entry.start.is_day
        if is_day:
            zone = self._display.name
            start, end = part.start, part.start + part.span - DAY
        else:
            zone, start, end = self._show(part)
        return ReadDate(
            external_uid=entry.uid,
            recurrence_key=part.key,
            start_date=start.date(),
            start_time=None if is_day else start.time().replace(fold=0),
            end_date=end.date(),
            end_time=None if is_day else end.time().replace(fold=0),
            zone=zone,
            start_fold=start.fold,
            end_fold=end.fold,
            title=entry.title,
            description=entry.description,
            location=entry.location,
            url=entry.url,
            categories=entry.categories,
            status=entry.status,
            sequence=entry.sequence,
            fingerprint=digest([start, is_day, entry.title, entry.location]),
            content_hash=digest(
                [start, end, start.fold, end.fold, is_day, zone, entry.words]
            ),
        )

    def _show(self, part: ForeignDate) -> tuple[str, datetime, datetime]:
        """Return the zone, start and end that are shown for a date with times."""
        start = part.clock.to_utc(part.start)
        end = part.clock.to_utc(part.start + part.span)
        if end <= start:
            # The clock change swallowed it: it keeps its length instead of its end.
            end = start + part.span
        clock = part.clock
        if not clock.name or clock.is_utc:
            clock = self._display
        return clock.name, clock.from_utc(start), clock.from_utc(end)
