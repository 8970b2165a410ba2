"""The hours of what comes back, put on the clock of each of its days.

Twice a year a clock cannot show every hour. A person who types such an hour is asked
for another (`wall_clock.resolve` refuses it); the dates of a rule are not typed one by
one, so that the one night concerned is held an hour later, and said so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .errors import AmbiguousTime, IncompleteTimes, NonexistentTime
from .wall_clock import resolve


@dataclass(frozen=True, kw_only=True, slots=True)
class Hours:
    """From when to when each date lasts, on the clock of `zone`."""

    start_time: time | None = None
    end_time: time | None = None
    lasts_days: int = 0
    """How many midnights it spans: 0 for an evening."""
    all_day: bool = False
    zone: str = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clock on the wall shows when a date begins and when it ends.

    `is_moved`: the hours of the rule do not exist that day, or come twice.
    """

    start_date: date
    start_time: time | None
    end_date: date
    end_time: time | None
    is_moved: bool = False


def put_on_wall(day: date, hours: Hours) -> Clock:
    """Return the wall-clock times of the date that begins on `day`.

    An hour that the clock jumps over, or shows twice, becomes the next one that it
    shows once: 02:30 becomes 03:30 on both nights in Paris.

    Raises:
        IncompleteTimes: it does not last all day and an hour is missing.
        UnknownZone: the database has no such zone.
    """
    last = day + timedelta(days=hours.lasts_days)
    if hours.all_day:
        return Clock(day, None, last, None)
    if hours.start_time is None or hours.end_time is None:
        raise IncompleteTimes("A timed date has a start and an end time")
    wanted = (
        datetime.combine(day, hours.start_time),
        datetime.combine(last, hours.end_time),
    )
    start, end = (_find_shown(wall, hours.zone) for wall in wanted)
    if end <= start < end + (start - wanted[0]):
        # The move of its beginning has passed its end.
        end = _find_shown(wanted[1] + (start - wanted[0]), hours.zone)
    moved = (start, end) != wanted
    return Clock(start.date(), start.time(), end.date(), end.time(), moved)


def _find_shown(wall: datetime, zone: str) -> datetime:
    try:
        resolve(wall.date(), wall.time(), zone)
    except NonexistentTime as error:
        return error.proposed.replace(tzinfo=None)
    except AmbiguousTime as error:
        return wall + (error.offsets[0] - error.offsets[1])
    return wall
