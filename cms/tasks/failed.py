"""Tasks that were given up, and what an administrator does about them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.core.exceptions import SuspiciousOperation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_tasks import task_backends
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from cms.tasks.backend import StoredTaskBackend

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from cms.models import User

logger = logging.getLogger(__name__)

VIEW_PERMISSION = "django_tasks_database.view_dbtaskresult"
MAIL_TASK_PATH = "cms.tasks.mail.deliver_mail"


def may_see_failed_tasks(user: User | AnonymousUser) -> bool:
    return user.is_active and user.has_perm(VIEW_PERMISSION)


def find_failed_tasks():
    """Return the tasks that are given up, the latest first."""
    return DBTaskResult.objects.failed().order_by("-finished_at")


def describe_task(task: DBTaskResult) -> str:
    """Return what the task was to do, in words."""
    if task.task_path == MAIL_TASK_PATH:
        message = task.args_kwargs["kwargs"].get("message", {})
        return _("Mail “%(subject)s” to %(recipient)s") % {
            "subject": message.get("subject", ""),
            "recipient": ", ".join(message.get("to", [])),
        }
    try:
        name = task.task_name
    except SuspiciousOperation:
        name = task.task_path.rpartition(".")[2]
    return capfirst(name.replace("_", " "))


def find_last_error_line(task: DBTaskResult) -> str:
    """Return the last line of the traceback, which names the error and its message."""
    lines = task.traceback.strip().splitlines()
    return lines[-1].strip() if lines else ""


def relaunch_task(task_id: UUID) -> bool:
    """Give a failed task its attempts anew, the first one at once; False: it is gone."""
    task = DBTaskResult.objects.failed().filter(pk=task_id)
    backend_name = task.values_list("backend_name", flat=True).first()
    relaunched = task.update(
        status=TaskResultStatus.READY,
        worker_ids=[],
        run_after=get_date_max(),
        finished_at=None,
    )
    if not relaunched or backend_name is None:
        return False
    backend = task_backends[backend_name]
    if isinstance(backend, StoredTaskBackend):
        backend.run_after_commit(task_id)
    return True


def abandon_task(task_id: UUID) -> bool:
    """Forget a failed task for good; False: it is gone."""
    task = DBTaskResult.objects.failed().filter(pk=task_id).first()
    if task is None:
        return False
    logger.warning(
        "Task id=%s path=%s is abandoned: %s",
        task.pk,
        task.task_path,
        find_last_error_line(task),
    )
    task.delete()
    return True
