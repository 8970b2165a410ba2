"""The agenda as a list by day, twenty dates a page."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Paginator
from django.utils.translation import gettext

from events import rows
from events.agenda_address import ONE_DAY, ONE_WEEK, count_in_words
from events.domain.timezones import NETWORK_ZONE
from events.domain.wall_clock import midnight
from events.views.agenda_empty import explain_empty

if TYPE_CHECKING:
    from events.agenda_address import AgendaAddress
    from events.querysets import EventQuerySet

PAGE_SIZE: Final = 20
FORTNIGHT: Final = 14


def show_list(
    asked: AgendaAddress, events: EventQuerySet, now: datetime.datetime, page: str
) -> dict[str, Any]:
    """Return what the list shows."""
    found, first_day = asked.choose_period(events, now)
    paginator = Paginator(found, PAGE_SIZE)
    shown = paginator.get_page(page)
    asked.tell_page(page, shown.number)
    is_upcoming = asked.is_upcoming
    listed = rows.make_rows(shown, now=now if is_upcoming else None)
    groups = rows.group_by_day(listed, first_day=first_day, today=asked.today)
    fortnight = (
        _list_fortnight(asked, events, groups)
        if is_upcoming and shown.number == 1
        else []
    )
    return {
        "page": shown,
        "weeks": rows.group_by_week(groups),
        "count_label": count_in_words(paginator.count, is_upcoming=is_upcoming),
        "fortnight": fortnight,
        "near_weeks": _link_near_weeks(asked, fortnight, groups) if fortnight else [],
        "empty": None if paginator.count else explain_empty(asked, events, now),
    }


def _list_fortnight(
    asked: AgendaAddress, events: EventQuerySet, groups: list[rows.DayGroup]
) -> list[tuple[rows.DayCell, str]]:
    """Return the fourteen days from today, each with the place its link leads to."""
    days = [asked.today + ONE_DAY * number for number in range(FORTNIGHT)]
    end = midnight(days[-1] + ONE_DAY, NETWORK_ZONE)
    found = events.overlapping(midnight(asked.today, NETWORK_ZONE), end)
    cells = rows.spread_over_days(found, days, asked.today)
    on_page = {group.day: f"#{group.anchor}" for group in groups}
    return [
        (cell, on_page.get(day) or asked.address_of_days(day, day))
        for day, cell in cells.items()
    ]


def _link_near_weeks(
    asked: AgendaAddress,
    fortnight: list[tuple[rows.DayCell, str]],
    groups: list[rows.DayGroup],
) -> list[tuple[str, str, int]]:
    """Return this week and the next: what to call it, where it is, its dates left."""
    on_page = {rows.find_week(group.day) for group in groups}
    monday = asked.today - ONE_DAY * asked.today.weekday()
    links = []
    for label, first in (
        (gettext("This week"), monday),
        (gettext("Next week"), monday + ONE_WEEK),
    ):
        last = first + ONE_DAY * 6
        held = {
            event.pk
            for cell, _url in fortnight
            if first <= cell.day <= last
            for event in cell.events
        }
        week = rows.find_week(first)
        url = asked.address_of_days(max(first, asked.today), last)
        links.append((label, f"#{week.anchor}" if week in on_page else url, len(held)))
    return links
