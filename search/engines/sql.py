"""The engine that needs nothing else: the site's own database searches."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.db import router, transaction
from django.urls import translate_url
from django.utils.translation import override

from search.domain.highlight import choose_passage, mark_matches
from search.domain.results import (
    FacetValue,
    SearchHit,
    SearchResults,
    count_pages,
)
from search.engines.selection import Row, Selection
from search.models import IndexedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from search.domain.query import SearchQuery
    from search.domain.results import SearchFilters

_REPLACED_FIELDS = [
    field.name
    for field in IndexedText._meta.concrete_fields
    if field.name not in {"id", "key"}
]
_BATCH = 200


class SqlEngine:
    """Searches ``IndexedText`` through the database's full-text index.

    A search costs two queries, three when no text has every word.
    """

    def __init__(self, url: str = "") -> None:
        pass

    def index(self, texts: Iterable[IndexedText]) -> None:
        IndexedText.objects.bulk_create(
            texts,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=_REPLACED_FIELDS,
        )

    def remove(self, keys: Iterable[str]) -> None:
        waiting = iter(keys)
        while batch := list(islice(waiting, _BATCH)):
            IndexedText.objects.filter(key__in=batch).delete()

    def rebuild(self, texts: Iterable[IndexedText]) -> int:
        """Index in batches, each read and written in one transaction.

        One transaction for all would keep every other writer waiting on SQLite. What
        others index meanwhile stays.
        """
        former = set(IndexedText.objects.values_list("key", flat=True))
        waiting = iter(texts)
        kept: set[str] = set()
        using = router.db_for_write(IndexedText)
        while True:
            with transaction.atomic(using=using):
                batch = list(islice(waiting, _BATCH))
                self.index(batch)
            kept.update(text.key for text in batch)
            if len(batch) < _BATCH:
                break
        self.remove(former - kept)
        return len(kept)

    def search(
        self, query: SearchQuery, filters: SearchFilters, page: int
    ) -> SearchResults:
        if not query.clauses:
            return SearchResults(query=query)
        results = _search(query, filters, page, every_word=True)
        if query.can_be_relaxed and not any(
            value.count for value in results.facets["kind"]
        ):
            return _search(query, filters, page, every_word=False)
        return results


def _search(
    query: SearchQuery, filters: SearchFilters, page: int, *, every_word: bool
) -> SearchResults:
    selection = Selection(query, filters, every_word=every_word)
    facet = tuple(_read_facet(selection.count_kinds(), filters.kinds))
    total = sum(
        value.count for value in facet if value.is_selected or not filters.kinds
    )
    page = min(max(page, 1), count_pages(total))
    return SearchResults(
        query=query,
        hits=tuple(_read_hits(selection, page) if total else ()),
        total=total,
        page=page,
        facets={"kind": facet},
        is_relaxed=not every_word and total > 0,
    )


def _read_facet(counts: Mapping[str, int], chosen: Sequence[str]) -> list[FacetValue]:
    """Return the kinds found, most frequent first, with those chosen in vain."""
    kinds = dict.fromkeys(chosen, 0) | dict(counts)
    return [
        FacetValue(value=kind, count=count, is_selected=kind in chosen)
        for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    ]


def _read_hits(selection: Selection, page: int) -> Iterator[SearchHit]:
    query = selection.query
    for row in selection.fetch_page(page):
        yield SearchHit(
            title=row.title,
            url=_find_url(row, query.language),
            kind=row.kind,
            language=row.language,
            summary=row.summary,
            date=row.date,
            title_parts=mark_matches(row.title, row.language, query),
            passage=choose_passage(row.summary, row.body, row.language, query),
        )


def _find_url(row: Row, language: str) -> str:
    """Return the address under the reader's language where the text has one."""
    if row.language == language or not row.has_url_in_every_language:
        return row.url
    # An address is understood in its own language only.
    with override(row.language):
        return translate_url(row.url, language)
