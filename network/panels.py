"""What the network shows on pages that gather several rooms."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _, ngettext

from network.census import Census, take_census
from network.departments import DEPARTMENT_NAMES
from network.domain.projection import is_drawn
from network.enums import SpaceStatus
from network.models import Space
from network.region_map import draw_region

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpRequest
    from django.utils.safestring import SafeString

_DOORS = 4


class SpacesOnHomePage:
    """Four doors of the network, and a map of all of them. Two queries."""

    order = 30

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        census = take_census()
        if not census.total:
            return ""
        spaces = list(Space.objects.listed())
        context = {
            "title": _write_title(spaces),
            "spaces": choose_doors(spaces),
            "map": draw_region(
                census.by_department, list(enumerate(spaces, start=1)), spread=False
            ),
            "caption": _write_caption(census),
        }
        return render_to_string("network/home_panel.html", context, request)


def choose_doors(spaces: Iterable[Space]) -> list[Space]:
    """Choose up to four spaces: open ones from different departments, one planned.

    The choice is the same at each visit; it takes what there is where there is less.
    """
    everyone = list(spaces)
    planned = [one for one in everyone if one.status == SpaceStatus.PROJECT][:1]
    first = list(islice(_first_of_each_department(everyone), _DOORS - len(planned)))
    chosen = [*first, *planned]
    others = [one for one in everyone if one not in chosen]
    return [*first, *others[: _DOORS - len(chosen)], *planned]


def _first_of_each_department(spaces: Iterable[Space]) -> Iterator[Space]:
    seen = set()
    for space in spaces:
        if space.status == SpaceStatus.OPEN and space.department not in seen:
            seen.add(space.department)
            yield space


def _write_title(spaces: list[Space]) -> str:
    towns = sorted(
        (space.position, space.city)
        for space in spaces
        if space.city and space.position is not None and is_drawn(*space.position)
    )
    if not towns or towns[0][1] == towns[-1][1]:
        return ngettext(
            "%(total)d space to push the door of",
            "%(total)d spaces to push the door of",
            len(spaces),
        ) % {"total": len(spaces)}
    return _("%(total)d spaces, between %(west)s and %(east)s") % {
        "total": len(spaces),
        "west": towns[0][1],
        "east": towns[-1][1],
    }


def _write_caption(census: Census) -> str:
    places = ", ".join(
        f"{DEPARTMENT_NAMES[code]}\u00a0({total})"
        for code, total in census.by_department.items()
    )
    return _("Spaces by department: %(places)s.") % {"places": places} if places else ""
