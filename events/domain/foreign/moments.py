"""The dates and times that a line holds, and the clock that they are told on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from icalendar.parser import Contentline
from icalendar.prop import vDDDTypes, vPeriod

from .values import Reason

if TYPE_CHECKING:
    from .lines import Line
    from .zones import Clock, ZoneBook

EARLIEST: Final = datetime(1900, 1, 1)  # noqa: DTZ001 - a wall-clock time
LATEST: Final = datetime(2200, 1, 1)  # noqa: DTZ001 - a wall-clock time
DAY: Final = timedelta(days=1)


class EventRefused(Exception):
    """Raised when one event cannot be taken; the calendar goes on without it."""

    def __init__(self, reason: Reason, line: Line | None = None) -> None:
        self.reason = reason
        self.line = line
        super().__init__(reason.value)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time on a clock, or a whole day.

    ``wall`` is naive; midnight for a day. ``clock`` of a day is the calendar's.
    """

    wall: datetime
    is_day: bool
    clock: Clock

    @property
    def key(self) -> str:
        """What a RECURRENCE-ID would say of it, without its zone."""
        return format_key(self.wall, self.is_day)

    def on(self, clock: Clock) -> datetime:
        """Return what `clock` shows at this moment; a day is the same on all."""
        if self.is_day or clock == self.clock:
            return self.wall
        return clock.from_utc(self.clock.to_utc(self.wall))


def format_key(wall: datetime, is_day: bool) -> str:
    return f"{wall:%Y%m%d}" if is_day else f"{wall:%Y%m%dT%H%M%S}"


@dataclass(frozen=True, slots=True)
class TimeReader:
    """Reads times as one calendar means them.

    ``floating`` is the clock of times that name none; ``has_own_zone`` tells whether
    the calendar itself names it. ``assumptions`` grows: it
    gets the name of the line whose zone had to be assumed.
    """

    zones: ZoneBook
    floating: Clock
    utc: Clock
    assumptions: list[Line]
    has_own_zone: bool

    def read(self, line: Line, reason: Reason) -> Moment:
        """Return the one moment of a line.

        Raises:
            EventRefused: it is none (`reason`), or on a clock nobody knows.
        """
        moments = self.read_all(line, reason)
        if len(moments) != 1 or moments[0][1] is not None:
            raise EventRefused(reason, line)
        return moments[0][0]

    def read_all(
        self, line: Line, reason: Reason, most: int = 1
    ) -> list[tuple[Moment, timedelta | None]]:
        """Return the moments of a line, each with its length if it is a period.

        Raises:
            EventRefused: one is none (`reason`), or on a clock nobody knows, or
                they are more than `most`.
        """
        parameters, value = split_line(line)
        values = [part.strip() for part in value.split(",", most + 1)]
        if len(values) > most:
            raise EventRefused(Reason.TOO_MANY_EXCEPTIONS if most > 1 else reason, line)
        name = parameters.get("TZID", "")
        found = []
        for text in filter(None, values):
            try:
                found.append(self._read_value(text, name, line))
            except (ValueError, OverflowError) as error:
                raise EventRefused(reason, line) from error
        return found

    def _read_value(
        self, text: str, zone: str, line: Line
    ) -> tuple[Moment, timedelta | None]:
        if "/" in text:
            start, end = vPeriod.from_ical(text)  # type: ignore[no-untyped-call]
            moment = self._moment(start, zone, line)
            if isinstance(end, timedelta):
                return moment, end
            return moment, self._moment(end, zone, line).on(moment.clock) - moment.wall
        value = vDDDTypes.from_ical(text)  # type: ignore[no-untyped-call]
        return self._moment(value, zone, line), None

    def _moment(self, value: object, zone: str, line: Line) -> Moment:
        if isinstance(value, datetime):
            wall, is_day = value.replace(tzinfo=None), False
        elif isinstance(value, date):
            wall, is_day = datetime.combine(value, time(0)), True
        else:
            raise ValueError(value)
        if not EARLIEST <= wall <= LATEST:
            raise EventRefused(Reason.OUT_OF_RANGE, line)
        if is_day:
            return Moment(wall, True, self.floating)
        if isinstance(value, datetime) and value.tzinfo is not None:
            return Moment(wall, False, self.utc)
        if zone:
            clock = self.zones.find(zone)
            if clock is None:
                raise EventRefused(Reason.UNKNOWN_ZONE, line)
            return Moment(wall, False, clock)
        self.assumptions.append(line)
        return Moment(wall, False, self.floating)


def split_line(line: Line) -> tuple[dict[str, str], str]:
    """Return the parameters of a line and its value, neither of them unescaped.

    Raises:
        EventRefused: it has no such parts.
    """
    try:
        content = Contentline(line.text)  # type: ignore[no-untyped-call]
        _name, parameters, value = content.raw_parts()
    except ValueError as error:
        raise EventRefused(Reason.UNREADABLE_LINE, line) from error
    # A parameter with several values is none of those that are read.
    return {
        key.upper(): content
        for key, content in parameters.items()
        if isinstance(content, str)
    }, value.strip()
