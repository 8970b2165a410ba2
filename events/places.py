"""Dates gathered by the place they are held in, for the agenda's map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext

from cms.folding import fold_to_words
from events.rows import EventRow, make_rows
from network.departments import DEPARTMENT_NAMES
from network.domain.projection import is_drawn
from network.domain.sort_key import make_sort_key
from network.enums import SpaceStatus

if TYPE_CHECKING:
    from events.models import Event
    from events.querysets import EventQuerySet

DATES_SHOWN: Final = 3
"""Dates of one place in the list; the others are behind a link."""

PlaceKey = tuple[str, ...]
ONLINE: Final[PlaceKey] = ("en-ligne",)
UNKNOWN: Final[PlaceKey] = ("a-preciser",)


@dataclass(slots=True, eq=False)
class DatePlace:
    """A place where dates are held; ``position`` is longitude, latitude in degrees.

    ``slug`` is that of a space of the network, "" elsewhere; ``spellings`` are the ways
    its name is written, which differ by accents or capitals.
    """

    key: PlaceKey
    name: str
    city: str = ""
    department: str = ""
    slug: str = ""
    has_page: bool = False
    position: tuple[float, float] | None = None
    count: int = 0
    rows: list[EventRow] = field(default_factory=list)
    more_url: str = ""
    spellings: set[str] = field(default_factory=set)

    @property
    def anchor(self) -> str:
        """The end of its address on the page."""
        return "-".join(["lieu", *(slugify(part) for part in self.key if part)])

    @property
    def url(self) -> str:
        """Its page in the directory, "" where it has none."""
        if not self.has_page:
            return ""
        return reverse("network:space", kwargs={"slug": self.slug})

    @property
    def region_name(self) -> str:
        return DEPARTMENT_NAMES.get(self.department, "")

    @property
    def is_somewhere(self) -> bool:
        return self.key not in (ONLINE, UNKNOWN)

    @property
    def marker_text(self) -> str:
        """The number of its dates, as far as a marker can hold it."""
        return str(self.count) if self.count < 1000 else "+"

    @property
    def hidden_count(self) -> int:
        return self.count - len(self.rows)

    @property
    def sort_key(self) -> tuple[int, str, str, PlaceKey]:
        """By town, then name; behind them what no map shows, and what has no place."""
        rank = 0 if self.position and is_drawn(*self.position) else 1
        if not self.is_somewhere:
            rank = 2
        name = make_sort_key(fold_to_words(self.name))
        return rank, fold_to_words(self.city), name, self.key


def list_places(events: EventQuerySet) -> list[DatePlace]:
    """Return the places of ``events`` with their counts, in one query, without rows."""
    columns = (*_COLUMNS, "department", "has_link")
    found = (
        events.annotate(has_link=~Q(online_url=""))
        .values_list(*columns)
        .annotate(n=Count("pk"))
        # The way a name is mostly written comes first, and stays.
        .order_by("-n", "-venue_name")
    )
    places: dict[PlaceKey, DatePlace] = {}
    for *values, number in found:
        place = _make_place(dict(zip(columns, values, strict=True)))
        known = places.setdefault(place.key, place)
        known.position = known.position or place.position
        known.count += number
        known.spellings |= place.spellings
    return sorted(places.values(), key=lambda place: place.sort_key)


def add_rows(places: Sequence[DatePlace], events: EventQuerySet) -> None:
    """Give each place its first dates in the order of ``events``, in two queries."""
    direction = F("start_at").desc() if _is_backwards(events) else F("start_at").asc()
    ranked = (
        events.filter(_held_in(places))
        .order_by()
        .annotate(
            has_link=~Q(online_url=""),
            rank=Window(
                RowNumber(),
                partition_by=[F(name) for name in _IDENTITY],
                order_by=[direction, F("pk").asc()],
            ),
        )
        .filter(rank__lte=DATES_SHOWN)
    )
    # Ranked by their keys: the database sorts no long texts. Read before they are used:
    # one that has no statistics yet would rank them anew for each date.
    first = events.filter(pk__in=list(ranked.values_list("pk", flat=True)))
    gathered: dict[PlaceKey, list[Event]] = defaultdict(list)
    for event in first:
        gathered[_find_key(event)].append(event)
    for place in places:
        place.rows = make_rows(gathered[place.key][:DATES_SHOWN])


_COLUMNS: Final = (
    "venue_name",
    "venue_city",
    "venue_latitude",
    "venue_longitude",
    "venue__slug",
    "venue__name",
    "venue__city",
    "venue__latitude",
    "venue__longitude",
    "venue__live",
    "venue__status",
)
# What makes two dates those of one place, as far as SQL can tell.
_IDENTITY: Final = ("venue_id", "venue_name", "venue_city", "has_link")


def _make_place(row: dict[str, object]) -> DatePlace:
    department = str(row["department"])
    if row["venue__slug"] and not row["venue_name"]:
        slug = str(row["venue__slug"])
        return DatePlace(
            ("", slug),
            str(row["venue__name"]),
            str(row["venue__city"]),
            department,
            slug,
            has_page=bool(row["venue__live"])
            and row["venue__status"] != SpaceStatus.CLOSED,
            position=_pair(row["venue__longitude"], row["venue__latitude"]),
        )
    name, city = str(row["venue_name"]), str(row["venue_city"])
    if not name and not city:
        if row["has_link"]:
            return DatePlace(ONLINE, gettext("Online"))
        return DatePlace(UNKNOWN, gettext("Place to be announced"))
    position = _pair(row["venue_longitude"], row["venue_latitude"])
    key = _key_elsewhere(name, city)
    place = DatePlace(key, name or city, city, department, position=position)
    place.spellings.add(name)
    return place


def _pair(longitude: object, latitude: object) -> tuple[float, float] | None:
    if isinstance(longitude, float) and isinstance(latitude, float):
        return longitude, latitude
    return None


def _key_elsewhere(name: str, city: str) -> PlaceKey:
    return "ailleurs", fold_to_words(name), fold_to_words(city)


def _find_key(event: Event) -> PlaceKey:
    if event.space:
        return "", event.space.slug
    if event.venue_name or event.venue_city:
        return _key_elsewhere(event.venue_name, event.venue_city)
    return ONLINE if event.online_url else UNKNOWN


def _held_in(places: Iterable[DatePlace]) -> Q:
    """Dates of these places, and some of the same name in another town."""
    slugs = [place.slug for place in places if place.slug]
    names = {name for place in places for name in place.spellings if name}
    wanted = Q(venue__slug__in=slugs, venue_name="") | Q(venue_name__in=names)
    if any(not place.is_somewhere or "" in place.spellings for place in places):
        wanted |= Q(venue__isnull=True, venue_name="")
    return wanted


def _is_backwards(events: EventQuerySet) -> bool:
    return str(events.query.order_by[0]).startswith("-")
