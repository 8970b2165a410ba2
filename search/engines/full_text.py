"""How each database writes a full-text search: the only place where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search.domain.query import Phrase, SearchQuery


class SqliteFullText:
    """FTS5. ``bm25`` counts a word in the title 10 times, in the summary 4 times."""

    source = "search_fulltext JOIN search_indexedtext t ON t.id = search_fulltext.rowid"
    matches = "search_fulltext MATCH %s"
    matches_part = (
        "t.id IN (SELECT rowid FROM search_fulltext WHERE search_fulltext MATCH %s)"
    )
    # Rounded, so that dates of one series are equal and the nearest comes first.
    rank = "round(bm25(search_fulltext, 10.0, 4.0, 1.0), 1)"
    rank_parameters = 0
    days_from = "abs(julianday(t.date) - julianday(%s))"

    def write(self, query: SearchQuery, *, every_word: bool) -> str:
        return (" AND " if every_word else " OR ").join(
            self._write_any(clause.phrases) for clause in query.clauses
        )

    def write_in_title(self, query: SearchQuery, *, every_word: bool) -> str:
        return f"analysed_title : ({self.write(query, every_word=every_word)})"

    def write_in_head(self, query: SearchQuery, *, every_word: bool) -> str:
        """The head is title, summary and tags together."""
        words = self.write(query, every_word=every_word)
        return f"{{analysed_title analysed_summary}} : ({words})"

    def _write_any(self, phrases: Iterable[Phrase]) -> str:
        written = (f'"{" ".join(phrase)}"' for phrase in phrases)
        return f"({' OR '.join(written)})"


class PostgresqlFullText:
    """``tsvector``, with the weights of ``SqliteFullText`` (D, C, B, A)."""

    source = "search_indexedtext t"
    matches = "t.full_text @@ to_tsquery('simple', %s)"
    matches_part = matches
    # 1 divides by the logarithm of the text's length.
    rank = (
        "-round(ts_rank('{0, 0.1, 0.4, 1}', t.full_text,"
        " to_tsquery('simple', %s), 1)::numeric, 2)"
    )
    rank_parameters = 1
    days_from = "abs(t.date - %s::date)"

    def write(self, query: SearchQuery, *, every_word: bool, weight: str = "") -> str:
        return (" & " if every_word else " | ").join(
            self._write_any(clause.phrases, weight) for clause in query.clauses
        )

    def write_in_title(self, query: SearchQuery, *, every_word: bool) -> str:
        return self.write(query, every_word=every_word, weight=":A")

    def write_in_head(self, query: SearchQuery, *, every_word: bool) -> str:
        return self.write(query, every_word=every_word, weight=":AB")

    def _write_any(self, phrases: Iterable[Phrase], weight: str) -> str:
        written = (
            " <-> ".join(f"'{term}'{weight}" for term in phrase) for phrase in phrases
        )
        return "(" + " | ".join(f"({phrase})" for phrase in written) + ")"


FullText = SqliteFullText | PostgresqlFullText
_FULL_TEXTS: dict[str, FullText] = {
    "sqlite": SqliteFullText(),
    "postgresql": PostgresqlFullText(),
}


def find_full_text(using: str) -> FullText:
    return _FULL_TEXTS[connections[using].vendor]
