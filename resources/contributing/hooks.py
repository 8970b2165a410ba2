"""What members' resources add to Wagtail and to the site's pages."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.tasks.clock import DueJob
from resources.contributing.documents import serve_member_file
from resources.contributing.panels import MemberResourcesPanel
from resources.models import SharedResource
from resources.services.member_files import erase_unused_files

if TYPE_CHECKING:
    from django.db import models
    from wagtail.log_actions import LogActionRegistry

# After Wagtail's own: a collection may be closed besides.
hooks.register("before_serve_document", serve_member_file, order=10)


@hooks.register("register_moderated_models")
def register_moderated_models() -> list[type[models.Model]]:
    return [SharedResource]


@hooks.register("register_member_panel")
def register_member_resources() -> MemberResourcesPanel:
    return MemberResourcesPanel()


@hooks.register("register_due_job")
def register_unused_files() -> DueJob:
    return DueJob(
        "resources.erase_unused_files", datetime.timedelta(hours=6), erase_unused
    )


def erase_unused(now: datetime.datetime) -> None:
    erase_unused_files(now)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "resources.take_out", _("Take out of the list"), _("Taken out by its space")
    )
