"""Types, series and one-off dates: two years of agenda around today.

Each date has a UID made from its series and day, by which it is known for ever: what
exists is never written again. Each run tops the series up, so that a demonstration
started long ago still has dates to come.
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
from cms.tasks.mail import hold_back_mail
from events.models import Event, EventType, Series
from events.services.draft import create_draft
from events.services.submit import submit_record
from home.demo.content_files import read_content
from home.demo.dates import (
    change_date,
    list_known_keys,
    make_key,
    make_uid,
    publish_date,
    read_place,
)
from home.demo.recurrence import list_days
from home.demo.rota import Rota
from network.models import Space

MONTHS_BEFORE: Final = 12
MONTHS_AFTER: Final = 12


def load_types(now: datetime.datetime) -> int:
    """Create the types that are missing, known by their slug."""
    known = set(EventType.objects.values_list("slug", flat=True))
    rows = [row for row in read_content("types")["type"] if row["slug"] not in known]
    for row in rows:
        kind = EventType(**row)
        kind.full_clean()
        kind.save()
    return len(rows)


def load_series(now: datetime.datetime) -> int:
    """Create the series that are missing, known by their UID."""
    known = list_known_keys(Series)
    rows = [
        row
        for row in read_content("series")["series"]
        if make_key("series", row["slug"]) not in known
    ]
    for row in rows:
        series = Series(
            uid=make_uid("series", row["slug"]),
            slug=row["slug"],
            title=row["title"],
            type=EventType.objects.get(slug=row["type"]),
            rhythm_note=row["rhythm"],
            summary=row["summary"],
            description=row["description"].strip(),
            visibility=row["visibility"],
        )
        series.full_clean()
        series.save()
    return len(rows)


def load_events(now: datetime.datetime) -> int:
    """Create the dates that are missing; return how many."""
    agenda = _Agenda(now, list_known_keys(Event))
    created = sum(
        _load_series_dates(row, agenda) for row in read_content("series")["series"]
    )
    for row in read_content("singles")["event"]:
        if make_key("single", row["slug_hint"]) not in agenda.known_keys:
            _create_single(row, agenda)
            created += 1
    return created


@dataclass
class _Agenda:
    """What one run knows before it writes: the clock, and what exists."""

    now: datetime.datetime
    known_keys: frozenset[str]

    @property
    def today(self) -> datetime.date:
        return timezone.localdate(self.now)

    @cached_property
    def rota(self) -> Rota:
        return Rota(self.today)

    @cached_property
    def spaces(self) -> dict[str, Space]:
        return Space.objects.in_bulk(field_name="slug")

    @cached_property
    def types(self) -> dict[str, EventType]:
        return EventType.objects.in_bulk(field_name="slug")

    @cached_property
    def series(self) -> dict[str, Series]:
        """The series, by the part of their UID that does not change."""
        return {one.uid.partition("@")[0]: one for one in Series.objects.all()}


def _load_series_dates(row: dict[str, Any], agenda: _Agenda) -> int:
    days = list_days(
        row["rule"],
        agenda.today - relativedelta(months=MONTHS_BEFORE),
        agenda.today + relativedelta(months=MONTHS_AFTER),
    )
    missing = [
        day
        for day in days
        if make_key("series", row["slug"], f"{day:%Y%m%d}") not in agenda.known_keys
    ]
    # Accidents happen on the first run only: dates added later keep to the rule.
    coming = [day for day in missing if day > agenda.today]
    changes = row.get("change", []) if len(missing) == len(days) else []
    accidents = {coming[change["upcoming"]]: change for change in changes}
    for day in missing:
        event = _write_series_date(row, day, agenda)
        publish_date(event, now=agenda.now)
        if day in accidents:
            change_date(event, accidents[day], now=agenda.now)
    return len(missing)


def _write_series_date(
    row: dict[str, Any], day: datetime.date, agenda: _Agenda
) -> Event:
    series = agenda.series[make_key("series", row["slug"])]
    turn = agenda.rota.find_turn(row, day)
    host = agenda.spaces[agenda.rota.find_host(row, turn)]
    return Event(
        uid=make_uid("series", row["slug"], f"{day:%Y%m%d}"),
        series=series,
        recurrence_key=f"{day:%Y%m%d}",
        title=agenda.rota.find_title(row, turn),
        type=agenda.types[row["type"]],
        summary=row["summary"],
        description=row["description"].strip(),
        start_date=day,
        end_date=day,
        start_time=parse_time(row["rule"]["start"]),
        end_time=parse_time(row["rule"]["end"]),
        host=host,
        price=row["price"],
        visibility=row["visibility"],
        **read_place(host, agenda.rota.find_venue(row, turn)),
    )


def _create_single(row: dict[str, Any], agenda: _Agenda) -> None:
    values = _read_single(row, agenda)
    uid = make_uid("single", row["slug_hint"])
    if "submitted_by" in row:
        _submit_single(row, values, uid, agenda.now)
        return
    event = Event(uid=uid, **values)
    event.full_clean()
    publish_date(event, now=agenda.now, tags=row["tags"])
    if row["status"] != event.status:
        change = {"status": row["status"], "reason": row.get("cancel_reason", "")}
        change_date(event, change, now=agenda.now)


def _submit_single(
    row: dict[str, Any], values: dict[str, Any], uid: str, now: datetime.datetime
) -> None:
    """Send a date to the moderators in a member's name, without the mails."""
    member = User.objects.get(email=row["submitted_by"])
    event = create_draft(values={**values, "tags": row["tags"]}, by=member, now=now)
    Event.objects.filter(pk=event.pk).update(uid=uid)
    with hold_back_mail():
        submit_record(event, by=member, now=now)


def _read_single(row: dict[str, Any], agenda: _Agenda) -> dict[str, Any]:
    """Return every column that a member writes, the day counted from today."""
    space = agenda.spaces[row["space"]]
    first = agenda.today + datetime.timedelta(days=row["offset_days"])
    elsewhere = dict.fromkeys(
        ("venue_name", "venue_street", "venue_postcode", "venue_city"), ""
    )
    # A row says what its registration has beside what a date has by itself.
    plain = Event()
    terms = {name: getattr(plain, name) for name in Event.REGISTRATION_FIELDS}
    return {
        **terms,
        **row.get("registration", {}),
        "host": space,
        "type": agenda.types[row["type"]],
        "title": row["title"],
        "summary": row["summary"],
        "description": row["description"].strip(),
        "start_date": first,
        "end_date": first + datetime.timedelta(days=row.get("days", 1) - 1),
        "start_time": parse_time(row["start"]) if "start" in row else None,
        "end_time": parse_time(row["end"]) if "end" in row else None,
        "all_day": row.get("all_day", False),
        "zone": space.zone,
        "online_url": row.get("online_url", ""),
        "price": row["price"],
        "visibility": row["visibility"],
        **elsewhere,
        **read_place(space, row.get("venue")),
    }
