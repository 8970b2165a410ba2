"""Who comes to the dates: invented people, who register as visitors and members do."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.utils.text import slugify

from cms.folding import fold_to_words
from cms.models import User
from events.models import Registration
from events.services.registration import (
    confirm_registration,
    mark_attendance,
    register,
)
from home.demo.content_files import read_content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from events.models import Event

# They register over some days: the first of them so long before.
FIRST_ASKED: Final = datetime.timedelta(days=9)
ASKED_EVERY: Final = datetime.timedelta(hours=5)
CONFIRMED_AFTER: Final = datetime.timedelta(minutes=20)


def register_people(event: Event, *, name: str, now: datetime.datetime) -> None:
    """Register those whom the content lists for the one-off date ``name``."""
    for row in _read_lists():
        if row.get("date") == name:
            _fill_list(event, row, now=now)


def register_people_of_series(
    slug: str, dates: Sequence[Event], *, now: datetime.datetime
) -> None:
    """Register those whom the content lists for ``dates``, the next ones of a series."""
    for row in _read_lists():
        if row.get("series") == slug:
            _fill_list(dates[row["coming"]], row, now=now)


@cache
def _read_lists() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_content("registrations")["list"]
    return rows


@cache
def _read_people() -> list[str]:
    people: list[str] = read_content("registrations")["person"]
    return people


def _fill_list(event: Event, row: dict[str, Any], *, now: datetime.datetime) -> None:
    first_at = min(now, event.start_at) - FIRST_ASKED
    companions, answers = row.get("companions", []), row.get("answers", [])
    for rank, (name, email, user) in enumerate(_list_people(row)):
        asked_at = first_at + rank * ASKED_EVERY
        register(
            event,
            name=name,
            email=email,
            companions=companions[rank] if rank < len(companions) else 0,
            answers=[answers[rank]] if rank < len(answers) else [],
            user=user,
            language="fr",
            now=asked_at,
        )
        if user is None:
            asked = Registration.objects.get(event=event, email=email)
            confirm_registration(asked, now=asked_at + CONFIRMED_AFTER)
    if "absent" in row:
        _note_attendance(event, absent=row["absent"], now=now)


def _list_people(row: dict[str, Any]) -> Iterator[tuple[str, str, User | None]]:
    """Yield name, address and account: visitors first, then members."""
    people = _read_people()
    for rank in range(row.get("first", 0), row.get("first", 0) + row.get("count", 0)):
        name = people[rank % len(people)]
        first_name = name.partition(",")[0]
        yield name, f"{slugify(fold_to_words(first_name))}@hub.invalid", None
    for user in User.objects.filter(email__in=row.get("accounts", [])).order_by("pk"):
        yield user.name, user.email, user


def _note_attendance(event: Event, *, absent: int, now: datetime.datetime) -> None:
    rows = Registration.objects.filter(event=event).confirmed().order_by("pk")
    listed = list(rows.values_list("pk", flat=True))
    mark_attendance(event, listed=listed, came=listed[absent:], now=now)
