"""What the search room adds to the site and to its clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.navigation import SiteRoom
from cms.tasks.clock import DueJob
from search.engines import get_engine
from search.index import read_every_text

if TYPE_CHECKING:
    from datetime import datetime


@hooks.register("register_due_job")
def register_rebuild() -> DueJob:
    return DueJob("search.rebuild", timedelta(days=1), rebuild)


def rebuild(now: datetime) -> None:
    """Read everything again, for what changed behind Django's back."""
    get_engine().rebuild(read_every_text())


@hooks.register("register_site_room")
def register_search() -> SiteRoom:
    return SiteRoom("search", _("Search"), "search:results", order=900)
