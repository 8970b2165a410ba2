"""The agenda as a map: one marker a place, beside a list that says the same."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Paginator

from events.agenda_address import count_in_words
from events.places import DatePlace, add_rows, list_places
from events.views.agenda_empty import explain_empty
from network.census import take_census
from network.region_map import draw_region

if TYPE_CHECKING:
    from events.agenda_address import AgendaAddress
    from events.querysets import EventQuerySet

PLACES_PER_PAGE: Final = 40
"""As many as a reader can tell apart on a drawing of this size."""


def show_map(
    asked: AgendaAddress, events: EventQuerySet, now: datetime.datetime, page: str
) -> dict[str, Any]:
    """Return what the map shows; map and list hold the same places.

    Three queries: the places with their counts, the first dates of each, and the
    departments of the network, which are what is drawn.
    """
    found, _first_day = asked.choose_period(events, now)
    places = list_places(found)
    shown = Paginator(places, PLACES_PER_PAGE).get_page(page)
    asked.tell_page(page, shown.number)
    on_page = list(shown.object_list)
    add_rows(on_page, found)
    for place in on_page:
        place.more_url = _find_others(asked, place)
    somewhere = [place for place in on_page if place.is_somewhere]
    departments = list(take_census().by_department) or [
        place.department for place in somewhere
    ]
    drawn = draw_region(departments, [(place.count, place) for place in somewhere])
    on_map = [marker.subject for marker in drawn.markers] if drawn else []
    total = sum(place.count for place in places)
    return {
        "page": shown,
        "map": drawn,
        "groups": _group(on_page, on_map),
        "count_label": count_in_words(total, is_upcoming=asked.is_upcoming),
        "empty": None if total else explain_empty(asked, events, now),
    }


def _group(
    places: list[DatePlace], on_map: list[DatePlace]
) -> dict[str, list[DatePlace]]:
    """The places by where the map has them: on it, outside it, nowhere."""
    outside = [one for one in places if one.is_somewhere and one not in on_map]
    nowhere = [one for one in places if not one.is_somewhere]
    return {"on_map": on_map, "outside": outside, "nowhere": nowhere}


def _find_others(asked: AgendaAddress, place: DatePlace) -> str:
    """Return the list of all the dates of a place, with the filters in force."""
    if place.slug:
        return asked.address(vue=None, lieu=place.slug)
    # What has no place has no filter either: the list holds it among the others.
    names = [place.name, place.city] if place.is_somewhere else []
    words = " ".join(filter(None, [asked.selection.query, *names]))
    return asked.address(vue=None, q=words or None)
