"""One date as a calendar file, for a mail or a download."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext, override

from cms.record_text import SOURCE_LANGUAGE
from events.domain.calendar_values import Conference
from events.domain.errors import UnsafeUrl
from events.domain.ical import assemble_single, serialise_event
from events.models import CalendarState
from events.services.calendar import make_calendar_event

if TYPE_CHECKING:
    from events.domain.calendar_values import CalendarEvent
    from events.models import Event


def write_event_file(
    event: Event,
    *,
    language: str,
    online_url: str = "",
    now: datetime.datetime | None = None,
) -> bytes:
    """Return a calendar of this one date, with the UID and sequence of the feeds.

    ``online_url`` is the video link where this reader may have one that the public
    may not. ``now`` stamps a date that no feed tells, such as one for members.
    Costs five queries at most.
    """
    state = CalendarState.objects.filter(event=event).first()
    if state is None:
        since = now or event.first_published_at or event.start_at
        state = CalendarState(event=event, created_at=since, modified_at=since)
    known = event.text_in(language).language
    value = make_calendar_event(event, state, known or SOURCE_LANGUAGE)
    if online_url and value.conference is None:
        value = _add_link(value, online_url, language)
    fragment = serialise_event(value, language=known or SOURCE_LANGUAGE)
    return assemble_single(fragment, {event.zone})


def _add_link(value: CalendarEvent, online_url: str, language: str) -> CalendarEvent:
    with override(language):
        try:
            conference = Conference(url=online_url, label=gettext("Join online"))
        except UnsafeUrl:
            return value
        line = gettext("Online: %(url)s") % {"url": conference.url}
    return replace(
        value,
        conference=conference,
        description=f"{value.description}\n{line}".strip(),
    )
