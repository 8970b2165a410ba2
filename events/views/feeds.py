"""Public calendar feeds, outside the language prefix; a person never sees them."""

from __future__ import annotations

import hashlib

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from cms.record_text import SOURCE_LANGUAGE
from events.domain.ical import assemble_single
from events.domain.timezones import NETWORK_ZONE, load, tzdata_version
from events.feeds import AgendaFeed
from events.models import CalendarState, Event, FeedAlias
from events.renamed_selection import follow_renames
from events.selection import Selection, read_selection, select
from events.views.calendar_answer import answer_conditionally, calendar_view, say_gone
from network.enums import SpaceStatus
from network.models import Space


@calendar_view
def send_agenda(request: HttpRequest) -> HttpResponse:
    """The network's feed, or the part of it that the address asks for."""
    selection = read_selection(request.GET)
    address = reverse("event_feeds:network")
    if selection.unknown:
        return HttpResponsePermanentRedirect(address + _rename(selection).query_string)
    return _send_feed(
        request, selection, address + selection.query_string, "agenda.ics"
    )


@calendar_view
def send_alias(request: HttpRequest, code: str) -> HttpResponse:
    """The feed of a set of filters, at its short address."""
    alias = get_object_or_404(FeedAlias, code=code)
    # The address was given out for ever: it follows a rename by itself.
    selection = _rename(read_selection(QueryDict(alias.query)))
    return _send_feed(request, selection, request.path, f"agenda-{code}.ics")


@calendar_view
def send_filtered(request: HttpRequest, filter_name: str, value: str) -> HttpResponse:
    """The feed of one type, space, department, series or keyword, at its own address."""
    selection = select({filter_name: [value]})
    if selection.unknown:
        [present] = _rename(selection).values(filter_name)
        return HttpResponsePermanentRedirect(
            request.path.replace(f"/{value}.ics", f"/{present}.ics")
        )
    if filter_name == "lieu" and _has_closed(value):
        return say_gone("Ce lieu a fermé : son agenda n’est plus tenu.")
    return _send_feed(request, selection, request.path, f"agenda-{value}.ics")


@calendar_view
def send_event(request: HttpRequest, slug: str) -> HttpResponse:
    """One public date, to be opened; not to be subscribed to."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    state = get_object_or_404(CalendarState, event=event)
    fragment = state.fragments[SOURCE_LANGUAGE].encode()
    digest = hashlib.sha256(fragment + tzdata_version().encode()).hexdigest()
    return answer_conditionally(
        request,
        etag=f'"{digest[:32]}"',
        changed_at=state.modified_at,
        write=lambda: assemble_single(fragment, {event.zone}),
        disposition=f'attachment; filename="{slug}.ics"',
    )


def _send_feed(
    request: HttpRequest, selection: Selection, path: str, name: str
) -> HttpResponse:
    today = timezone.now().astimezone(load(NETWORK_ZONE)).date()
    feed = AgendaFeed(selection, path, today)
    return answer_conditionally(
        request,
        etag=feed.etag,
        changed_at=feed.changed_at,
        write=feed.render,
        disposition=f'inline; filename="{name}"',
    )


def _rename(selection: Selection) -> Selection:
    """Return ``selection`` with the present names of records that were renamed.

    Raises:
        Http404: a value was never known. An empty calendar would make programs drop
            what they hold.
    """
    found = follow_renames(selection)
    if found is None:
        raise Http404
    return found


def _has_closed(slug: str) -> bool:
    closed = Space.objects.filter(slug=slug, status=SpaceStatus.CLOSED)
    return closed.exists()
