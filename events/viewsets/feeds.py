"""Calendars of spaces in the admin: trusted, switched off, their new dates judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, ngettext
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from events.feed_report import FeedReport
from events.models import ExternalFeed
from events.services.mirror.waiting import (
    approve_waiting,
    list_waiting,
    refuse_waiting,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from cms.models import User


def judge_waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the waiting dates of a calendar; publish or refuse them all.

    Raises:
        PermissionDenied: the person does not publish dates.
    """
    moderator = cast("User", request.user)
    if not moderator.has_perm("events.publish_event"):
        raise PermissionDenied
    feed = get_object_or_404(ExternalFeed.objects.select_related("space"), pk=pk)
    now = timezone.now()
    if request.method == "POST":
        if request.POST.get("answer") == "approve":
            count = approve_waiting(feed, by=moderator, now=now)
            words = ngettext("%d date published.", "%d dates published.", count)
        else:
            count = refuse_waiting(feed, by=moderator, now=now)
            words = ngettext("%d date refused.", "%d dates refused.", count)
        messages.success(request, words % count)
        return redirect(reverse("wagtailsnippets_events_externalfeed:list"))
    waiting = list_waiting(feed, now=now).with_row_relations()
    context = {"feed": feed, "waiting": waiting, "report": FeedReport(feed)}
    return render(request, "events/admin/waiting.html", context)


class FeedViewSet(SnippetViewSet):
    model = ExternalFeed
    icon = "download"
    menu_label = _("Calendars of spaces")
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ["space", "url", "get_health_display", "is_trusted", "is_enabled"]
    list_filter = ["health", "is_trusted", "is_enabled"]
    panels = [
        FieldPanel("space", read_only=True),
        FieldPanel("url", read_only=True),
        FieldPanel("type"),
        FieldPanel("is_trusted"),
        FieldPanel("is_enabled"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("waiting/<int:pk>/", judge_waiting, name="waiting"),
        ]
