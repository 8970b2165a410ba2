"""The roles of the admin, and what each may do.

Editors write and publish pages and records; where a record needs moderation, only
moderators publish it. Administrators are superusers. Members of spaces have no role
here: they never enter the admin.
"""

from __future__ import annotations

from collections.abc import Iterable

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

from cms.models import SiteDocument, SiteImage

EDITORS = "Editors"
MODERATORS = "Moderators"
RECORD_WORKFLOW = "Modération"

_PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
_MEDIA_PERMISSIONS = ("add", "change", "choose")


@transaction.atomic
def ensure_roles() -> None:
    """Make groups, their permissions and the workflow; running it again adds nothing."""
    records, moderated = list_editable_models(), list_moderated_models()
    for name in (EDITORS, MODERATORS):
        group, _created = Group.objects.get_or_create(name=name)
        published = records if name == MODERATORS else set(records) - set(moderated)
        group.permissions.add(
            *_find_permissions(("wagtailadmin", "access_admin")),
            *_record_permissions(records, ("add", "change", "view")),
            *_record_permissions(published, ("publish", "delete")),
        )
        # What a release before this one did not moderate yet.
        reserved = set(records) - set(published)
        group.permissions.remove(*_record_permissions(reserved, ("publish", "delete")))
        _allow_pages(group)
        _allow_media(group)
    _ensure_record_workflow(moderated)


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


def _record_permissions(
    records: Iterable[type[models.Model]], actions: Iterable[str]
) -> list[Permission]:
    return _find_permissions(
        *(
            (record._meta.app_label, f"{action}_{record._meta.model_name}")
            for record in records
            for action in actions
        )
    )


def _find_permissions(*names: tuple[str, str]) -> list[Permission]:
    """Return the permissions of these (app, codename) pairs that exist; one query."""
    found = Permission.objects.filter(
        codename__in={codename for _app, codename in names}
    ).select_related("content_type")
    return [one for one in found if (one.content_type.app_label, one.codename) in names]


def _allow_pages(group: Group) -> None:
    root = Page.get_first_root_node()
    for permission in _find_permissions(
        *(("wagtailcore", codename) for codename in _PAGE_PERMISSIONS)
    ):
        GroupPagePermission.objects.get_or_create(
            group=group, page=root, permission=permission
        )


def _allow_media(group: Group) -> None:
    root = Collection.get_first_root_node()
    for permission in _record_permissions(
        (SiteImage, SiteDocument), _MEDIA_PERMISSIONS
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


def _ensure_record_workflow(moderated: Iterable[type[models.Model]]) -> None:
    workflow, created = Workflow.objects.get_or_create(name=RECORD_WORKFLOW)
    if created:
        task = GroupApprovalTask.objects.create(name=RECORD_WORKFLOW)
        task.groups.add(Group.objects.get(name=MODERATORS))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for model in moderated:
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(model),
            defaults={"workflow": workflow},
        )
