"""Calendar feeds, outside the language prefix; a person never sees them.

No session, no cookie, no negotiation: a calendar program gets a calendar, the word
that nothing changed, or an error that makes it keep what it has.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import logging
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from cms.record_text import SOURCE_LANGUAGE
from events.domain.ical import assemble_single
from events.domain.timezones import NETWORK_ZONE, load, tzdata_version
from events.feeds import AgendaFeed
from events.models import CalendarState, Event
from events.selection import Selection, read_selection, select

logger = logging.getLogger(__name__)

CACHING = "public, max-age=900, stale-while-revalidate=3600"
CONTENT_TYPE = "text/calendar; charset=utf-8"
RETRY_SECONDS = 600

FeedView = Callable[..., HttpResponse]


def calendar_view(view: FeedView) -> FeedView:
    """Add what every answer has, the 304 too, and turn a failure into a 503.

    After an answer 200 without dates, programs would empty their copy; after 503 they
    keep it and ask again.
    """

    @require_safe
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            raise
        except Exception:  # whatever it is, subscribers keep their copy
            logger.exception("The feed %s cannot be written", request.path)
            response = HttpResponse(
                "Agenda momentanément indisponible.\n",
                status=503,
                content_type="text/plain; charset=utf-8",
                headers={
                    "Retry-After": str(RETRY_SECONDS),
                    "Cache-Control": "no-store",
                },
            )
        else:
            response.headers["Cache-Control"] = CACHING
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer


@calendar_view
def send_agenda(request: HttpRequest) -> HttpResponse:
    """The network's feed, or the part of it that the address asks for."""
    selection = read_selection(request.GET)
    path = reverse("event_feeds:network") + selection.query_string
    return _send_feed(request, selection, path, "agenda.ics")


@calendar_view
def send_filtered(request: HttpRequest, filter_name: str, value: str) -> HttpResponse:
    """The feed of one type, space, department, series or keyword, at its own address."""
    selection = select({filter_name: [value]})
    return _send_feed(request, selection, request.path, f"agenda-{value}.ics")


@calendar_view
def send_event(request: HttpRequest, slug: str) -> HttpResponse:
    """One public date, to be opened; not to be subscribed to."""
    event = get_object_or_404(Event.objects.published(), slug=slug)
    state = get_object_or_404(CalendarState, event=event)
    fragment = state.fragments[SOURCE_LANGUAGE].encode()
    digest = hashlib.sha256(fragment + tzdata_version().encode()).hexdigest()
    return _answer(
        request,
        etag=f'"{digest[:32]}"',
        changed_at=state.modified_at,
        write=lambda: assemble_single(fragment, {event.zone}),
        disposition=f'attachment; filename="{slug}.ics"',
    )


def _send_feed(
    request: HttpRequest, selection: Selection, path: str, name: str
) -> HttpResponse:
    if selection.unknown:
        # An empty calendar would make programs drop what they hold.
        raise Http404
    today = timezone.now().astimezone(load(NETWORK_ZONE)).date()
    feed = AgendaFeed(selection, path, today)
    return _answer(
        request,
        etag=feed.etag,
        changed_at=feed.changed_at,
        write=feed.render,
        disposition=f'inline; filename="{name}"',
    )


def _answer(
    request: HttpRequest,
    *,
    etag: str,
    changed_at: datetime.datetime,
    write: Callable[[], bytes],
    disposition: str,
) -> HttpResponse:
    """Return 304 without calling ``write`` to a program that has these bytes."""
    stamp = int(changed_at.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=stamp)
    if response is None:
        response = HttpResponse(write(), content_type=CONTENT_TYPE)
        response.headers["Content-Disposition"] = disposition
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(stamp)
    return response
