"""Writing a planned agenda, a part at a time: whoever stops it begins again there.

Each part is one transaction that holds the space, and looks again at what is known:
two runs at once, or one that died half-way, double nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from events.enums import EventStatus
from events.models import Event, ImportedDate, Series
from events.services.departures import WHEN, WHERE, note_departures
from events.services.many_dates import BATCH, create_dates
from events.services.materialise import build_date, materialise_series
from events.services.mirror.rows import say_status, set_status, write_date
from events.services.series_draft import find_free_series_slug
from network.models import Space

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from events.domain.foreign.values import ReadDate
    from events.services.archive.plan import Plan
    from events.services.archive.series import PlannedSeries


def store_plan(plan: Plan, *, now: datetime.datetime) -> Iterator[int]:
    """Publish what ``plan`` holds; give, after each part, how many dates it had."""
    for planned in plan.series:
        _store_series(plan.space, planned, now)
        yield len(planned.dates)
    for start in range(0, len(plan.singles), BATCH):
        part = plan.singles[start : start + BATCH]
        _store_singles(plan.space, part, now)
        yield len(part)


@transaction.atomic
def _store_series(space: Space, planned: PlannedSeries, now: datetime.datetime) -> None:
    _hold(space)
    series = planned.series
    if Series.objects.filter(uid=series.uid).exists():
        return
    series.slug = find_free_series_slug(series.title)
    series.live = True
    series.first_published_at = series.last_published_at = now
    series.save()
    rows = [
        (date, _build_date(planned, key, date, space=space, now=now))
        for key, date in planned.dates.items()
    ]
    create_dates([event for _date, event in rows], now=now)
    _attribute(space, rows, now)
    materialise_series(series, now=now)


@transaction.atomic
def _store_singles(
    space: Space, rows: Sequence[tuple[ReadDate, Event]], now: datetime.datetime
) -> None:
    _hold(space)
    known = set(
        ImportedDate.objects.filter(
            space=space, external_uid__in=[date.external_uid for date, _event in rows]
        ).values_list("external_uid", "recurrence_id")
    )
    new = [
        (date, event)
        for date, event in rows
        if (date.external_uid, date.recurrence_key) not in known
    ]
    create_dates([event for _date, event in new], now=now)
    _attribute(space, new, now)


def _hold(space: Space) -> None:
    Space.objects.select_for_update().get(pk=space.pk)


def _build_date(
    planned: PlannedSeries,
    key: str,
    date: ReadDate,
    *,
    space: Space,
    now: datetime.datetime,
) -> Event:
    event = build_date(planned.series, key=key)
    write_date(event, date, space=space)
    if key in planned.departing:
        groups = ["title", "description", WHERE]
        if "+" not in key:
            groups.append(WHEN)
        note_departures(event, groups)
    status = say_status(date)
    if status != EventStatus.CONFIRMED:
        set_status(event, status, now=now)
    return event


def _attribute(
    space: Space, rows: Sequence[tuple[ReadDate, Event]], now: datetime.datetime
) -> None:
    """Note where each date comes from, by which the next run knows it again."""
    ImportedDate.objects.bulk_create(
        (
            ImportedDate(
                space=space,
                event=event,
                external_uid=date.external_uid,
                recurrence_id=date.recurrence_key,
                content_hash=date.content_hash,
                fingerprint=date.fingerprint,
                source_url=date.url[:500],
                first_seen_at=now,
                last_seen_at=now,
            )
            for date, event in rows
        ),
        batch_size=BATCH,
    )
