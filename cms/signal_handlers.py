"""What the cms room does when a migration has run, and when a task has ended.

Roles and the workflow cannot be made in a data migration: permissions appear after
``post_migrate``.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django_tasks.signals import task_finished
from wagtail.models import Page

from cms.roles import ensure_roles
from cms.tasks.retry import retry_failed_task

task_finished.connect(retry_failed_task, dispatch_uid="cms.retry_failed_task")


@receiver(post_migrate, dispatch_uid="cms.ensure_roles")
def make_roles(sender: Any, **kwargs: Any) -> None:
    # Once, after the last app that has models: only then does every permission exist.
    last_app = [app for app in apps.get_app_configs() if app.models_module][-1]
    # Tables made without migrations hold no page tree to give rights on.
    if sender.name == last_app.name and Page.objects.exists():
        ensure_roles()
