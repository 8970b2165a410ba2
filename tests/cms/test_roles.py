from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from wagtail.models import GroupPagePermission, Workflow, WorkflowContentType

from cms.roles import (
    EDITORS,
    MODERATORS,
    RECORD_WORKFLOW,
    ensure_roles,
    list_moderated_models,
)

pytestmark = pytest.mark.django_db


def list_codenames(group: str) -> set[str]:
    permissions = Permission.objects.filter(group__name=group)
    return set(permissions.values_list("codename", flat=True))


def test_roles_stand_after_migrations():
    assert {"access_admin"} <= list_codenames(EDITORS)
    assert {"access_admin"} <= list_codenames(MODERATORS)
    assert Workflow.objects.filter(name=RECORD_WORKFLOW).count() == 1


def test_ensure_roles_twice_changes_nothing():
    def count() -> tuple[int, ...]:
        return (
            Group.objects.count(),
            Permission.objects.filter(group__isnull=False).count(),
            GroupPagePermission.objects.count(),
            Workflow.objects.count(),
            WorkflowContentType.objects.count(),
        )

    before = count()
    ensure_roles()
    assert count() == before


def test_editors_publish_pages_and_not_moderated_records():
    moderated = {
        f"publish_{model._meta.model_name}" for model in list_moderated_models()
    }
    assert GroupPagePermission.objects.filter(
        group__name=EDITORS, permission__codename="publish_page"
    ).exists()
    assert list_codenames(EDITORS) & moderated == set()
    assert moderated <= list_codenames(MODERATORS)


def test_check_tells_a_moderated_record_without_workflow():
    call_command("check", databases=["default"])
    if not list_moderated_models():
        return
    WorkflowContentType.objects.all().delete()
    with pytest.raises(SystemCheckError, match=r"cms\.E002"):
        call_command("check", databases=["default"])
