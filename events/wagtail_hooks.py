"""What the events room adds to Wagtail and to the site's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from cms.navigation import SiteRoom
from events.models import Event, EventType, Minutes, Series
from events.panels import HomeDatesPanel, MemberDates, SpaceDatesPanel
from events.permissions import EventPermissionPolicy
from events.views import admin_actions
from events.viewsets import EventsViewSetGroup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model
    from django.http import HttpRequest
    from django.urls import URLResolver
    from wagtail.log_actions import LogActionRegistry

register_permission_policy(Event, EventPermissionPolicy(Event))
register_snippet(EventsViewSetGroup)


@hooks.register("register_editable_models")
def list_editable_models() -> list[type[Model]]:
    return [Event, EventType, Series, Minutes]


@hooks.register("register_moderated_models")
def list_moderated_models() -> list[type[Model]]:
    return [Event]


@hooks.register("register_site_room")
def register_agenda() -> SiteRoom:
    return SiteRoom("agenda", _("Agenda"), "events:agenda", order=10)


@hooks.register("register_home_panel")
def register_home_dates() -> HomeDatesPanel:
    return HomeDatesPanel()


@hooks.register("register_space_panel")
def register_space_dates() -> SpaceDatesPanel:
    return SpaceDatesPanel()


@hooks.register("register_member_panel")
def register_member_dates() -> MemberDates:
    return MemberDates()


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for name, label, message in (
        ("cancel", _("Cancel"), _("Date cancelled")),
        ("move", _("Move"), _("Date moved")),
        ("replace_place", _("Change the place"), _("Date held elsewhere")),
        ("postpone", _("Postpone"), _("Date postponed")),
        ("restore", _("Restore"), _("Date restored")),
    ):
        actions.register_action(f"events.{name}", label, message)


@hooks.register("register_admin_urls")
def register_date_actions() -> list[URLResolver]:
    return [path("", include(admin_actions))]


@hooks.register("before_delete_snippet")
def keep_published_dates(
    request: HttpRequest, instances: Iterable[Model]
) -> HttpResponseRedirect | None:
    """Send back who would erase a date that calendars hold."""
    for instance in instances:
        if isinstance(instance, Event) and instance.first_published_at is not None:
            messages.error(
                request, _("A published date is not deleted: it is cancelled.")
            )
            return HttpResponseRedirect(
                reverse("wagtailsnippets_events_event:edit", args=[instance.pk])
            )
    return None
