"""System checks of the search room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from search.engines import ENGINES
from search.enums import Kind
from search.index import find_searchable_models

if TYPE_CHECKING:
    from collections.abc import Iterator


def register_checks() -> None:
    register(check_engine)
    register(check_kinds)


def check_engine(**kwargs: Any) -> list[CheckMessage]:
    """search.E001: no engine answers the scheme of ``SEARCH_URL``."""
    scheme = urlsplit(settings.SEARCH_URL).scheme
    if scheme in ENGINES:
        return []
    return [
        Error(
            f"SEARCH_URL: no search engine answers “{scheme}” addresses.",
            hint="Leave SEARCH_URL empty: the database searches.",
            id="search.E001",
        )
    ]


def check_kinds(**kwargs: Any) -> list[CheckMessage]:
    """search.E002: a searchable model has no kind, or one without a label."""
    return list(_find_models_without_kind())


def _find_models_without_kind() -> Iterator[CheckMessage]:
    for model in find_searchable_models():
        kind = getattr(model, "search_kind", "")
        if kind not in Kind.values:
            yield Error(
                f"{model.__name__}.search_kind is “{kind}”, which has no label.",
                hint=f"Set one of {', '.join(Kind.values)}, or add it to "
                "search.enums.Kind.",
                obj=model,
                id="search.E002",
            )
