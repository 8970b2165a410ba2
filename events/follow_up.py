"""What a member's spaces have to do: their tasks, the decisions in their hands."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from events.decision_rows import DecisionRow, make_decision_rows, read_stories
from events.models import Decision, Task

if TYPE_CHECKING:
    from cms.models import User
    from network.querysets import SpaceQuerySet


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of a space."""

    task: Task
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is due first stands first; ``late`` counts what is overdue."""

    tasks: list[TaskRow]
    decisions: list[DecisionRow]

    @property
    def late(self) -> int:
        flags = [row.is_overdue for row in self.tasks]
        return sum(flags + [row.is_overdue for row in self.decisions])

    def __bool__(self) -> bool:
        return bool(self.tasks or self.decisions)


def read_follow_up(
    user: User, spaces: SpaceQuerySet, *, today: datetime.date, limit: int | None = None
) -> FollowUp:
    """Read what ``spaces`` have to do, ``limit`` of each kind. Six queries at most."""
    tasks = Task.objects.to_do().filter(space__in=spaces)
    mine = (
        Decision.objects.filter(minutes__live=True, responsible_space__in=spaces)
        .unfinished()
        .due_first()
    )
    return FollowUp(
        [
            TaskRow(task, task.is_overdue(today))
            for task in tasks.select_related("space", "decision")[:limit]
        ],
        make_decision_rows(
            read_stories(mine, user, today)[:limit], today=today, for_member=True
        ),
    )
