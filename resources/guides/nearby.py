"""Who can help at a stage, near the place that the reader gave.

It shows what spaces offer (services, skills, speakers) and leads to their pages: no
address of a person is shown here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from events.enums import EventMark
from events.models import Event
from events.wording import say_day
from network.department_neighbours import list_neighbours
from network.departments import DEPARTMENT_NAMES, list_region
from network.models import Space
from resources.enums import ResourceKind

if TYPE_CHECKING:
    from resources.models.shared_resource import SharedResource


# Kinds of resources that are somebody's help.
HELPING_KINDS: Final = frozenset(
    {ResourceKind.SERVICE, ResourceKind.SKILL, ResourceKind.SPEAKER}
)
# The rank of spaces that are out of reach.
_FAR: Final = 4


@dataclass(frozen=True, slots=True)
class Helper:
    """A space with what it offers, or the network itself where ``space`` is None."""

    space: Space | None
    resources: Sequence[SharedResource]
    workshop: Event | None

    @property
    def workshop_day(self) -> str:
        """The day of the next workshop, as people say it; “” without one."""
        if self.workshop is None:
            return ""
        return say_day(self.workshop.start_date, with_year=False)


@dataclass(frozen=True, slots=True)
class Circle:
    """Helpers at about one distance."""

    heading: str
    helpers: Sequence[Helper]


@dataclass(frozen=True, slots=True)
class HelpNearby:
    """Who can help, the nearest first."""

    department: str
    circles: Sequence[Circle]

    @property
    def department_name(self) -> str:
        return DEPARTMENT_NAMES.get(self.department, "")


def find_help(
    offers: Iterable[SharedResource], department: str, *, now: datetime.datetime
) -> HelpNearby:
    """Gather ``offers`` by space and, for a department, by how far the space is.

    Without a department every space comes, by department. With one: that department, its
    neighbours, the rest of its region, what has no place; spaces further away do not
    come, nor those that the directory does not list. Two queries, for the workshops.
    """
    by_space: dict[Space | None, list[SharedResource]] = {}
    for offer in offers:
        if offer.space is None or offer.space.is_listed:
            by_space.setdefault(offer.space, []).append(offer)
    distances = {space: _find_distance(space, department) for space in by_space}
    near = [space for space in by_space if distances[space][0] < _FAR]
    near.sort(key=lambda space: (*distances[space], space.sort_key if space else ""))
    spaces = [space for space in near if space is not None]
    workshops = find_next_workshops(spaces, now=now)
    circles: dict[str, list[Helper]] = {}
    for space in near:
        workshop = workshops.get(space.pk) if space else None
        helper = Helper(space, by_space[space], workshop)
        circles.setdefault(distances[space][1], []).append(helper)
    return HelpNearby(
        department, [Circle(heading, helpers) for heading, helpers in circles.items()]
    )


def _find_distance(space: Space | None, department: str) -> tuple[int, str]:
    """Return how far a space is, as a rank, and the heading of its circle."""
    if space is None:
        return 3, _("Everywhere")
    name = space.department_name or _("Elsewhere")
    if not department or space.department == department:
        return 0, name
    if space.department in list_neighbours(department):
        return 1, _("In neighbouring departments")
    if space.department in list_region(department):
        return 2, _("Elsewhere in the region")
    return _FAR, name


def find_next_workshops(
    spaces: Sequence[Space], *, now: datetime.datetime
) -> dict[int, Event]:
    """Return the next public workshop that each space hosts, by space; two queries."""
    if not spaces:
        return {}
    workshops = Event.objects.published().upcoming(now).taking_place()
    next_one = workshops.filter(host=OuterRef("pk"), type__mark=EventMark.WORKSHOP)
    pairs = dict(
        Space.objects.filter(pk__in=[space.pk for space in spaces])
        .annotate(next_workshop=Subquery(next_one.values("pk")[:1]))
        .exclude(next_workshop=None)
        .values_list("pk", "next_workshop")
        .order_by()
    )
    events = Event.objects.with_row_relations().in_bulk(pairs.values())
    return {space: events[pk] for space, pk in pairs.items()}
