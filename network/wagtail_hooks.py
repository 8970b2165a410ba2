"""What the network brings to the site, to its home page and to the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from cms.navigation import SiteRoom
from network.account_chooser import account_chooser
from network.models import Space, SpaceMember
from network.panels import SpacesOnHomePage
from network.viewsets import NetworkViewSetGroup

if TYPE_CHECKING:
    from django.db import models
    from wagtail.admin.viewsets.base import ViewSet

register_snippet(NetworkViewSetGroup)


@hooks.register("register_admin_viewset")
def register_account_chooser() -> ViewSet:
    return account_chooser


@hooks.register("register_site_room")
def register_spaces() -> SiteRoom:
    return SiteRoom("spaces", _("Spaces"), "network:space_list", order=20)


@hooks.register("register_editable_models")
def register_what_editors_keep() -> list[type[models.Model]]:
    return [Space, SpaceMember]


@hooks.register("register_home_panel")
def register_home_panel() -> SpacesOnHomePage:
    return SpacesOnHomePage()
