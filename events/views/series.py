"""The page of a series: its rhythm, its dates, its feed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.renamed import send_to_present_address
from events.models import Series
from events.series_page import SeriesPage


@require_safe
def show_series(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the series to whoever may see it or one of its dates."""
    found = Series.objects.filter(live=True).select_related(
        "type", "host", "programme", "continues", "continued_by"
    )
    series = found.filter(slug=slug).first()
    if series is None:
        return send_to_present_address(Series, slug)
    if not SeriesPage(series, request.user, timezone.now()).is_visible:
        raise Http404
    return render(request, "events/series.html", {"series": series})
