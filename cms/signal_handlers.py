"""What the cms room does when a migration has run: roles and the workflow.

They cannot be made in a data migration: permissions appear after ``post_migrate``.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from cms.roles import ensure_roles


@receiver(post_migrate, dispatch_uid="cms.ensure_roles")
def make_roles(sender: Any, using: str, **kwargs: Any) -> None:
    # Once, after the last app that has models: only then does every permission exist.
    last_app = [app for app in apps.get_app_configs() if app.models_module][-1]
    if sender.name == last_app.name:
        ensure_roles(using=using)
