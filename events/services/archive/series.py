"""A repeating event of a file as a series of ours, where it gives the very same dates.

The dates that the file gives are the truth: a rule of ours that differs from them in
one day or hour is not used, and its dates come one by one.
"""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from events.domain.calendar_values import CalendarStatus
from events.domain.errors import CalendarError
from events.domain.hours import put_on_wall
from events.domain.recurrence import list_days
from events.models import Series
from events.services.materialise import make_key
from events.services.mirror.origin import make_series_uid
from events.services.mirror.rows import (
    PLACE_LENGTH,
    TITLE_LENGTH,
    is_at_home,
    shorten,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from events.domain.foreign.values import ReadDate, ReadSeries
    from events.models import EventType
    from network.models import Space


@dataclass(slots=True)
class PlannedSeries:
    """A series to be, unsaved, and those of its dates that the file tells.

    Attributes:
        dates: our recurrence key of each date. Those to come that only the rule gives
            are made by ``materialise_series``.
        departing: keys of the dates that the file tells apart from the others.
    """

    series: Series
    external_uid: str
    dates: dict[str, ReadDate] = field(default_factory=dict)
    departing: set[str] = field(default_factory=set)


class _Differs(Exception):
    """The rule would give other dates than the file."""


def plan_series(
    read: ReadSeries,
    dates: Iterable[ReadDate],
    *,
    space: Space,
    event_type: EventType,
    last_day: datetime.date,
) -> PlannedSeries | None:
    """Return the series of a repeating event; None when no rule of ours is the same.

    ``dates`` are all that the file gives of it; those of the rule after ``last_day``
    are left to the clock.
    """
    if read.rule is None or read.first.status == CalendarStatus.CANCELLED:
        return None
    try:
        series = _build_series(read, space, event_type)
        return _lay_out(series, read, dates, last_day)
    except (CalendarError, ValidationError, _Differs):
        return None


def _build_series(read: ReadSeries, space: Space, event_type: EventType) -> Series:
    first = read.first
    series = Series(
        uid=make_series_uid(space, read.external_uid),
        title=shorten(first.title, TITLE_LENGTH),
        description=first.description,
        type=event_type,
        host=space,
        first_day=first.start_date,
        start_time=first.start_time,
        end_time=first.end_time,
        lasts_days=(first.end_date - first.start_date).days,
        all_day=first.all_day,
        zone=first.zone,
        left_out=sorted({_read_day(key).isoformat() for key in read.exclusions}),
    )
    if not is_at_home(first.location, space):
        series.is_held_at_host = False
        series.venue_name = shorten(first.location, PLACE_LENGTH)
    for name, value in _read_rule(read).items():
        setattr(series, name, value)
    given = {"uid", "slug", "type", "host"}
    series.full_clean(given, validate_unique=False, validate_constraints=False)
    return series


def _read_rule(read: ReadSeries) -> dict[str, Any]:
    words = asdict(read.rule) if read.rule else {}
    lists = {name: list(words.pop(name)) for name in ("weekdays", "months")}
    return {"rhythm": words.pop("frequency"), **words, **lists}


def _lay_out(
    series: Series,
    read: ReadSeries,
    dates: Iterable[ReadDate],
    last_day: datetime.date,
) -> PlannedSeries:
    """Give each date of the file its key.

    Raises:
        _Differs: the rule gives a date that the file lacks, or at another hour.
    """
    rule = series.rule
    if rule is None:
        raise _Differs
    planned = PlannedSeries(series, read.external_uid)
    told_apart = {date.recurrence_key: date for date in read.overrides}
    furthest = max([last_day, *map(_read_day, told_apart)])
    free = set(list_days(rule, rule.first_day, furthest)) - series.left_out_days
    for date in dates:
        day = _read_day(date.recurrence_key)
        is_extra = date.recurrence_key in read.additions
        departs = date.recurrence_key in told_apart
        if day > last_day and not (is_extra or departs):
            continue
        if day in free and not is_extra:
            free.discard(day)
            key = make_key(day)
            if not departs and not _is_on_clock(series, day, date):
                raise _Differs
        elif is_extra or departs:
            key = _number_extra(day, planned.dates)
        else:
            raise _Differs
        planned.dates[key] = date
        if departs:
            planned.departing.add(key)
    if any(day <= last_day for day in free):
        raise _Differs
    return planned


def _is_on_clock(series: Series, day: datetime.date, date: ReadDate) -> bool:
    clock = put_on_wall(day, series.hours)
    said = date.start_date, date.start_time, date.end_date, date.end_time, date.zone
    ours = clock.start_date, clock.start_time, clock.end_date, clock.end_time
    return clock.is_moved or said == (*ours, series.zone)


def _number_extra(day: datetime.date, taken: Iterable[str]) -> str:
    base = f"{make_key(day)}+"
    return f"{base}{1 + sum(key.startswith(base) for key in taken)}"


def _read_day(key: str) -> datetime.date:
    return datetime.date.fromisoformat(key[:8])
