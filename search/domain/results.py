"""What a search gives back, the same whichever engine answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from search.domain.highlight import Part
    from search.domain.query import SearchQuery

HITS_PER_PAGE = 20


def count_pages(total: int) -> int:
    """Return the number of pages; an empty list has one."""
    return max(1, -(-total // HITS_PER_PAGE))


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What narrows a search. No kind means every kind; several mean any of them.

    `today`, in the site's zone, puts the nearest of equal dates first, those to come
    before those past.
    """

    today: date
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One text found. `title_parts` and `passage` are the title and a passage of the
    text, cut where the reader's words stand; `language` is the text's own.
    """

    title: str
    url: str
    kind: str
    language: str
    summary: str
    date: date | None
    title_parts: tuple[Part, ...]
    passage: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A way to narrow the search; `count` ignores the facet's own choices."""

    value: str
    count: int
    is_selected: bool


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of hits, best first. `page` counts from 1.

    `is_relaxed`: no text had every word, so these have some of them.
    """

    query: SearchQuery
    hits: tuple[SearchHit, ...] = ()
    total: int = 0
    page: int = 1
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    is_relaxed: bool = False

    @property
    def page_count(self) -> int:
        return count_pages(self.total)
