"""What the room asks of an engine, whichever one answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search.domain.query import SearchQuery
    from search.domain.results import SearchFilters, SearchResults
    from search.models import IndexedText


class SearchEngine(Protocol):
    """Stores texts and finds them; the order of results is the engine's own."""

    def index(self, texts: Iterable[IndexedText]) -> None:
        """Store the texts; one with the same key is replaced."""

    def remove(self, keys: Iterable[str]) -> None:
        """Forget these texts; an unknown key is no error."""

    def rebuild(self, texts: Iterable[IndexedText]) -> int:
        """Make the index hold these texts and no other; return their number.

        Readers find the former index meanwhile.
        """

    def search(
        self, query: SearchQuery, filters: SearchFilters, page: int
    ) -> SearchResults:
        """Return the page (from 1), or the last one when there are fewer.

        When no text has every word, texts that have some of them are found.
        """
