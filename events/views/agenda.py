"""The agenda: a list by day, a month or a map of the dates that the filters keep."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.querystrings import with_parameter
from events.agenda_address import (
    LIST,
    MAP,
    MONTH,
    AgendaAddress,
    find_today,
    read_address,
)
from events.facets import count_facets
from events.feed_addresses import find_feed_address
from events.models import Event
from events.posters.quarter import Quarter
from events.views.agenda_list import show_list
from events.views.agenda_map import show_map
from events.views.agenda_month import show_month

DISPLAYS: Final = {
    LIST: (show_list, "events/agenda.html"),
    MONTH: (show_month, "events/month.html"),
    MAP: (show_map, "events/map.html"),
}


@require_safe
def show_agenda(request: HttpRequest) -> HttpResponse:
    """Show the list, or with ``vue=mois`` a month, with ``vue=carte`` a map."""
    asked = read_address(request.GET, find_today())
    now = timezone.now()
    visible = Event.objects.visible_to(request.user, asked.today)
    events = asked.selection.filter(visible.with_row_relations())
    show, template = DISPLAYS[asked.view]
    context = {
        "asked": asked,
        "selection": asked.selection,
        "facets": count_facets(asked.selection, asked.choose_period(visible, now)[0]),
        "subscribe_url": reverse("events:subscribe") + asked.selection.query_string,
        "feed_path": find_feed_address(asked.selection).path,
        "programme_url": _find_programme(asked),
        **show(asked, events, now, request.GET.get("page", "")),
    }
    return render(request, template, context)


def _find_programme(asked: AgendaAddress) -> str:
    """Return the programme of the quarter that is on show."""
    quarter = Quarter.of(asked.month or asked.first_day or asked.today)
    query = with_parameter(asked.selection.parameters, trimestre=quarter.word)
    return reverse("events:quarter") + query
