"""The administrators' report of tasks that failed, and its two buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_POST
from django_tasks_db.models import DBTaskResult
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from cms.tasks.failed import (
    abandon_task,
    describe_task,
    find_failed_tasks,
    find_last_error_line,
    may_see_failed_tasks,
    relaunch_task,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

REPORT_URL_NAME = "cms_tasks:failed"


class ActionsColumn(BaseColumn):
    """A form for each thing to do, since each changes something."""

    cell_template_name = "cms/tasks/actions_cell.html"

    def get_cell_context_data(
        self, instance: DBTaskResult, parent_context: Mapping[str, Any]
    ) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": get_token(context["request"])}


class FailedTasksView(ReportView):
    """Tasks that were given up after their last attempt, the latest first."""

    page_title = _("Failed tasks")
    header_icon = "warning"
    index_url_name = REPORT_URL_NAME
    index_results_url_name = "cms_tasks:failed_results"
    results_template_name = "cms/tasks/failed_results.html"
    model = DBTaskResult
    verbose_name = _("failed task")
    verbose_name_plural = _("failed tasks")
    any_permission_required = ["view"]
    columns = [
        Column("title", label=_("Task"), accessor=describe_task),
        DateColumn("finished_at", label=_("Last attempt"), width="15%"),
        Column("error", label=_("Error"), accessor=find_last_error_line),
        ActionsColumn("actions", label=_("What to do"), width="15%"),
    ]

    @cached_property
    def permission_policy(self) -> ModelPermissionPolicy:
        return ModelPermissionPolicy(DBTaskResult)

    def get_queryset(self) -> Any:
        return find_failed_tasks()


def _answer(
    request: HttpRequest, act: Callable[[UUID], bool], task_id: UUID, done: str
) -> HttpResponse:
    if not may_see_failed_tasks(request.user):
        raise PermissionDenied
    if act(task_id):
        messages.success(request, done)
    else:
        messages.warning(request, gettext("This task no longer waits for anyone."))
    return redirect(REPORT_URL_NAME)


@require_POST
def relaunch(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Try the task again from its first attempt."""
    done = gettext("The task is tried again.")
    return _answer(request, relaunch_task, task_id, done)


@require_POST
def abandon(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Delete the task."""
    done = gettext("The task is abandoned.")
    return _answer(request, abandon_task, task_id, done)
