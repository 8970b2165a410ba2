"""What the resources room adds to Wagtail and to the site's frame."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext, gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import ListingButton
from wagtail.permissions import policy_registry
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from cms.models import User
from cms.navigation import SiteRoom
from cms.tasks.clock import DueJob
from resources.glossary.notes import add_definitions
from resources.glossary.rich_text import register_glossary_feature
from resources.models import Charter, CharterVersion, GlossaryTerm, SharedResource
from resources.panels import CharterPanel, GuidePanel, SpaceResourcesPanel
from resources.review.panels import SheetReviewPanel
from resources.services.sheet_review import remind_reviews
from resources.viewsets import ResourcesViewSetGroup

register_snippet(ResourcesViewSetGroup)
hooks.register("register_rich_text_features", register_glossary_feature)
hooks.register("complete_body", add_definitions)


@hooks.register("register_site_room")
def register_resources_room() -> SiteRoom:
    return SiteRoom("resources", _("Resources"), "resources:resource_list", 40)


@hooks.register("register_editable_models")
def register_editable_models() -> list[type[models.Model]]:
    return [Charter, CharterVersion, GlossaryTerm, SharedResource]


@hooks.register("register_due_job")
def register_review_job() -> DueJob:
    return DueJob(
        "resources.remind_reviews", datetime.timedelta(days=1), remind_reviews
    )


@hooks.register("construct_homepage_panels")
def add_review_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(SheetReviewPanel())


@hooks.register("register_admin_urls")
def register_review_urls() -> list[URLResolver]:
    return [path("sheets/", include("resources.review.urls"))]


@hooks.register("register_home_panel")
def register_guide_panel() -> GuidePanel:
    return GuidePanel()


@hooks.register("register_home_panel")
def register_charter_panel() -> CharterPanel:
    return CharterPanel()


@hooks.register("register_space_panel")
def register_space_resources_panel() -> SpaceResourcesPanel:
    return SpaceResourcesPanel()


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
