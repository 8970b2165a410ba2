"""From the time on the wall to an instant, without guessing.

A wall-clock time and an IANA zone are the truth of an event; its instants are
derived from them, and again after each change of the time zone database.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from .errors import (
    AmbiguousTime,
    EndBeforeStart,
    IncompleteTimes,
    NonexistentTime,
    OutOfRange,
    TooLong,
)
from .timezones import load

EARLIEST_DAY: Final = date(2000, 1, 1)
LATEST_DAY: Final = date(2199, 12, 31)
LONGEST: Final = timedelta(days=31)


def resolve(day: date, clock: time, zone: str, *, fold: int | None = None) -> datetime:
    """Return the aware time that `clock` shows on `day` in `zone`.

    `fold` chooses between the two occurrences of an ambiguous time, 0 the first;
    it is ignored for any other time.

    Raises:
        NonexistentTime: clocks jump over that time.
        AmbiguousTime: it occurs twice and `fold` is None.
        UnknownZone: the database has no such zone.
    """
    first = localise(day, clock, zone)
    before, after = _offset(first), _offset(first.replace(fold=1))
    wall = first.replace(tzinfo=None)
    if before < after:
        moved = wall + (after - before)
        raise NonexistentTime(wall, localise(moved.date(), moved.time(), zone))
    if before == after:
        return first
    if fold is None:
        raise AmbiguousTime(wall, zone, (before, after))
    return first.replace(fold=fold)


def localise(day: date, clock: time, zone: str, *, fold: int = 0) -> datetime:
    """Return the aware time for what was accepted before; never refuses a time.

    A time that clocks jump over counts on the offset before the jump, so that it
    denotes the instant which that clock would have reached.

    Raises:
        UnknownZone: the database has no such zone.
    """
    return datetime.combine(day, clock.replace(fold=fold), tzinfo=load(zone))


def midnight(day: date, zone: str) -> datetime:
    """Return the first instant of the local `day`, in UTC.

    Raises:
        UnknownZone: the database has no such zone.
    """
    return localise(day, time(0), zone).astimezone(UTC)


def instants(
    start_date: date,
    start_time: time | None,
    end_date: date,
    end_time: time | None,
    all_day: bool,
    zone: str,
    *,
    latest: date = LATEST_DAY,
    start_fold: int | None = None,
    end_fold: int | None = None,
) -> tuple[datetime, datetime]:
    """Return the start and the end of an event in UTC, half-open.

    `end_date` is the last day of an all-day event: it ends at the next midnight.
    `latest` is the last day accepted, `LATEST_DAY` at most.

    Raises:
        IncompleteTimes: an all-day event has a time, or a timed one lacks one.
        OutOfRange: it starts before 2000 or ends after `latest`.
        EndBeforeStart: it ends before or when it starts.
        TooLong: it lasts longer than 31 days on the wall clock.
        NonexistentTime: clocks jump over one of its times.
        AmbiguousTime: one of its times occurs twice and its fold is None.
        UnknownZone: the database has no such zone.
    """
    latest = min(latest, LATEST_DAY)
    for day in (start_date, end_date):
        if not EARLIEST_DAY <= day <= latest:
            raise OutOfRange(day, EARLIEST_DAY, latest)
    if all_day:
        if start_time is not None or end_time is not None:
            raise IncompleteTimes("An all-day event has no time")
        if end_date < start_date:
            raise EndBeforeStart
        after = end_date + timedelta(days=1)
        _check_length(
            datetime.combine(start_date, time(0)), datetime.combine(after, time(0))
        )
        return midnight(start_date, zone), midnight(after, zone)
    if start_time is None or end_time is None:
        raise IncompleteTimes("A timed event has a start and an end time")
    start = resolve(start_date, start_time, zone, fold=start_fold).astimezone(UTC)
    end = resolve(end_date, end_time, zone, fold=end_fold).astimezone(UTC)
    if start >= end:
        raise EndBeforeStart
    _check_length(
        datetime.combine(start_date, start_time), datetime.combine(end_date, end_time)
    )
    return start, end


def until(last_day: date, zone: str) -> datetime:
    """Return the last second of the local `last_day`, in UTC.

    The UNTIL of a rule whose DTSTART has a zone must be in UTC (RFC 5545 section
    3.3.10); this one includes whatever happens on the last day.

    Raises:
        UnknownZone: the database has no such zone.
    """
    return midnight(last_day + timedelta(days=1), zone) - timedelta(seconds=1)


def _check_length(start: datetime, end: datetime) -> None:
    """Compare wall-clock times: a clock change makes no event too long."""
    if end - start > LONGEST:
        raise TooLong


def _offset(moment: datetime) -> timedelta:
    offset = moment.utcoffset()
    return offset if offset is not None else timedelta(0)
