"""The page of a series: its rhythm, its dates, its feed."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.renamed import send_to_present_address
from events.enums import Visibility
from events.models import Event, Series
from events.rota_page import list_next_hosts
from events.rows import make_rows

MOST_UPCOMING: Final = 50
MOST_PAST: Final = 12


@require_safe
def show_series(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the series to whoever may see it or one of its dates."""
    found = Series.objects.filter(live=True).select_related("type", "host")
    series = found.filter(slug=slug).first()
    if series is None:
        return send_to_present_address(Series, slug)
    now = timezone.now()
    dates = (
        Event.objects.visible_to(request.user, timezone.localdate())
        .filter(series=series)
        .with_row_relations()
    )
    coming = list(dates.upcoming(now)[:MOST_UPCOMING])
    upcoming = make_rows(coming, now=now)
    past = make_rows(dates.past(now)[:MOST_PAST])
    if series.visibility != Visibility.PUBLIC and not (upcoming or past):
        raise Http404
    context = {
        "series": series,
        "is_public": series.visibility == Visibility.PUBLIC,
        "upcoming": upcoming,
        "past": past,
        "next_hosts": list_next_hosts(series, visible=coming, now=now),
        "past_url": f"{reverse('events:agenda')}?passes=1&serie={series.slug}",
        "subscribe_url": f"{reverse('events:subscribe')}?serie={series.slug}",
    }
    return render(request, "events/series.html", context)
