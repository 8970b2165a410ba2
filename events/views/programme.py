"""The page of a programme: the same evening in several places."""

from __future__ import annotations

from typing import Final

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.enums import Visibility
from events.models import Event, Programme, Series
from events.rows import make_rows

DATES_OF_EACH: Final = 3


@require_safe
def show_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where the programme is held, and the next dates of each place.

    Its places are the live series of which the reader may see the page or a date;
    without any there is nothing to show. Costs three queries, and one for the reader.
    """
    programme = get_object_or_404(Programme, slug=slug)
    now = timezone.now()
    rank = Window(
        RowNumber(), partition_by=F("series"), order_by=[F("start_at"), F("pk")]
    )
    dates = (
        Event.objects.visible_to(request.user, timezone.localdate(now))
        .filter(series__programme=programme, series__live=True)
        .upcoming(now)
        .with_row_relations()
        .annotate(rank=rank)
        .filter(rank__lte=DATES_OF_EACH)
    )
    rows = make_rows(dates)
    places = [
        (series, [row for row in rows if row.event.series_id == series.pk])
        for series in Series.objects.filter(live=True, programme=programme)
        .select_related("type", "host", "venue")
        .order_by("title", "pk")
    ]
    visible = [
        (series, own)
        for series, own in places
        if own or series.visibility == Visibility.PUBLIC
    ]
    if not visible:
        raise Http404
    context = {"programme": programme, "places": visible}
    return render(request, "events/programme.html", context)
