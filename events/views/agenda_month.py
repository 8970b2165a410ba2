"""The agenda as a month: a grid of whole weeks, Monday first."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst

from events import rows, wording
from events.agenda_address import ONE_DAY, count_in_words
from events.domain.timezones import NETWORK_ZONE
from events.domain.wall_clock import midnight
from events.models import EventType
from events.views.agenda_empty import explain_empty

if TYPE_CHECKING:
    from events.agenda_address import AgendaAddress
    from events.querysets import EventQuerySet


def show_month(
    asked: AgendaAddress, events: EventQuerySet, now: datetime.datetime, page: str
) -> dict[str, Any]:
    """Return what the month shows; it has no pages, ``page`` is ignored."""
    month = asked.month or asked.today
    weeks = rows.list_month_weeks(month)
    start = midnight(weeks[0][0], NETWORK_ZONE)
    end = midnight(weeks[-1][-1] + ONE_DAY, NETWORK_ZONE)
    found = events.overlapping(start, end)
    days = [day for week in weeks for day in week]
    cells = rows.spread_over_days(found, days, asked.today, month.month)
    held = {
        event.pk: event
        for cell in cells.values()
        if not cell.is_outside
        for event in cell.events
    }
    return {
        "types": EventType.objects.all(),
        "month_name": capfirst(wording.say_month(month)),
        "weekdays": [wording.say_weekday(day) for day in weeks[0]],
        "weeks": [
            [(cells[day], asked.address_of_days(day, day)) for day in week]
            for week in weeks
        ],
        "previous": _link_month(asked, month - ONE_DAY),
        "next": _link_month(asked, (month + ONE_DAY * 31).replace(day=1)),
        "count_label": count_in_words(len(held), is_upcoming=False),
        "to_come_count": sum(not event.is_past(now) for event in held.values()),
        "cancelled_count": sum(event.is_called_off for event in held.values()),
        "empty": None if held else explain_empty(asked, events, now),
    }


def _link_month(asked: AgendaAddress, day: datetime.date) -> tuple[str, str]:
    label = wording.say_month_name(day)
    if asked.month and day.year != asked.month.year:
        label = wording.say_month(day)
    return capfirst(label), asked.address(mois=f"{day:%Y-%m}")
