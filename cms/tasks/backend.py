"""The task backend: a task is a row, stored with what asks for it, run after the commit."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from asgiref.sync import sync_to_async
from django.db import router, transaction
from django_tasks_db.backend import DatabaseBackend

if TYPE_CHECKING:
    from uuid import UUID

    from django_tasks_db.backend import TaskResult

    from cms.tasks.running import Budget

logger = logging.getLogger(__name__)

# What all the tasks of one transaction may take from the request that stored them;
# what is left waits for the next `manage.py run_due`.
SECONDS_PER_TRANSACTION = 10.0


class CommittedTask:
    """A stored task that runs as soon as its transaction is committed."""

    def __init__(self, task_id: UUID, budget: Budget) -> None:
        self.task_id = task_id
        self.budget = budget

    def run(self) -> None:
        """Run the task and those it stores; never raise, the answer is already due."""
        from cms.tasks.running import run_tasks

        try:
            run_tasks([self.task_id], self.budget)
        except Exception:
            logger.exception("Task id=%s was left to run_due", self.task_id)


class StoredTaskBackend(DatabaseBackend):
    """Store each task in the current transaction; run it only once that is committed.

    With the option ``drain_after_commit`` the process that stored a task runs it;
    without, `manage.py db_worker` does. Either way a task whose transaction is rolled
    back leaves no trace, and tasks due later or again wait for `manage.py run_due`.
    """

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult:
        result: TaskResult = super().enqueue(task, args, kwargs)
        self.run_after_commit(result.db_result.pk)
        return result

    async def aenqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult:
        result: TaskResult = await super().aenqueue(task, args, kwargs)
        await sync_to_async(self.run_after_commit)(result.db_result.pk)
        return result

    def run_after_commit(self, task_id: UUID) -> None:
        """Have this process run a stored task after the commit, if that is its mode.

        Each task has its own hook, so that a savepoint rolled back drops exactly its
        own tasks; the hooks of one transaction share one budget.
        """
        if not self.options.get("drain_after_commit"):
            return
        from django_tasks_db.models import DBTaskResult

        using = router.db_for_write(DBTaskResult)
        committed = CommittedTask(task_id, _find_budget(using))
        transaction.on_commit(committed.run, using=using, robust=True)


def _find_budget(using: str) -> Budget:
    from cms.tasks.running import Budget

    for _savepoints, hook, _robust in transaction.get_connection(using).run_on_commit:
        owner = getattr(hook, "__self__", None)
        if isinstance(owner, CommittedTask):
            return owner.budget
    return Budget(SECONDS_PER_TRANSACTION)
