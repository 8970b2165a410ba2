"""What the events room adds to Wagtail and to the site's pages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from cms.navigation import SiteRoom
from cms.tasks.clock import DueJob

# Their hooks register themselves.
from events import calendar_hooks, feed_hooks, series_hooks  # noqa: F401
from events.jobs import erase_registrants, erase_unconfirmed
from events.models import (
    Decision,
    Event,
    EventType,
    Minutes,
    Programme,
    Series,
    Task,
    Topic,
)
from events.panels import (
    HomeDatesPanel,
    MemberDates,
    MemberFollowUp,
    MyRegistrations,
    SpaceDatesPanel,
)
from events.permissions import (
    EventPermissionPolicy,
    RecordedPermissionPolicy,
    SeriesPermissionPolicy,
)
from events.rota_panel import MemberTurns
from events.services.rota import plan_all_turns, remind_hosts
from events.views import admin_actions
from events.views.rota_admin import RotaAdminView
from events.viewsets import EventsViewSetGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model
    from django.http import HttpRequest
    from django.urls import URLPattern, URLResolver
    from wagtail.log_actions import LogActionRegistry

    from cms.models import User

register_permission_policy(Event, EventPermissionPolicy(Event))
register_permission_policy(Series, SeriesPermissionPolicy(Series))
for recorded in (Decision, Task):
    register_permission_policy(recorded, RecordedPermissionPolicy(recorded))
register_snippet(EventsViewSetGroup)


@hooks.register("register_editable_models")
def list_editable_models() -> list[type[Model]]:
    return [Event, EventType, Programme, Series, Minutes, Topic, Decision, Task]


@hooks.register("register_moderated_models")
def list_moderated_models() -> list[type[Model]]:
    return [Event, Series]


@hooks.register("register_site_room")
def register_agenda() -> SiteRoom:
    return SiteRoom("agenda", _("Agenda"), "events:agenda", order=10)


@hooks.register("register_site_room")
def register_decisions() -> SiteRoom:
    return SiteRoom("decisions", _("Decisions"), "decisions:register", order=25)


@hooks.register("register_home_panel")
def register_home_dates() -> HomeDatesPanel:
    return HomeDatesPanel()


@hooks.register("register_space_panel")
def register_space_dates() -> SpaceDatesPanel:
    return SpaceDatesPanel()


@hooks.register("register_member_panel")
def register_member_dates() -> MemberDates:
    return MemberDates()


@hooks.register("register_member_panel")
def register_member_turns() -> MemberTurns:
    return MemberTurns()


@hooks.register("register_member_panel")
def register_my_registrations() -> MyRegistrations:
    return MyRegistrations()


@hooks.register("register_due_job")
def register_erase_unconfirmed() -> DueJob:
    return DueJob("events.erase_unconfirmed", timedelta(hours=1), erase_unconfirmed)


@hooks.register("register_due_job")
def register_erase_registrants() -> DueJob:
    return DueJob("events.erase_registrants", timedelta(days=1), erase_registrants)


@hooks.register("register_member_panel")
def register_member_follow_up() -> MemberFollowUp:
    return MemberFollowUp()


@hooks.register("register_admin_urls")
def register_rota_page() -> list[URLPattern]:
    view = RotaAdminView.as_view()
    return [path("series/<int:pk>/rota/", view, name="events_series_rota")]


@hooks.register("register_snippet_listing_buttons")
def link_rota(
    snippet: Model, user: User, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a series in its list to its rota."""
    if isinstance(snippet, Series) and user.has_perm("events.publish_event"):
        address = reverse("events_series_rota", args=[snippet.pk])
        yield Button(_("Rota"), url=address, icon_name="group", priority=30)


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
    actions.register_action(
        "events.export_registrations",
        _("Export registrations"),
        _("Registrations exported"),
    )
    for action, label, message in (
        ("hand_over", _("Change of host"), _("Host changed in the rota")),
        ("fix_turn", _("Fix the day"), _("Day of a month fixed")),
        ("rota_ask", _("Ask to host"), _("Space asks to join the rota")),
        ("rota_join", _("Let into the rota"), _("Space let into the rota")),
        ("rota_decline", _("Not let into the rota"), _("Space not let into the rota")),
        ("rota_leave", _("Leave the rota"), _("Space left the rota")),
        ("rota_order", _("Order of hosts"), _("Order of hosts changed")),
    ):
        actions.register_action(f"events.{action}", label, message)


@hooks.register("register_admin_urls")
def register_date_actions() -> list[URLResolver]:
    return [path("", include(admin_actions))]


@hooks.register("register_due_job")
def register_turns_job() -> DueJob:
    return DueJob("events.plan_turns", timedelta(days=1), plan_all_turns)


@hooks.register("register_due_job")
def register_reminders_job() -> DueJob:
    return DueJob("events.remind_hosts", timedelta(hours=1), remind_hosts)


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
