"""Tasks that the tests store: they leave a word, fail, or store another task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task

if TYPE_CHECKING:
    from datetime import datetime

# What ran, in order; the fixture `ran` empties it.
ran: list[Any] = []


@task
def note(word: str) -> None:
    ran.append(word)


@task
def note_surroundings() -> None:
    ran.append((translation.get_language(), timezone.get_current_timezone_name()))


@task
def note_then_store(word: str, following: str) -> None:
    with transaction.atomic():
        note.enqueue(following)
    ran.append(word)


@task
def fail(message: str) -> None:
    ran.append(message)
    raise ValueError(message)


@task
def interrupt() -> None:
    raise KeyboardInterrupt


def note_turn(now: datetime) -> None:
    ran.append(now)


def fail_turn(now: datetime) -> None:
    raise ValueError("the calendar is unreachable")
