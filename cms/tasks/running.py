"""Run stored tasks in this process, claimed as `manage.py db_worker` claims them."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections import deque
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import OperationalError
from django.utils import timezone, translation
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from django_tasks_db.models import DBTaskResultQuerySet

# Tasks stored while this process runs one: they join its queue, they do not nest.
_queue: ContextVar[deque[UUID] | None] = ContextVar("running_tasks", default=None)


class Budget:
    """Seconds that may be spent; a task begun within them is never cut short."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    @property
    def is_spent(self) -> bool:
        return self.seconds <= 0

    @contextmanager
    def spend(self) -> Iterator[None]:
        """Take the time that the block lasts."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.seconds -= time.monotonic() - begun


def run_tasks(task_ids: Iterable[UUID], budget: Budget) -> int:
    """Run these tasks and those they store, in order; return how many ran.

    Tasks that are due later or that another process holds are passed over. Called
    from within a task, it only adds to what is already being run.
    """
    waiting = _queue.get()
    if waiting is not None:
        waiting.extend(task_ids)
        return 0
    queue = deque(task_ids)
    ran = 0
    with _running(queue):
        while queue and not budget.is_spent:
            with budget.spend():
                ready = DBTaskResult.objects.ready().filter(pk=queue.popleft())
                ran += _run_one(ready)
    return ran


def run_ready_tasks(budget: Budget) -> int:
    """Run every task that is ready, first things first; return how many ran."""
    ready = DBTaskResult.objects.filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)
    ran = 0
    # Tasks stored meanwhile are ready rows, which this loop meets by itself.
    with _running(deque()):
        while not budget.is_spent:
            with budget.spend():
                if not _run_one(ready.ready()):
                    break
            ran += 1
    return ran


@contextmanager
def _running(queue: deque[UUID]) -> Iterator[None]:
    """Give tasks the same language and zone here as in a worker."""
    token = _queue.set(queue)
    try:
        with translation.override(settings.LANGUAGE_CODE), timezone.override(None):
            yield
    finally:
        _queue.reset(token)


def _run_one(ready: DBTaskResultQuerySet) -> bool:
    worker_id = f"{socket.gethostname()}:{os.getpid()}:{threading.get_native_id()}"[
        -64:
    ]
    task = claim_task(ready, worker_id)
    if task is None:
        return False
    # The library's own runner: results, signals and failures are those of a worker.
    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=task.backend_name,
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
    ).run_task(task)
    if task.exception_class_path == "builtins.KeyboardInterrupt":
        # The library makes it a failure, to be retried; this process must end all
        # the same.
        raise KeyboardInterrupt
    return True


def claim_task(ready: DBTaskResultQuerySet, worker_id: str) -> DBTaskResult | None:
    """Take the first of these tasks; None when there is none, or the database is busy."""
    try:
        with exclusive_transaction(ready.db):
            task = ready.get_locked()
            if task is not None:
                task.claim(worker_id)
    except OperationalError as error:
        if is_locked_database_exception(error):
            return None
        raise
    return task
