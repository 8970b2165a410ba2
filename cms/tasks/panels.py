"""The warning on the admin's home page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.components import Component

from cms.models.job_run import JobRun
from cms.tasks.failed import find_failed_tasks, may_see_failed_tasks

if TYPE_CHECKING:
    from collections.abc import Mapping


class FailedTasksPanel(Component):
    """Says how many tasks were given up and which jobs fail; else shows nothing."""

    name = "failed_tasks"
    template_name = "cms/tasks/failed_panel.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        failed_jobs = JobRun.objects.exclude(last_error="").values_list(
            "name", flat=True
        )
        return {
            "failed_tasks": find_failed_tasks().count(),
            "failed_jobs": list(failed_jobs),
        }

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        user = (parent_context or {})["request"].user
        if not may_see_failed_tasks(user):
            return ""
        return super().render_html(parent_context)
