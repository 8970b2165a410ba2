"""What an agenda without dates says: what is next, and the ways out."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from events import rows, wording

if TYPE_CHECKING:
    from events.agenda_address import AgendaAddress
    from events.models import Event
    from events.querysets import EventQuerySet


def explain_empty(
    asked: AgendaAddress, events: EventQuerySet, now: datetime.datetime
) -> dict[str, Any]:
    """Say that nothing is there, what is next, and the ways out."""
    period = ""
    if asked.month:
        period = wording.say_month(asked.month)
    elif asked.first_day and asked.first_day == asked.last_day:
        period = wording.say_near_day(asked.first_day, asked.today)
    elif asked.first_day and asked.last_day:
        period = pgettext("period", "from %(first)s to %(last)s") % {
            "first": wording.say_near_day(asked.first_day, asked.today),
            "last": wording.say_near_day(asked.last_day, asked.today),
        }
    parts = {"what": asked.selection.label, "when": period}
    title = gettext("No date here")
    if parts["what"] and period:
        title = gettext("No date for %(what)s, %(when)s") % parts
    elif parts["what"]:
        title = gettext("No date for %(what)s") % parts
    elif period:
        title = gettext("No date, %(when)s") % parts
    following = events.upcoming(now).first()
    actions = [
        (gettext("Without “%(label)s”") % {"label": label}, url)
        for label, url in asked.chips[:3]
    ]
    if asked.selection or asked.month or asked.first_day or asked.last_day:
        actions.append((gettext("All dates to come"), reverse("events:agenda")))
    return {
        "title": title,
        "next": following,
        "actions": actions,
        **_say_next(following),
    }


def _say_next(event: Event | None) -> dict[str, str]:
    if event is None:
        return {"text": gettext("No other date is announced for now.")}
    words = {
        "title": event.title,
        "when": wording.say_when(event).lower(),
        "where": rows.say_where(event),
    }
    text = gettext("The next one: %(title)s, %(when)s.") % words
    return {"text": text, "url": event.get_absolute_url(), "link": event.title}
