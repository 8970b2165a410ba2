"""Where tasks and the clock meet Wagtail: jobs, the report, the home page's warning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.tasks.failed import may_see_failed_tasks
from cms.tasks.jobs import prune_tasks_job, publish_scheduled_job, requeue_tasks_job
from cms.tasks.panels import FailedTasksPanel

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.urls import URLResolver

for register_job in (publish_scheduled_job, requeue_tasks_job, prune_tasks_job):
    hooks.register("register_due_job", register_job)


class FailedTasksMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_failed_tasks(request.user)


@hooks.register("register_admin_urls")
def register_failed_tasks_urls() -> list[URLResolver]:
    return [path("reports/failed-tasks/", include("cms.tasks.urls"))]


@hooks.register("register_reports_menu_item")
def register_failed_tasks_menu_item() -> MenuItem:
    return FailedTasksMenuItem(
        _("Failed tasks"),
        reverse("cms_tasks:failed"),
        name="failed-tasks",
        icon_name="warning",
        order=1300,
    )


@hooks.register("construct_homepage_panels")
def add_failed_tasks_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(FailedTasksPanel())


@hooks.register("register_permissions")
def register_failed_tasks_permission() -> QuerySet[Permission]:
    """Let administrators grant the report to a group."""
    return Permission.objects.filter(
        content_type__app_label="django_tasks_database", codename="view_dbtaskresult"
    )
