"""What past meetings said and decided, and what became of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from cms.models import User
from events.models import Decision, Event, Minutes, Topic
from events.services.decisions import (
    change_decision,
    link_next_event,
    record_decision,
)
from events.services.minutes import (
    MinutesText,
    ThemeText,
    draft_minutes,
    publish_minutes,
)
from events.services.tasks import add_task, finish_task
from home.demo.accounts import EDITOR, find_account
from home.demo.content_files import read_content
from home.demo.dates import make_key
from network.models import Space

# Somebody writes them up over the next days.
WRITTEN_AFTER: Final = datetime.timedelta(days=3)


@dataclass(frozen=True)
class _Register:
    """What one run knows before it writes."""

    now: datetime.datetime
    by: User
    spaces: dict[str, Space]
    topics: dict[str, Topic]

    def day_after(self, event: Event, days: int | None) -> datetime.date | None:
        return event.start_date + datetime.timedelta(days=days) if days else None

    def moment_after(self, event: Event, days: int) -> datetime.datetime:
        """Return a moment so many days after the meeting, never in the future."""
        return min(event.end_at + datetime.timedelta(days=days), self.now)


def load_minutes(now: datetime.datetime) -> int:
    """Create the minutes that are missing, known by their edition, oldest first."""
    known = set(Minutes.objects.values_list("edition", flat=True))
    content = read_content("minutes")
    rows = [row for row in content["minutes"] if row["edition"] not in known]
    if not rows:
        return 0
    for topic in content["topic"]:
        Topic.objects.get_or_create(
            slug=topic["slug"], defaults={"name": topic["name"]}
        )
    register = _Register(
        now,
        find_account(EDITOR),
        Space.objects.in_bulk(field_name="slug"),
        Topic.objects.in_bulk(field_name="slug"),
    )
    for row in sorted(rows, key=lambda one: one["edition"]):
        _create_minutes(row, register)
    return len(rows)


def _create_minutes(row: dict[str, Any], register: _Register) -> None:
    event = _find_meeting(row, timezone.localdate(register.now))
    written_at = min(event.end_at + WRITTEN_AFTER, register.now)
    text = MinutesText(
        introduction=row["introduction"],
        edition=row["edition"],
        themes=[
            ThemeText(theme["question"], theme["text"].strip(), _write_links(theme))
            for theme in row["theme"]
        ],
        attendees=[
            (one["name"], register.spaces.get(one.get("space", "")))
            for one in row["attendee"]
        ],
    )
    minutes = draft_minutes(event, text=text, by=register.by, now=written_at)
    minutes = publish_minutes(minutes, by=register.by, now=written_at)
    # Published in the days after the meeting, not when the demonstration was loaded.
    Minutes.objects.filter(pk=minutes.pk).update(
        first_published_at=written_at, last_published_at=written_at
    )
    keys = [theme.key for theme in minutes.themes.all()]
    for one in row["decision"]:
        decision = record_decision(
            minutes,
            text=one["text"],
            state=one["first_state"] if "first_state" in one else one["state"],
            theme_key=keys[one["theme"]],
            topic=register.topics[one["topic"]],
            responsible_space=register.spaces.get(one.get("space", "")),
            due_on=register.day_after(event, one.get("due_in_days")),
            by=register.by,
            now=written_at,
        )
        # The register of this network began on paper: it keeps its numbers.
        decision.number = one["number"]
        decision.save(update_fields=["number"])
        _follow_up(decision, event, one, register)


def _follow_up(
    decision: Decision, event: Event, row: dict[str, Any], register: _Register
) -> None:
    for step in row.get("step", []):
        change_decision(
            decision,
            state=step["state"],
            note=step["note"],
            by=register.by,
            now=register.moment_after(event, step["days_later"]),
        )
    for task in row.get("task", []):
        given_at = register.moment_after(event, 4)
        stored = add_task(
            decision,
            title=task["title"],
            space=register.spaces[task["space"]],
            due_on=register.day_after(event, task.get("due_in_days")),
            by=register.by,
            now=given_at,
        )
        if task.get("done", False):
            done_at = register.moment_after(event, task["done_after_days"])
            finish_task(stored, by=register.by, now=done_at)
    if "next_event" in row:
        led_to = Event.objects.get(
            uid__startswith=make_key("single", row["next_event"])
        )
        link_next_event(decision, event=led_to, by=register.by, now=register.now)


def _write_links(theme: dict[str, Any]) -> str:
    return "\n".join(f"{words} {url}" for words, url in theme.get("links", []))


def _find_meeting(row: dict[str, Any], today: datetime.date) -> Event:
    """Return the date of the series in the month that the minutes are about."""
    month = today - relativedelta(months=row["months_ago"])
    return Event.objects.get(
        series__uid__startswith=make_key("series", row["series"]),
        recurrence_key__startswith=f"{month:%Y%m}",
    )
