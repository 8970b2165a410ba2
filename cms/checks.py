"""System checks of the cms room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection
from django.db.models import Model
from wagtail import hooks
from wagtail.models import WorkflowContentType

from cms.roles import list_moderated_models


@register
def check_site_rooms(**kwargs: Any) -> list[CheckMessage]:
    """cms.E001: two rooms of the site share a name."""
    names = [fn().name for fn in hooks.get_hooks("register_site_room")]
    return [
        Error(
            f"Two site rooms are named “{name}”.",
            hint="Give each register_site_room hook its own name.",
            id="cms.E001",
        )
        for name in sorted({name for name in names if names.count(name) > 1})
    ]


@register(Tags.database)
def check_record_workflow(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """cms.E002: a moderated record has no workflow, so nothing could be submitted."""
    if not databases or not _has_table(WorkflowContentType):
        return []
    covered = set(WorkflowContentType.objects.values_list("content_type_id", flat=True))
    return [
        Error(
            f"{model._meta.label} needs approval and has no workflow.",
            hint="Run manage.py migrate, or give it one under Settings, Workflows.",
            id="cms.E002",
        )
        for model in list_moderated_models()
        if ContentType.objects.get_for_model(model).pk not in covered
    ]


def _has_table(model: type[Model]) -> bool:
    return model._meta.db_table in connection.introspection.table_names()
