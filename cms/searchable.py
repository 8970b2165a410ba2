"""What a record says of itself to the public search.

The search room reads this contract and imports no page type: a class that can be
found mixes in ``Searchable`` and yields one entry for each language it exists in.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from django.dispatch import Signal

# Sent, inside the transaction, once many rows of ``sender`` were written without their
# ``save``: ``records`` is a queryset of them that fetches what ``search_entries`` reads.
records_written = Signal()


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What the public may read of one record in one language.

    ``url`` is a path as ``get_absolute_url`` gives it in that language; ``date`` the
    day a reader would sort by; ``facets`` the values to filter on, by facet name.
    """

    title: str
    summary: str
    body: str
    language: str
    url: str
    kind: str
    date: datetime.date | None = None
    tags: Sequence[str] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Searchable:
    """A model that the public search finds."""

    # The kind shown beside a result, one of ``search.enums.Kind``.
    search_kind: ClassVar[str] = ""
    # Paths to the rows whose own change alters what the entries say, such as "venue",
    # "tags" or, across several models, "charter__versions".
    search_follows: ClassVar[Sequence[str]] = ()

    def search_entries(self) -> Iterable[SearchEntry]:
        """Yield one entry a language; none while the public may not see the record."""
        raise NotImplementedError(f"{type(self).__name__} says nothing to search")
