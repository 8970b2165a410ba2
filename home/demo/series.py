"""The series: created a year ago by their rule, and lived in since.

Their dates are made, given hosts, moved and called off by the services that members
use, with the moment at which it happened. A series that exists gets the dates that
came since, as the daily clock gives them, and nothing else.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.dateparse import parse_time

from cms.models import User
from events.enums import Rhythm
from events.models import Event, EventType, Programme, Series
from events.services.materialise import HORIZON, materialise_series
from events.services.rota import join_rota
from home.demo import series_changes, turns
from home.demo.accounts import MODERATOR, TRUSTED_MEMBER, find_account
from home.demo.content_files import read_content
from home.demo.dates import (
    list_known_keys,
    make_key,
    make_uid,
    name_dates,
    read_place,
)
from home.demo.registrations import register_people_of_series
from network.models import Space

MONTHS_BEFORE: Final = 12


def load_programmes(now: datetime.datetime) -> int:
    """Create the programmes that are missing, known by their slug."""
    known = set(Programme.objects.values_list("slug", flat=True))
    rows = read_content("series")["programme"]
    missing = [row for row in rows if row["slug"] not in known]
    for row in missing:
        programme = Programme(**{**row, "description": row["description"].strip()})
        programme.full_clean()
        programme.save()
    return len(missing)


def load_series(now: datetime.datetime) -> int:
    """Create the series that are missing, known by their UID, with their dates."""
    known = list_known_keys(Series)
    missing = [
        row
        for row in read_content("series")["series"]
        if make_key("series", row["slug"]) not in known
    ]
    calendar = _Calendar(now)
    for row in missing:
        _create_series(row, calendar)
    return len(missing)


def extend_series(now: datetime.datetime) -> int:
    """Make the dates that came since the last run; return how many."""
    slugs = [row["slug"] for row in read_content("series")["series"]]
    late = Series.objects.filter(
        live=True,
        slug__in=slugs,
        materialised_until__lt=timezone.localdate(now) + HORIZON,
    )
    return sum(_make_dates(series, now=now) for series in late)


@dataclass
class _Calendar:
    """What one run knows before it writes."""

    now: datetime.datetime

    @cached_property
    def moderator(self) -> User:
        return find_account(MODERATOR)

    @cached_property
    def spaces(self) -> dict[str, Space]:
        return Space.objects.in_bulk(field_name="slug")

    @cached_property
    def types(self) -> dict[str, EventType]:
        return EventType.objects.in_bulk(field_name="slug")

    @cached_property
    def programmes(self) -> dict[str, Programme]:
        return Programme.objects.in_bulk(field_name="slug")


def _create_series(row: dict[str, Any], calendar: _Calendar) -> None:
    now, by = calendar.now, calendar.moderator
    begun = now - relativedelta(months=row.get("months_before", MONTHS_BEFORE))
    series = _write_series(row, calendar, begun=begun)
    for slug in turns.order_hosts(row, series, begun=begun, today=_day(now)):
        join_rota(series, space=calendar.spaces[slug], by=by, now=begun)
    if series.rhythm == Rhythm.TURNS:
        turns.fill_turns(row, series, by=by, begun=begun, now=now)
    # What had been announced in the first year, then what comes after it.
    for moment in (begun, now):
        _make_dates(series, now=moment)
    meetings = turns.list_meetings(row, series, today=_day(now))
    turns.set_tables(row, meetings, by=by, now=now)
    turns.give_titles(row, meetings, by=by, now=now)
    if "volunteer" in row:
        space = calendar.spaces[row["volunteer"]]
        join_rota(series, space=space, by=find_account(TRUSTED_MEMBER), now=now)
    coming = Event.objects.filter(series=series).upcoming(now)
    dates = list(coming.order_by("recurrence_key"))
    register_people_of_series(row["slug"], dates, now=now)
    for change in row.get("change", []):
        series_changes.change_date(
            dates[change["coming"]], change, spaces=calendar.spaces, by=by, now=now
        )


def _write_series(
    row: dict[str, Any], calendar: _Calendar, *, begun: datetime.datetime
) -> Series:
    """Store a series that was published when it began.

    Straight to the row: a publication would be dated today.
    """
    place = {}
    if "venues" in row:
        place = {"is_held_at_host": False, **read_place(row["venues"][0])}
    start, end = row["hours"]
    series = Series(
        uid=make_uid("series", row["slug"]),
        **{name: row[name] for name in ("slug", "title", "summary", "visibility")},
        description=row["description"].strip(),
        price=row["price"],
        type=calendar.types[row["type"]],
        programme=calendar.programmes.get(row.get("programme", "")),
        host=calendar.spaces[row["host"]],
        **place,
        **row["rule"],
        **row.get("registration", {}),
        first_day=_day(begun),
        start_time=parse_time(start),
        end_time=parse_time(end),
        first_published_at=begun,
        last_published_at=begun,
    )
    series.full_clean()
    series.save()
    return series


def _make_dates(series: Series, *, now: datetime.datetime) -> int:
    created = materialise_series(series, now=now).created
    name_dates(series.slug, created, now=now)
    return len(created)


def _day(moment: datetime.datetime) -> datetime.date:
    return timezone.localdate(moment)
