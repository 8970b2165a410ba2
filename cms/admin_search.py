"""The admin's search backend, for whichever database runs.

On SQLite a lone quotation mark ends in FTS5's "unterminated string", and a NUL breaks
PostgreSQL; neither may be an error 500 for an editor who mistyped (wagtail #13227).
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend


def SearchBackend(parameters: dict[str, Any]) -> BaseSearchBackend:  # noqa: N802 (modelsearch looks for this name)
    """Return the database's own backend, made to read any query as plain words."""
    backend = database.SearchBackend(parameters)
    backend.__class__ = type(
        "PlainWordsBackend", (_PlainWordsMixin, backend.__class__), {}
    )
    return backend


class _PlainWordsMixin:
    """Takes out of a typed query what the database would read as syntax."""

    def search(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().search(_as_plain_words(query), *args, **kwargs)  # type: ignore[misc]

    def autocomplete(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().autocomplete(_as_plain_words(query), *args, **kwargs)  # type: ignore[misc]


def _as_plain_words(query: Any) -> Any:
    if not isinstance(query, str):
        return query
    query = query.replace("\x00", " ")
    if connection.vendor == "sqlite":
        # Each term is set between quotation marks; one inside is doubled.
        query = query.replace('"', '""')
    return query
