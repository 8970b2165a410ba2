"""Addresses of the failed tasks' report, under the admin's own."""

from __future__ import annotations

from django.urls import path

from cms.tasks.views import FailedTasksView, abandon, relaunch

app_name = "cms_tasks"

urlpatterns = [
    path("", FailedTasksView.as_view(), name="failed"),
    path("results/", FailedTasksView.as_view(results_only=True), name="failed_results"),
    path("<uuid:task_id>/relaunch/", relaunch, name="relaunch"),
    path("<uuid:task_id>/abandon/", abandon, name="abandon"),
]
