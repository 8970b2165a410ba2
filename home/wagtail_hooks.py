"""What the home room adds to the site's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.navigation import SiteRoom


@hooks.register("register_site_room")
def register_member_area() -> SiteRoom:
    return SiteRoom("member-area", _("Member area"), "member_dashboard", order=950)
