"""Run what the clock and the queue hold; cron, systemd or compose call it."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from cms.tasks.clock import run_due_jobs
from cms.tasks.running import Budget, run_ready_tasks

if TYPE_CHECKING:
    from argparse import ArgumentParser

logger = logging.getLogger(__name__)

# Longer than this and the next call takes over: no queue may delay the clock.
SECONDS_FOR_TASKS = 240


class Command(BaseCommand):
    """Safe to run several times at once: each job and each task is claimed."""

    help = (
        "Run the jobs that are due, scheduled publication included, and, unless"
        " workers do (TASKS=database), the stored tasks that are ready."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--loop",
            type=float,
            metavar="SECONDS",
            help="start again, this long after each turn, until interrupted",
        )

    def handle(self, *, loop: float | None, **options: Any) -> None:
        if loop is None:
            if failures := self._run_once():
                raise CommandError(f"Failed: {', '.join(failures)}")
            return
        try:
            while True:
                self._run_turn()
                time.sleep(max(loop, 1))
        except KeyboardInterrupt:
            return

    def _run_turn(self) -> None:
        """Run once; neither a failed job nor an absent database ends the loop."""
        close_old_connections()
        try:
            self._run_once()
        except DatabaseError:
            logger.exception("The database did not answer; trying again later")
        close_old_connections()

    def _run_once(self) -> list[str]:
        """Run jobs, then tasks; print a line for each; return the failed jobs' names."""
        outcomes = run_due_jobs(timezone.now())
        for outcome in outcomes:
            self.stdout.write(f"{outcome.name}: {outcome.error or 'done'}")
        if settings.TASKS_MODE == "immediate":
            ran = run_ready_tasks(Budget(SECONDS_FOR_TASKS))
            self.stdout.write(f"tasks: {ran} run")
        return [outcome.name for outcome in outcomes if outcome.error]
