"""What past meetings said and decided."""

from __future__ import annotations

import datetime
from typing import Any, Final

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from events.models import Decision, Event, Minutes, MinutesTheme
from home.demo.content_files import read_content
from home.demo.dates import make_key
from network.models import Space

# Somebody writes them up over the next days.
WRITTEN_AFTER: Final = datetime.timedelta(days=3)


def load_minutes(now: datetime.datetime) -> int:
    """Create the minutes that are missing, known by their edition."""
    known = set(Minutes.objects.values_list("edition", flat=True))
    rows = [
        row for row in read_content("minutes")["minutes"] if row["edition"] not in known
    ]
    spaces = Space.objects.in_bulk(field_name="slug") if rows else {}
    for row in rows:
        _create_minutes(row, spaces, now)
    return len(rows)


def _create_minutes(
    row: dict[str, Any], spaces: dict[str, Space], now: datetime.datetime
) -> None:
    event = _find_meeting(row, timezone.localdate(now))
    minutes = Minutes(
        event=event,
        edition=row["edition"],
        introduction=row["introduction"],
        first_published_at=min(event.end_at + WRITTEN_AFTER, now),
    )
    minutes.themes.add(
        *(
            MinutesTheme(
                question=theme["question"], text=theme["text"].strip(), sort_order=order
            )
            for order, theme in enumerate(row["theme"])
        )
    )
    minutes.full_clean()
    minutes.save()
    themes = list(minutes.themes.all())
    Decision.objects.bulk_create(
        Decision(
            minutes=minutes,
            theme=themes[decision["theme"]],
            number=decision["number"],
            text=decision["text"],
            state=decision["state"],
            responsible_space=spaces.get(decision.get("space", "")),
            due_on=_find_due_day(event, decision),
        )
        for decision in row["decision"]
    )


def _find_meeting(row: dict[str, Any], today: datetime.date) -> Event:
    """Return the date of the series in the month that the minutes are about."""
    month = today - relativedelta(months=row["months_ago"])
    return Event.objects.get(
        series__uid__startswith=make_key("series", row["series"]),
        recurrence_key__startswith=f"{month:%Y%m}",
    )


def _find_due_day(event: Event, decision: dict[str, Any]) -> datetime.date | None:
    if "due_in_days" not in decision:
        return None
    return event.start_date + datetime.timedelta(days=decision["due_in_days"])
