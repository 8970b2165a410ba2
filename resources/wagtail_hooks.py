"""What the resources room adds to Wagtail and to the site's frame."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.navigation import SiteRoom
from cms.tasks.clock import DueJob

# Their hooks register themselves.
from resources.amendments import hooks as _amendments  # noqa: F401
from resources.charters import hooks as _charters  # noqa: F401
from resources.contributing import hooks as _contributing  # noqa: F401
from resources.glossary.notes import add_definitions
from resources.glossary.rich_text import register_glossary_feature
from resources.lending import hooks as _lending  # noqa: F401
from resources.models import Charter, CharterVersion, GlossaryTerm, SharedResource
from resources.panels import CharterPanel, GuidePanel, SpaceResourcesPanel
from resources.projects import hooks as _projects  # noqa: F401
from resources.review.panels import SheetReviewPanel
from resources.services.sheet_review import remind_reviews
from resources.tools import hooks as _tools  # noqa: F401
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
