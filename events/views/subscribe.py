"""How to have a part of the agenda in one's own calendar."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from events.calendar_links import make_subscribe_links
from events.facets import count_facets
from events.models import Event
from events.rows import make_rows
from events.selection import read_selection

PREVIEW_SIZE: Final = 3


@require_safe
def show_subscribe(request: HttpRequest) -> HttpResponse:
    """Show the addresses of the feed that holds what the filters keep."""
    selection = read_selection(request.GET)
    now = timezone.now()
    events = selection.filter(Event.objects.published()).upcoming(now)
    upcoming = list(events.with_row_relations()[:PREVIEW_SIZE])
    path = reverse("event_feeds:network") + selection.query_string
    name = selection.label or gettext("Agenda")
    context = {
        "selection": selection,
        "notices": selection.notices,
        "count": events.count(),
        "rows": make_rows(upcoming, now=now),
        "feed_path": path,
        "links": make_subscribe_links(f"{settings.SITE_URL}{path}", name),
        "facets": count_facets(selection, Event.objects.published().upcoming(now)),
        "agenda_url": reverse("events:agenda") + selection.query_string,
    }
    return render(request, "events/subscribe.html", context)
