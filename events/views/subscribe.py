"""How to have a part of the agenda in one's own calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from events.calendar_links import make_subscribe_links
from events.facets import count_facets
from events.feed_addresses import find_feed_address
from events.forms.digest import DigestForm
from events.models import Event
from events.rows import make_rows
from events.selection import read_selection
from events.services.digests import may_be_digested
from events.services.feed_alias import NothingToShorten, shorten_address

if TYPE_CHECKING:
    from events.selection import Selection

PREVIEW_SIZE: Final = 3
TOO_MANY_SECONDS: Final = 600


@require_safe
def show_subscribe(request: HttpRequest) -> HttpResponse:
    """Show the addresses of the feed that holds what the filters keep."""
    return render_subscribe(request, read_selection(request.GET))


# No token: it would take a cookie, and a forged form gains nothing here.
@method_decorator(csrf_exempt, name="dispatch")
class ShortenView(View):
    """Give the filters of the address a short one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Whoever reloads the answer comes back to the page."""
        return send_back(read_selection(request.GET))

    def post(self, request: HttpRequest) -> HttpResponse:
        selection = read_selection(request.GET)
        if not ratelimit.consume(request, action="short_address"):
            return refuse_too_many(request, selection)
        try:
            shorten_address(selection, now=timezone.now())
        except NothingToShorten as refusal:
            problem = str(refusal.sentence)
            return render_subscribe(request, selection, status=422, problem=problem)
        return send_back(selection, "#adresse")


def send_back(selection: Selection, anchor: str = "") -> HttpResponseRedirect:
    """Return a redirect to the page of these filters."""
    address = reverse("events:subscribe") + selection.query_string
    return HttpResponseRedirect(f"{address}{anchor}")


def render_subscribe(
    request: HttpRequest,
    selection: Selection,
    *,
    status: int = 200,
    digest_form: DigestForm | None = None,
    problem: str = "",
) -> HttpResponse:
    """Return the page; ``problem`` says why what was asked was not done."""
    now = timezone.now()
    events = selection.filter(Event.objects.published()).upcoming(now)
    upcoming = list(events.with_row_relations()[:PREVIEW_SIZE])
    feed = find_feed_address(selection)
    name = selection.label or gettext("Agenda")
    query = selection.query_string
    context: dict[str, Any] = {
        "selection": selection,
        "notices": selection.notices,
        "problem": problem,
        "count": events.count(),
        "rows": make_rows(upcoming, now=now),
        "feed_path": feed.path,
        "is_long": feed.is_long,
        "shorten_url": reverse("events:shorten") + query,
        "atom_path": reverse("event_feeds:atom") + query,
        "links": make_subscribe_links(f"{settings.SITE_URL}{feed.path}", name),
        "facets": count_facets(selection, Event.objects.published().upcoming(now)),
        "agenda_url": reverse("events:agenda") + query,
        "digest_url": reverse("events:digest") + query,
        "digest_form": digest_form or DigestForm(),
        "proof_months": settings.DIGEST_PROOF_MONTHS,
        "has_digest": may_be_digested(selection),
    }
    return render(request, "events/subscribe.html", context, status=status)


def refuse_too_many(
    request: HttpRequest,
    selection: Selection,
    *,
    digest_form: DigestForm | None = None,
) -> HttpResponse:
    """Return the page with what was typed, and when to try again."""
    problem = gettext("Too many tries: wait ten minutes, then try again.")
    response = render_subscribe(
        request, selection, status=429, digest_form=digest_form, problem=problem
    )
    response.headers["Retry-After"] = str(TOO_MANY_SECONDS)
    return response
