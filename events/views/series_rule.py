"""One series as a rule with exceptions, to be opened; not to be subscribed to."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone

from cms.renamed import find_present_slug
from events.domain.errors import CalendarError
from events.domain.timezones import NETWORK_ZONE, load
from events.feeds import AgendaFeed
from events.models import Series
from events.selection import select
from events.series_rule import SeriesRule
from events.views.calendar_answer import answer_conditionally, calendar_view


@calendar_view
def send_rule(request: HttpRequest, slug: str) -> HttpResponse:
    """The rule of a public series; its flat feed where some program reads rules wrong."""
    series = Series.objects.published().with_template().filter(slug=slug).first()
    if series is None:
        return _send_to_present(slug)
    flat = AgendaFeed(
        select({"serie": [slug]}),
        reverse("event_feeds:series", args=[slug]),
        timezone.localdate(timezone=load(NETWORK_ZONE)),
    )
    rule = SeriesRule(series)

    def write() -> bytes:
        try:
            return rule.render()
        except CalendarError:
            return flat.render()

    # Which of the two it is follows from what both say.
    digest = hashlib.sha256(f"{flat.etag} {rule.digest}".encode()).hexdigest()
    return answer_conditionally(
        request,
        etag=f'"{digest[:32]}"',
        changed_at=flat.changed_at,
        write=write,
        disposition=f'attachment; filename="{slug}-regle.ics"',
    )


def _send_to_present(slug: str) -> HttpResponse:
    """Return 301 to the series that had the address ``slug``.

    Raises:
        Http404: there never was one, or it is not public.
    """
    present = find_present_slug(Series, slug)
    if not Series.objects.published().filter(slug=present).exists():
        raise Http404
    address = reverse("event_feeds:series_rule", args=[present])
    return HttpResponsePermanentRedirect(address)
