"""What charters add to Wagtail: what may be done to a version, and their checking."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import ListingButton
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.action_menu import ActionMenuItem

from cms.models import User
from cms.tasks.clock import DueJob
from resources.charters.panels import MemberChartersPanel, SpaceCharterPanel
from resources.models import CharterVersion, Signature, SigningEvent
from resources.services.charters import verify_versions
from resources.signatures.admin import SignaturePermissionPolicy

register_permission_policy(Signature, SignaturePermissionPolicy(Signature))


@hooks.register("register_editable_models")
def register_signature_models() -> list[type[models.Model]]:
    return [Signature, SigningEvent]


@hooks.register("register_member_panel")
def register_member_charters_panel() -> MemberChartersPanel:
    return MemberChartersPanel()


@hooks.register("register_space_panel")
def register_space_charter_panel() -> SpaceCharterPanel:
    return SpaceCharterPanel()


@hooks.register("register_due_job")
def register_verifying() -> DueJob:
    return DueJob("resources.verify_charters", datetime.timedelta(days=1), _verify)


def _verify(now: datetime.datetime) -> None:
    verify_versions()


@hooks.register("before_edit_snippet")
def show_published_version(
    request: HttpRequest, instance: models.Model
) -> HttpResponse | None:
    """Open a published version to be read; a form sent late is answered by itself."""
    if not _is_published_version(instance) or request.method == "POST":
        return None
    messages.info(request, _published_notice())
    url_name = CharterVersion.snippet_viewset.get_url_name("inspect")
    return redirect(url_name, instance.pk)


@hooks.register("before_delete_snippet")
def keep_published_version(
    request: HttpRequest, instances: list[models.Model]
) -> HttpResponse | None:
    """Published versions stay, one by one or in bulk."""
    if not any(_is_published_version(instance) for instance in instances):
        return None
    messages.error(request, gettext("A published version cannot be deleted."))
    return redirect(CharterVersion.snippet_viewset.get_url_name("list"))


class PublishVersionMenuItem(ActionMenuItem):
    """Leads from the draft's form to the view that publishes it."""

    name = "action-publish-version"
    label = _("Publish the saved text…")
    icon_name = "upload"
    order = 20

    def is_shown(self, context: dict[str, Any]) -> bool:
        version = context.get("instance")
        return (
            isinstance(version, CharterVersion)
            and version.pk is not None
            and not version.is_published
            and _may_publish(context["request"].user)
        )

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return _publish_url(parent_context["instance"])


class ReasonsMenuItem(ActionMenuItem):
    """Leads from the draft's form to the reasons for its changes."""

    name = "action-reasons"
    label = _("Say why criteria change…")
    icon_name = "openquote"
    order = 30

    def is_shown(self, context: dict[str, Any]) -> bool:
        version = context.get("instance")
        return isinstance(version, CharterVersion) and version.pk is not None

    def get_url(self, parent_context: dict[str, Any]) -> str:
        version = parent_context["instance"]
        return reverse(
            CharterVersion.snippet_viewset.reasons_url_name, args=[version.pk]
        )


@hooks.register("register_snippet_action_menu_item")
def register_reasons(model: type[models.Model]) -> ActionMenuItem | None:
    return ReasonsMenuItem() if model is CharterVersion else None


@hooks.register("register_snippet_action_menu_item")
def register_publish_version(model: type[models.Model]) -> ActionMenuItem | None:
    return PublishVersionMenuItem() if model is CharterVersion else None


@hooks.register("register_snippet_listing_buttons")
def list_version_buttons(
    snippet: models.Model, user: User, next_url: str | None = None
) -> Iterator[ListingButton]:
    if (
        isinstance(snippet, CharterVersion)
        and not snippet.is_published
        and _may_publish(user)
    ):
        yield ListingButton(
            gettext("Publish"),
            _publish_url(snippet),
            icon_name="upload",
            priority=15,
        )


def _is_published_version(instance: models.Model) -> bool:
    return isinstance(instance, CharterVersion) and instance.is_published


def _may_publish(user: User) -> bool:
    policy = policy_registry.get_by_type(CharterVersion)
    return bool(policy.user_has_permission(user, "publish"))


def _publish_url(version: CharterVersion) -> str:
    return reverse(CharterVersion.snippet_viewset.publish_url_name, args=[version.pk])


def _published_notice() -> str:
    return gettext(
        "This version is published: spaces sign it as it is. "
        "Start the next version to change the text."
    )
