"""What the calendars that spaces keep elsewhere add to Wagtail and to the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.permissions import register_permission_policy

from cms.tasks.clock import DueJob
from events.models import ExternalFeed
from events.permissions import FeedPermissionPolicy
from events.services.mirror.reading import read_due_feeds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from cms.models import User

register_permission_policy(ExternalFeed, FeedPermissionPolicy(ExternalFeed))


@hooks.register("register_due_job")
def register_calendar_readings() -> DueJob:
    return DueJob("events.read_calendars", timedelta(minutes=5), read_due_feeds)


@hooks.register("register_snippet_listing_buttons")
def link_waiting_dates(
    snippet: Model, user: User, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a calendar in its list to its dates that wait for a moderator."""
    if isinstance(snippet, ExternalFeed) and user.has_perm("events.publish_event"):
        name = "wagtailsnippets_events_externalfeed:waiting"
        address = reverse(name, args=[snippet.pk])
        yield Button(_("Waiting dates"), url=address, icon_name="view", priority=30)
