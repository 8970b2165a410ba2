"""The calendar of one person, behind a secret address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from events.personal_feeds import PersonalCalendar
from events.services.feed_tokens import find_token, note_use
from events.views.calendar_answer import answer_conditionally, calendar_view


@calendar_view
def send_personal(request: HttpRequest, token: str) -> HttpResponse:
    """The dates of who holds ``token``; 404 for a token unknown, revoked or asleep.

    Nothing between this site and the program may keep it: a revoked address is dead
    at the next request.
    """
    found = find_token(token)
    if found is None:
        raise Http404
    now = timezone.now()
    note_use(found, timezone.localdate(now))
    calendar = PersonalCalendar(found, now)
    response = answer_conditionally(
        request,
        etag=calendar.etag,
        changed_at=calendar.changed_at,
        write=calendar.render,
        disposition='inline; filename="agenda.ics"',
        shared=False,
    )
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
