"""Making the dates of a series: rows eighteen months ahead, each made once.

Running it again changes nothing: a day that has a row, whatever became of it, or that
was left out, gets none (invariant I10).
"""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from dateutil.relativedelta import relativedelta
from django.db import transaction

from events.domain.errors import CalendarError
from events.domain.holidays import find_holiday
from events.domain.hours import put_on_wall
from events.domain.recurrence import list_days, next_days
from events.domain.timezones import load
from events.enums import ExclusionKind
from events.models import Event, Series, SeriesExclusion
from events.services.many_dates import create_dates
from events.services.rota import plan_rota

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)

HORIZON: Final = relativedelta(months=18)
MOST_FUTURE: Final = 800
"""How many live dates to come one series has (invariant I13)."""

_ONE_DAY: Final = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day that the rule of a series gives, and what comes of it.

    Attributes:
        holiday: the name of the public holiday on which the series pauses, else "".
        is_left_out: the writer unticked it.
        is_moved: the clock does not show the hours of the series once on that day, so
            that the date begins or ends an hour later.
    """

    day: datetime.date
    holiday: str = ""
    is_left_out: bool = False
    is_moved: bool = False

    @property
    def has_date(self) -> bool:
        return not (self.holiday or self.is_left_out)

    @property
    def key(self) -> str:
        return make_key(self.day)


@dataclass(slots=True)
class Materialised:
    """What was made: the new dates, and the days newly left out for a holiday.

    ``is_full``: the series has as many dates to come as it may.
    """

    created: list[Event] = field(default_factory=list)
    holidays: list[PlannedDay] = field(default_factory=list)
    is_full: bool = False


def make_key(day: datetime.date) -> str:
    """Return the recurrence key of the date that the rule gives on ``day``."""
    return f"{day:%Y%m%d}"


def plan_days(
    series: Series, *, now: datetime.datetime, limit: int
) -> list[PlannedDay]:
    """Return the next ``limit`` days of the rule, today included, ascending.

    Those without a date (holiday, left out) are among them and say why. Works on a
    draft that was never saved, without any query once its host is known.

    Raises:
        events.domain.errors.CalendarError: the draft makes no rule or has no hours;
            its ``full_clean`` says so on the field.
    """
    rule = series.rule
    if rule is None:
        return []
    eve = max(_today(series, now), rule.first_day) - _ONE_DAY
    return list(_plan(series, next_days(rule, eve, limit)))


@transaction.atomic
def materialise_series(series: Series, *, now: datetime.datetime) -> Materialised:
    """Make the missing dates of a live series, those not ended at ``now``.

    Holds the series until the commit, so that two clocks make each date once. The
    number of queries does not grow with the dates, but for their batches.
    """
    row = _lock(series)
    made = Materialised()
    rule = row.rule if row.live else None
    if rule is None:
        return made
    today = _today(row, now)
    last = today + HORIZON
    # A date that began before today may not have ended.
    first = today - datetime.timedelta(days=row.lasts_days)
    known = set(row.events.values_list("recurrence_key", flat=True))
    known.update(row.exclusions.values_list("recurrence_key", flat=True))
    missing = (
        day for day in list_days(rule, first, last) if make_key(day) not in known
    )
    planned = list(_plan(row, missing))
    made.holidays = [day for day in planned if day.holiday and not day.is_left_out]
    SeriesExclusion.objects.bulk_create(
        SeriesExclusion(
            series=row,
            recurrence_key=day.key,
            kind=ExclusionKind.HOLIDAY,
            reason=day.holiday,
        )
        for day in made.holidays
    )
    coming = (_build_rule_date(row, day) for day in planned if day.has_date)
    coming = (event for event in coming if not event.is_past(now))
    free = MOST_FUTURE - row.events.filter(live=True).upcoming(now).count()
    made.created = list(islice(coming, max(free, 0)))
    made.is_full = next(coming, None) is not None
    create_dates(made.created, now=now)
    if row.materialised_until != last:
        row.materialised_until = last
        row.save(update_fields=["materialised_until"])
    plan_hosts(row, now=now)
    return made


def extend_series(now: datetime.datetime) -> None:
    """The daily job of the clock: ``materialise_all``."""
    materialise_all(now)


def materialise_all(now: datetime.datetime) -> int:
    """Make the missing dates of every live series; return how many dates were made.

    Each series in a transaction of its own.
    """
    made = 0
    for series in Series.objects.filter(live=True):
        try:
            made += len(materialise_series(series, now=now).created)
        except CalendarError:
            # One broken rule, stored before its columns were checked, stops no other.
            logger.exception("Series %s makes no dates", series.pk)
    return made


def plan_hosts(series: Series, *, now: datetime.datetime) -> None:
    """Let the rota give the dates to come their hosts, where there is a rota."""
    if series.rota_hosts.exists():
        plan_rota(series, now=now)


def build_date(series: Series, *, key: str, **values: Any) -> Event:
    """Return, unsaved, a date of ``series`` that has no hours yet but ``values``.

    Its texts, host, place and terms are those of the series.
    """
    event = Event(series=series, recurrence_key=key, host=series.host)
    for columns in Series.TEMPLATE.values():
        for name in columns:
            setattr(event, name, getattr(series, name))
    set_place(series, event)
    for name, value in values.items():
        setattr(event, name, value)
    return event


def _build_rule_date(series: Series, planned: PlannedDay) -> Event:
    event = build_date(series, key=planned.key)
    set_clock(series, event, planned.day)
    return event


def set_place(series: Series, event: Event) -> None:
    """Put ``event`` where its series is held: at its host, or at the given place."""
    is_at_host = series.is_held_at_host and event.host is not None
    place = Event(venue=event.host, room=series.room) if is_at_host else series
    for name in Event.WHERE:
        setattr(event, name, getattr(place, name))


def set_clock(series: Series, event: Event, day: datetime.date) -> None:
    """Give ``event`` the hours of its series on ``day``, as the clock shows them.

    Raises:
        events.domain.errors.CalendarError: the series has no hours.
    """
    clock = put_on_wall(day, series.hours)
    event.start_date, event.start_time = clock.start_date, clock.start_time
    event.end_date, event.end_time = clock.end_date, clock.end_time
    event.all_day, event.zone = series.all_day, series.zone
    event.derive_instants()


def list_rule_days(
    series: Series, first: datetime.date, last: datetime.date
) -> set[datetime.date]:
    """Return the days from ``first`` to ``last`` on which ``series`` has a date."""
    rule = series.rule
    if rule is None:
        return set()
    days = _plan(series, list_days(rule, first, last))
    return {planned.day for planned in days if planned.has_date}


def _plan(series: Series, days: Any) -> Iterator[PlannedDay]:
    left_out = series.left_out_days
    territory = series.holiday_territory if series.skips_holidays else None
    hours = series.hours
    for day in days:
        holiday = find_holiday(day, territory) if territory else None
        moved = put_on_wall(day, hours).is_moved
        yield PlannedDay(day, holiday or "", day in left_out, moved)


def _today(series: Series, now: datetime.datetime) -> datetime.date:
    return now.astimezone(load(series.zone)).date()


def _lock(series: Series) -> Series:
    rows = Series.objects.select_for_update(of=("self",)).with_template()
    return rows.get(pk=series.pk)
