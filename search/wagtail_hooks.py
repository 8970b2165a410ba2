"""What the search room adds to the site and to its clock."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.navigation import SiteRoom


@hooks.register("register_site_room")
def register_search() -> SiteRoom:
    return SiteRoom("search", _("Search"), "search:results", order=900)
