"""What spaces have to do: given with a decision or alone, done, taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from events.models import Task
from events.services.decisions import lock_decision
from events.services.minutes_keeping import follows_decision, require_follower
from events.services.minutes_refusals import (
    ClosedSpace,
    NotPublishedMinutes,
    NotTheirTask,
)
from network.enums import SpaceStatus
from network.models import Space

if TYPE_CHECKING:
    import datetime

    from cms.models import User
    from events.models import Decision


@transaction.atomic
def add_task(
    decision: Decision,
    *,
    title: str,
    space: Space,
    by: User,
    now: datetime.datetime,
    due_on: datetime.date | None = None,
) -> Task:
    """Give ``space`` something to do because of a decision.

    Raises:
        NotInCharge: ``by`` neither answers for the decision nor keeps its minutes.
        NotPublishedMinutes: its minutes are a draft or were withdrawn.
        ClosedSpace: ``space`` is closed.
        ValidationError: the title is too long; a form has checked it before.
    """
    row = lock_decision(decision)
    require_follower(by, row, now=now)
    if not row.minutes.live:
        raise NotPublishedMinutes
    if space.status == SpaceStatus.CLOSED:
        raise ClosedSpace
    task = Task(decision=row, title=title, space=space, due_on=due_on, created_at=now)
    task.full_clean()
    task.save()
    return task


@transaction.atomic
def finish_task(task: Task, *, by: User, now: datetime.datetime) -> Task:
    """Mark a task as done; doing so twice changes nothing.

    Raises:
        NotTheirTask: ``by`` neither speaks for its space nor follows its decision.
    """
    row = _lock(task, by, now)
    if row.done_at is None:
        row.done_at, row.done_by = now, by
        row.save(update_fields=["done_at", "done_by"])
    return row


@transaction.atomic
def reopen_task(task: Task, *, by: User, now: datetime.datetime) -> Task:
    """Mark a task as still to do.

    Raises:
        NotTheirTask: ``by`` neither speaks for its space nor follows its decision.
    """
    row = _lock(task, by, now)
    row.done_at = row.done_by = None
    row.save(update_fields=["done_at", "done_by"])
    return row


def _lock(task: Task, by: User, now: datetime.datetime) -> Task:
    row = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    managed = Space.objects.managed_by(by, timezone.localdate(now))
    if managed.filter(pk=row.space_id).exists():
        return row
    if row.decision and follows_decision(by, row.decision, now=now):
        return row
    raise NotTheirTask
