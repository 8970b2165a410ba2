"""What the tests of series share: publishing, reading rows, reading feeds."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.test import Client

from events.models import Event, Series
from tests.factories.events import EventTypeFactory, SeriesFactory

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


def day(text: str) -> datetime.date:
    """Read “2026-12-03”."""
    return datetime.date.fromisoformat(text)


def clock(text: str) -> datetime.time:
    """Read “12:15”."""
    return datetime.time.fromisoformat(text)


def make_draft(**values: Any) -> Series:
    """Return a recurring series, checked, that was never published."""
    series = SeriesFactory.build(
        recurring=True, live=False, **{"type": EventTypeFactory(), **values}
    )
    series.full_clean()
    series.save()
    return series


def publish(series: Series, **changes: Any) -> Series:
    """Publish a draft of ``series`` with ``changes``, and return the row."""
    draft = Series.objects.get(pk=series.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.full_clean()
    draft.save_revision().publish()
    return Series.objects.get(pk=series.pk)


def make_series(**values: Any) -> Series:
    """Return a published recurring series, its dates made."""
    return publish(make_draft(**values))


def dates_of(series: Series) -> list[Event]:
    return list(Event.objects.filter(series=series).order_by("start_at", "pk"))


def days_of(series: Series, *, status: str | None = None) -> list[str]:
    """Return the days of its dates, “2026-12-03”, soonest first."""
    return [
        f"{event.start_date}"
        for event in dates_of(series)
        if status is None or event.status == status
    ]


def date_of(series: Series, text: str) -> Event:
    """Return the date whose key is the day ``text``."""
    return Event.objects.get(series=series, recurrence_key=text.replace("-", ""))


def read_feed(client: Client, path: str = "/agenda/flux.ics") -> dict[str, str]:
    """Return each VEVENT of a feed by its UID, unfolded."""
    body = client.get(path).content.decode().replace("\r\n ", "")
    found = re.findall(r"BEGIN:VEVENT.*?END:VEVENT\r\n", body, re.DOTALL)
    return {re.search(r"UID:(\S+)", one)[1]: one for one in found}


def read_line(fragment: str, name: str) -> str:
    """Return a property of a VEVENT, its parameters included."""
    return next(
        line for line in fragment.split("\r\n") if re.match(rf"{name}[:;]", line)
    )
