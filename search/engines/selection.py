"""The one place that builds the SQL of a search, for either database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connections, router

from cms.record_text import SOURCE_LANGUAGE
from search.domain.results import HITS_PER_PAGE
from search.engines.full_text import find_full_text
from search.models import IndexedText

if TYPE_CHECKING:
    import datetime

    from search.domain.query import SearchQuery
    from search.domain.results import SearchFilters

# A reader is shown the text in their language, else the French one.
_SHOWN_TO_READER = """
    (t.language = %s OR (t.language = %s AND NOT EXISTS (
        SELECT 1 FROM search_indexedtext other
        WHERE other.document_key = t.document_key AND other.language = %s
    )))
"""
# A passage is looked for in this much of a body.
_BODY_READ = 20_000


class Row(NamedTuple):
    """What a hit is made of, as the page query selects it."""

    title: str
    url: str
    kind: str
    language: str
    summary: str
    body: str
    date: datetime.date | None
    has_url_in_every_language: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL that is true or false, with its parameters."""

    sql: str
    parameters: tuple[Any, ...]

    def __and__(self, other: Condition) -> Condition:
        return Condition(
            f"{self.sql} AND {other.sql}", self.parameters + other.parameters
        )


class Selection:
    """The texts that answer a query. SQL is built from constants; every value that
    comes from a reader is a parameter.
    """

    def __init__(
        self, query: SearchQuery, filters: SearchFilters, *, every_word: bool
    ) -> None:
        self.query = query
        self.filters = filters
        self._using = router.db_for_read(IndexedText)
        self._full_text = find_full_text(self._using)
        self._words = self._full_text.write(query, every_word=every_word)
        self._in_title = self._full_text.write_in_title(query, every_word=every_word)
        self._in_head = self._full_text.write_in_head(query, every_word=every_word)
        self._condition = Condition(self._full_text.matches, (self._words,)) & (
            Condition(
                _SHOWN_TO_READER, (query.language, SOURCE_LANGUAGE, query.language)
            )
        )

    def count_kinds(self) -> dict[str, int]:
        """Return the number of texts of each kind, whatever kinds are chosen."""
        sql = f"""
            SELECT t.kind, count(*) FROM {self._full_text.source}
            WHERE {self._condition.sql} GROUP BY t.kind
        """  # noqa: S608 - constants only, see the class
        with connections[self._using].cursor() as cursor:
            cursor.execute(sql, self._condition.parameters)
            return dict(cursor.fetchall())

    def fetch_page(self, page: int) -> list[Row]:
        """Return a page's rows: those whose title answers, those whose title and
        summary do, the others; then by rank, then by date (to come before past,
        nearest first; undated texts count as today's).
        """
        full_text, today = self._full_text, self.filters.today
        condition = self._condition & self._of_chosen_kinds()
        sql = f"""
            SELECT t.title, t.url, t.kind, t.language, t.summary,
                substr(t.body, 1, {_BODY_READ}), t.date, t.has_url_in_every_language
            FROM {full_text.source} WHERE {condition.sql}
            ORDER BY
                CASE WHEN {full_text.matches_part} THEN 0
                    WHEN {full_text.matches_part} THEN 1 ELSE 2 END,
                {full_text.rank},
                CASE WHEN t.date < %s THEN 1 ELSE 0 END,
                coalesce({full_text.days_from}, 0),
                t.id
            LIMIT %s OFFSET %s
        """  # noqa: S608 - constants only, see the class
        connection = connections[self._using]
        day = connection.ops.adapt_datefield_value(today)
        parameters = (
            *condition.parameters,
            self._in_title,
            self._in_head,
            *(self._words,) * full_text.rank_parameters,
            day,
            day,
            HITS_PER_PAGE,
            (page - 1) * HITS_PER_PAGE,
        )
        date_field = IndexedText._meta.get_field("date")
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            rows = [Row(*row) for row in cursor.fetchall()]
        # SQLite gives dates as text.
        return [row._replace(date=date_field.to_python(row.date)) for row in rows]

    def _of_chosen_kinds(self) -> Condition:
        kinds = self.filters.kinds
        if not kinds:
            return Condition("1 = 1", ())
        return Condition(f"t.kind IN ({', '.join(['%s'] * len(kinds))})", kinds)
