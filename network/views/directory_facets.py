"""How many spaces each filter would show, counted by the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from network.departments import DEPARTMENT_NAMES
from network.enums import KIND_WORDS, STATUS_WORDS
from network.views.directory_filter import label_word

if TYPE_CHECKING:
    from network.querysets import SpaceQuerySet
    from network.views.directory_filter import DirectoryFilter


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One box to tick, and how many spaces it shows with the other filters in force."""

    word: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One parameter of the address, as a group of boxes."""

    name: str
    legend: str
    options: Sequence[FacetOption]


def count_facets(spaces: SpaceQuerySet, chosen: DirectoryFilter) -> list[Facet]:
    """Return the facets with something in them; one query each, three in all.

    A facet is counted without its own choice, so that a second box can be added.
    """
    columns: dict[str, tuple[str, Mapping[str, str], str]] = {
        "dep": (
            "department",
            dict(zip(DEPARTMENT_NAMES, DEPARTMENT_NAMES, strict=True)),
            _("Department"),
        ),
        "type": ("kinds__kind", KIND_WORDS, _("What is there")),
        "statut": ("status", STATUS_WORDS, _("Status")),
    }
    facets = []
    for name, (column, words, legend) in columns.items():
        rows = (
            chosen.narrow(spaces, without=name)
            .order_by()
            .values_list(column)
            .annotate(total=Count("pk", distinct=True))
        )
        options = _list_options(name, dict(rows), words, chosen.chosen[name])
        if options:
            facets.append(Facet(name, legend, options))
    return facets


def _list_options(
    name: str,
    counts: Mapping[str, int],
    words: Mapping[str, str],
    chosen: Sequence[str],
) -> list[FacetOption]:
    return [
        FacetOption(
            word, capfirst(label_word(name, word)), counts.get(value, 0), word in chosen
        )
        for value, word in words.items()
        if counts.get(value) or word in chosen
    ]
