"""How many dates each choice of a filter would show, counted by the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext, pgettext

from cms.folding import fold_to_words
from network.departments import DEPARTMENT_NAMES

if TYPE_CHECKING:
    from events.querysets import EventQuerySet
    from events.selection import Selection


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One choice, and how many dates it shows with the other filters in force."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter of the address, as a list to choose from.

    ``others`` are the values in force that the list does not show as chosen: an
    address may hold several, a list shows one.
    """

    name: str
    label: str
    everything: str
    options: list[FacetOption]
    others: list[str]


def count_facets(selection: Selection, events: EventQuerySet) -> list[Facet]:
    """Return type, department and space with their counts among ``events``.

    ``events`` are those of the period, before any filter. Each filter is counted
    without its own choice, so that another one can be compared. One query each,
    three in all; choices that would show nothing are left out.
    """
    everything = pgettext("spaces", "All")
    kinds, departments, spaces = (
        selection.filter(events, without=name).order_by()
        for name in ("type", "dep", "lieu")
    )
    return [
        _make_facet(
            selection, "type", gettext("Type"), pgettext("types", "All"),
            _count_types(kinds),
        ),
        _make_facet(
            selection, "dep", gettext("Department"), pgettext("departments", "All"),
            _count_departments(departments),
        ),
        _make_facet(
            selection, "lieu", pgettext("filter", "Space"), everything,
            _count_spaces(spaces),
        ),
    ]  # fmt: skip


Counted = Mapping[str, tuple[str, int]]


def _count_types(events: EventQuerySet) -> Counted:
    found = events.values_list("type__slug", "type__name").annotate(n=Count("pk"))
    return {slug: (name, number) for slug, name, number in found}


def _count_departments(events: EventQuerySet) -> Counted:
    found = events.exclude(department="").values_list("department")
    return {
        code: (DEPARTMENT_NAMES[code], number)
        for code, number in found.annotate(n=Count("pk"))
        if code in DEPARTMENT_NAMES
    }


def _count_spaces(events: EventQuerySet) -> Counted:
    """Count by space, where a date takes place or which organises it, once for both."""
    pairs = events.values_list(
        "venue_name",
        *(f"{role}__{name}" for role in ("venue", "host") for name in _SPACE),
    ).annotate(n=Count("pk"))
    numbers: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for elsewhere, *columns, number in pairs:
        roles = [columns[: len(_SPACE)], columns[len(_SPACE) :]]
        shown = roles[1:] if elsewhere else roles
        for slug, (label, is_live) in {
            slug: (", ".join(filter(None, [name, city])), live)
            for slug, name, city, live in shown
            if slug
        }.items():
            if is_live:
                labels[slug] = label
                numbers[slug] += number
    return {slug: (labels[slug], numbers[slug]) for slug in labels}


_SPACE = ("slug", "name", "city", "live")


def _make_facet(
    selection: Selection, name: str, label: str, everything: str, counted: Counted
) -> Facet:
    chosen = selection.labels(name)
    first = next(iter(chosen), "")
    known = {value: (text, 0) for value, text in chosen.items()} | dict(counted)
    options = [
        FacetOption(value, text, number, is_chosen=value == first)
        for value, (text, number) in known.items()
    ]
    return Facet(name, label, everything, _sort(options), list(chosen)[1:])


def _sort(options: Iterable[FacetOption]) -> list[FacetOption]:
    return sorted(options, key=lambda one: fold_to_words(one.label))
