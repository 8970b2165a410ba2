"""The three roles of the admin, and what each may do.

Editors write pages and records; moderators also publish; administrators are
superusers. Members of spaces have no role here: they never enter the admin.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from wagtail import hooks
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

EDITORS = "Editors"
MODERATORS = "Moderators"
RECORD_WORKFLOW = "Modération"

_PAGE_PERMISSIONS = {
    EDITORS: ("add_page", "change_page"),
    MODERATORS: ("add_page", "change_page", "publish_page"),
}


@transaction.atomic
def ensure_roles(*, using: str = "default") -> None:
    """Make groups, their permissions and the workflow; running it again adds nothing."""
    for name in (EDITORS, MODERATORS):
        group, _created = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*_admin_permissions())
        group.permissions.add(*_record_permissions(publish=name == MODERATORS))
        _allow_pages(group, _PAGE_PERMISSIONS[name])
        _allow_media(group)
    _ensure_record_workflow()


def list_moderated_models() -> list[type[models.Model]]:
    """Return the records that need approval, from ``register_moderated_models``."""
    found: list[type[models.Model]] = []
    for register in hooks.get_hooks("register_moderated_models"):
        found.extend(register())
    return found


def list_editable_models() -> list[type[models.Model]]:
    """Return the records that editors keep, from ``register_editable_models``."""
    found: list[type[models.Model]] = []
    for register in hooks.get_hooks("register_editable_models"):
        found.extend(register())
    return found


def _admin_permissions() -> list[Permission]:
    return list(
        Permission.objects.filter(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
    )


def _record_permissions(*, publish: bool) -> list[Permission]:
    actions = ["add", "change", "view"] + (["publish", "delete"] if publish else [])
    names = [
        (model._meta.app_label, f"{action}_{model._meta.model_name}")
        for model in list_editable_models()
        for action in actions
    ]
    return [
        permission
        for permission in Permission.objects.select_related("content_type")
        if (permission.content_type.app_label, permission.codename) in set(names)
    ]


def _allow_pages(group: Group, codenames: tuple[str, ...]) -> None:
    root = Page.get_first_root_node()
    if root is None:
        return
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codenames
    ):
        GroupPagePermission.objects.get_or_create(
            group=group, page=root, permission=permission
        )


def _allow_media(group: Group) -> None:
    root = Collection.get_first_root_node()
    if root is None:
        return
    wanted = [
        f"{action}_{model}"
        for model in ("siteimage", "sitedocument")
        for action in ("add", "change", "choose")
    ]
    for permission in Permission.objects.filter(
        content_type__app_label="cms", codename__in=wanted
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


def _ensure_record_workflow() -> None:
    moderators = Group.objects.get(name=MODERATORS)
    workflow, created = Workflow.objects.get_or_create(name=RECORD_WORKFLOW)
    if created:
        task = GroupApprovalTask.objects.create(name=RECORD_WORKFLOW)
        task.groups.add(moderators)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for model in list_moderated_models():
        content_type = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.get_or_create(
            content_type=content_type, defaults={"workflow": workflow}
        )
