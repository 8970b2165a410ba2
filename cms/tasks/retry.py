"""Try failed tasks again, later and later, and free those whose process was killed.

The row itself keeps the count: the library appends a worker's name to ``worker_ids``
at each attempt, and we mark there the attempts whose process was killed. A row is
FAILED for longer than a moment only when it is given up and waits for a person.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

if TYPE_CHECKING:
    from datetime import datetime

    from django_tasks_db.backend import TaskResult

logger = logging.getLogger(__name__)

# How long to wait after the first failure, the second…; one failure more is the last.
RETRY_DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
# No task of ours comes near; a row RUNNING for longer has lost its process.
STUCK_AFTER = timedelta(minutes=15)
MAX_RESTARTS = 3
_KILLED = "killed:"


def count_restarts(task: DBTaskResult) -> int:
    """Return how many attempts ended with the death of their process."""
    return sum(worker.startswith(_KILLED) for worker in task.worker_ids)


def count_failures(task: DBTaskResult) -> int:
    """Return how many attempts of a task that is not running ended in an error."""
    return len(task.worker_ids) - count_restarts(task)


def find_retry_delay(task: DBTaskResult) -> timedelta | None:
    """Return how long a failed task waits for its next attempt; None: it is given up."""
    failures = count_failures(task)
    if count_restarts(task) > MAX_RESTARTS or failures > len(RETRY_DELAYS):
        return None
    return RETRY_DELAYS[max(failures - 1, 0)]


def schedule_retry(task: DBTaskResult, *, now: datetime) -> bool:
    """Make a failed task ready for its next attempt; False when it is given up."""
    delay = find_retry_delay(task)
    if delay is None:
        return False
    failed = DBTaskResult.objects.filter(
        pk=task.pk, status=TaskResultStatus.FAILED, worker_ids=task.worker_ids
    )
    return bool(
        failed.update(
            status=TaskResultStatus.READY, run_after=now + delay, finished_at=None
        )
    )


def retry_failed_task(task_result: TaskResult, **kwargs: Any) -> None:
    """Receive the library's ``task_finished``, from our runner and from `db_worker`.

    An exception here would end the worker: what it could not write,
    `requeue_failed_tasks` writes later.
    """
    if task_result.status != TaskResultStatus.FAILED:
        return
    task = task_result.db_result
    if find_retry_delay(task) is None:
        logger.error("Task id=%s path=%s is given up", task.pk, task.task_path)
        return
    try:
        schedule_retry(task, now=timezone.now())
    except DatabaseError:
        logger.exception("Task id=%s waits for run_due to be tried again", task.pk)


def requeue_failed_tasks(now: datetime) -> int:
    """Schedule the failed tasks whose process ended before it could do so.

    Also those whose code was missing when they ran (a deployment under way), for
    which the library sends no signal.
    """
    failed = DBTaskResult.objects.failed()
    return sum(schedule_retry(task, now=now) for task in failed)


def requeue_stuck_tasks(now: datetime) -> int:
    """Put back the tasks whose process was killed; give up after three restarts.

    Tasks may therefore run twice: each one bears it.
    """
    stuck = DBTaskResult.objects.running().filter(started_at__lte=now - STUCK_AFTER)
    return sum(_requeue_stuck_task(task, now) for task in stuck)


def _requeue_stuck_task(task: DBTaskResult, now: datetime) -> bool:
    *former, last = task.worker_ids or [""]
    task.worker_ids = [*former, f"{_KILLED}{last}"]
    # Another process may have freed it, or its own come back, since it was read.
    unchanged = DBTaskResult.objects.filter(
        pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at
    )
    if count_restarts(task) <= MAX_RESTARTS:
        return bool(
            unchanged.update(
                status=TaskResultStatus.READY,
                worker_ids=task.worker_ids,
                run_after=get_date_max(),
            )
        )
    unchanged.update(
        status=TaskResultStatus.FAILED,
        worker_ids=task.worker_ids,
        finished_at=now,
        exception_class_path="builtins.InterruptedError",
        traceback=(
            f"InterruptedError: its process was killed {MAX_RESTARTS + 1} times"
            " while running it\n"
        ),
    )
    logger.error("Task id=%s path=%s is given up", task.pk, task.task_path)
    return False
