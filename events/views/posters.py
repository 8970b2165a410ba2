"""Files of the agenda: posters, a quarter's programme, pictures of shared links.

They hold public dates only and need no session, so that any cache may keep them. Who
has the file already is told so before anything is typeset.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cms.models import NetworkSettings
from cms.typesetting import Sheet
from events.agenda_address import find_today
from events.models import Event
from events.posters.event_sheets import make_poster, make_share_image
from events.posters.quarter import Quarter, UnreadableQuarter, make_programme
from events.selection import read_selection

PDF: Final = "application/pdf"
PNG: Final = "image/png"
# A date may be called off: paper is asked for again soon, a picture less so, since its
# address changes with what it shows.
PAPER_CACHING: Final = "public, max-age=600"
PICTURE_CACHING: Final = "public, max-age=604800"


@require_safe
def send_poster(request: HttpRequest, slug: str) -> HttpResponse:
    """The A4 poster of one public date."""
    sheet = make_poster(_find(slug), _name_network(request))
    return _send(request, sheet, sheet.write_pdf, PDF, PAPER_CACHING, f"{slug}.pdf")


@require_safe
def send_share_image(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that a shared link to one public date shows."""
    sheet = make_share_image(_find(slug), _name_network(request))
    return _send(request, sheet, sheet.write_png, PNG, PICTURE_CACHING, f"{slug}.png")


@require_safe
def send_programme(request: HttpRequest) -> HttpResponse:
    """The programme of the quarter ``trimestre=2026-4``, else of this one.

    A filter or a quarter that nothing answers to is refused in a sentence: nobody
    prints what they did not ask for.
    """
    selection = read_selection(request.GET)
    if selection.unknown:
        return _refuse(request, selection.notices, status=404)
    try:
        quarter = _read_quarter(request.GET.get("trimestre", ""))
    except UnreadableQuarter as error:
        sentence = gettext(
            "“%(text)s” is not a quarter we can read. Example: 2026-4, from October "
            "to December 2026."
        )
        return _refuse(request, [sentence % {"text": str(error)[:30]}], status=400)
    events = Event.objects.published()
    sheet = make_programme(quarter, selection, events, _name_network(request))
    name = f"agenda-{quarter.word}.pdf"
    return _send(request, sheet, sheet.write_pdf, PDF, PAPER_CACHING, name)


def _read_quarter(text: str) -> Quarter:
    return Quarter.read(text) if text else Quarter.of(find_today())


def _find(slug: str) -> Event:
    return get_object_or_404(Event.objects.published().with_row_relations(), slug=slug)


def _name_network(request: HttpRequest) -> str:
    return NetworkSettings.for_request(request).network_name


def _refuse(request: HttpRequest, sentences: list[str], *, status: int) -> HttpResponse:
    context = {"sentences": sentences, "agenda_url": reverse("events:agenda")}
    return render(request, "events/programme_refused.html", context, status=status)


def _send(
    request: HttpRequest,
    sheet: Sheet,
    write: Callable[[], bytes],
    content_type: str,
    caching: str,
    name: str,
) -> HttpResponse:
    response = get_conditional_response(request, etag=sheet.etag)
    if response is None:
        response = HttpResponse(write(), content_type=content_type)
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["ETag"] = sheet.etag
    response.headers["Cache-Control"] = caching
    response.headers["X-Robots-Tag"] = "noindex"
    return response
