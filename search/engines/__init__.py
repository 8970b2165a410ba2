"""The engines, chosen by the scheme of ``SEARCH_URL``; none means the database."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.sql import SqlEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from search.engines.base import SearchEngine

ENGINES: dict[str, Callable[[str], SearchEngine]] = {"": SqlEngine}


def get_engine() -> SearchEngine:
    """Return the engine that ``SEARCH_URL`` names.

    Raises:
        ImproperlyConfigured: no engine is registered for its scheme.
    """
    scheme = urlsplit(settings.SEARCH_URL).scheme
    if scheme not in ENGINES:
        raise ImproperlyConfigured(
            f"SEARCH_URL: no search engine answers “{scheme}” addresses; leave it "
            "empty to search with the database."
        )
    return ENGINES[scheme](settings.SEARCH_URL)
