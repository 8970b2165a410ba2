"""The jobs that every installation has: scheduled publication, retries, pruning."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from cms.tasks.clock import DueJob
from cms.tasks.failed import MAIL_TASK_PATH
from cms.tasks.retry import requeue_failed_tasks, requeue_stuck_tasks

if TYPE_CHECKING:
    from datetime import datetime

KEEP_FINISHED = timedelta(days=30)
# Bodies of mail hold names and links that open an account.
KEEP_SENT_MAIL = timedelta(days=1)

EACH_TIME = timedelta(0)


def publish_scheduled(now: datetime) -> None:
    """Publish and unpublish what editors scheduled, with Wagtail's own command."""
    call_command("publish_scheduled")


def requeue_tasks(now: datetime) -> None:
    """Make ready the tasks whose process was killed, and failures left unscheduled."""
    requeue_stuck_tasks(now)
    requeue_failed_tasks(now)


def prune_tasks(now: datetime) -> None:
    """Delete tasks finished thirty days ago, and mail sent the day before."""
    old = Q(finished_at__lt=now - KEEP_FINISHED)
    sent = Q(task_path=MAIL_TASK_PATH, finished_at__lt=now - KEEP_SENT_MAIL)
    DBTaskResult.objects.finished().filter(old).delete()
    DBTaskResult.objects.successful().filter(sent).delete()


def publish_scheduled_job() -> DueJob:
    return DueJob("cms.publish_scheduled", EACH_TIME, publish_scheduled)


def requeue_tasks_job() -> DueJob:
    return DueJob("cms.requeue_tasks", EACH_TIME, requeue_tasks)


def prune_tasks_job() -> DueJob:
    return DueJob("cms.prune_tasks", timedelta(days=1), prune_tasks)
