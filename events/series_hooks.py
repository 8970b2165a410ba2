"""What series add to Wagtail: their jobs, their log, a date more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button

from cms.tasks.clock import DueJob
from events.models import Series
from events.permissions import SeriesPermissionPolicy
from events.services.instants import make_time_zone_job
from events.services.materialise import extend_series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse
    from wagtail.log_actions import LogActionRegistry

    from cms.models import User


@hooks.register("register_due_job")
def register_materialising() -> DueJob:
    return DueJob("events.materialise", timedelta(days=1), extend_series)


@hooks.register("register_due_job")
def register_time_zones() -> DueJob:
    return make_time_zone_job()


@hooks.register("register_log_actions")
def register_series_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("events.end_series", _("End the series"), _("Series ended"))


@hooks.register("register_snippet_listing_buttons")
def offer_extra_date(
    snippet: Model, user: User, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a live series in its list to the form of one more date."""
    if not (isinstance(snippet, Series) and snippet.live):
        return
    if user.has_perm("events.publish_series"):
        address = reverse("wagtailsnippets_events_series:extra_date", args=[snippet.pk])
        yield Button(_("Add a date"), url=address, icon_name="plus", priority=20)


@hooks.register("before_delete_snippet")
def keep_series_with_dates(
    request: HttpRequest, instances: Iterable[Model]
) -> HttpResponse | None:
    """Send back who would erase a series that people follow, or that has dates."""
    policy, user = SeriesPermissionPolicy(Series), cast("User", request.user)
    for instance in instances:
        if isinstance(instance, Series) and not policy.user_has_permission_for_instance(
            user, "delete", instance
        ):
            sentence = _("A series with dates is not deleted: unpublish or end it.")
            messages.error(request, sentence)
            return redirect("wagtailsnippets_events_series:edit", instance.pk)
    return None
