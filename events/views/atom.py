"""The news of the agenda for feed readers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from events.atom import AgendaNews
from events.selection import read_selection
from events.views.calendar_answer import answer_conditionally, calendar_view


@calendar_view
def send_atom(request: HttpRequest) -> HttpResponse:
    """Dates announced, moved and called off, among those that the filters keep."""
    selection = read_selection(request.GET)
    if selection.unknown:
        raise Http404
    path = reverse("event_feeds:atom") + selection.query_string
    news = AgendaNews(selection, path)
    return answer_conditionally(
        request,
        etag=news.etag,
        changed_at=news.changed_at,
        write=news.render,
        content_type="application/atom+xml; charset=utf-8",
    )
