"""Words that no page, nor record beside them, may take as its slug.

Wagtail accepts a page named like an address of the site; the page is then published
and never seen. First-level words come from the URL resolver and from what the web
server serves itself, deeper ones from the routes that a page class declares and from
its ``reserved_child_slugs``, the addresses it promises to serve one day.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from django.urls.resolvers import LocalePrefixPattern, URLPattern, URLResolver
from django.utils.translation import gettext

if TYPE_CHECKING:
    from wagtail.models import Page

# A page of the home page stands at depth 3: root, home, page.
_FIRST_LEVEL_DEPTH = 3
# A file, such as “guide.pdf”, is no slug.
_FIRST_WORD = re.compile(r"^\^?\(?:?([\w-]++)(?!\.)")


def refuse_slug(slug: str, words: Collection[str]) -> None:
    """Refuse a slug that is one of ``words``, which the site itself answers.

    Raises:
        ValidationError: on field ``slug``.
    """
    if slug in words:
        message = gettext(
            "“%(slug)s” is an address of the site itself: choose another word."
        )
        raise ValidationError({"slug": message % {"slug": slug}})


def find_reserved_slugs(parent: Page) -> frozenset[str]:
    """Return the words that no child of ``parent`` may take."""
    if parent.depth + 1 == _FIRST_LEVEL_DEPTH:
        return list_first_level_slugs()
    return list_route_slugs(parent.specific_class)


@cache
def list_first_level_slugs() -> frozenset[str]:
    """Return the first word of every address that the site serves without pages."""
    words = {code for code, _name in settings.LANGUAGES}
    # Served before Django sees them.
    for url in (settings.STATIC_URL, settings.MEDIA_URL):
        words.add(urlsplit(url).path.strip("/").partition("/")[0])
    _collect_words(get_resolver().url_patterns, words)
    return frozenset(words - {""})


@cache
def list_room_slugs(prefix: str) -> frozenset[str]:
    """Return the first words that a room serves itself below ``prefix``, such as
    ``agenda/``.
    """
    words: set[str] = set()
    _collect_below(get_resolver().url_patterns, prefix, words)
    return frozenset(words)


def _collect_below(
    patterns: list[URLPattern | URLResolver], prefix: str, words: set[str]
) -> None:
    for pattern in patterns:
        if not isinstance(pattern, URLResolver):
            continue
        if str(pattern.pattern) == prefix:
            _collect_words(pattern.url_patterns, words)
        elif isinstance(pattern.pattern, LocalePrefixPattern):
            _collect_below(pattern.url_patterns, prefix, words)


def list_route_slugs(page_class: type | None) -> frozenset[str]:
    """Return the words below a page that its class serves itself, or promises to."""
    routes: list[URLPattern | URLResolver] = getattr(
        page_class, "get_subpage_urls", list
    )()
    words = set(getattr(page_class, "reserved_child_slugs", ()))
    _collect_words(routes, words)
    return frozenset(words)


def _collect_words(patterns: list[URLPattern | URLResolver], words: set[str]) -> None:
    for pattern in patterns:
        route = str(pattern.pattern)
        if isinstance(pattern, URLResolver) and (
            isinstance(pattern.pattern, LocalePrefixPattern) or not route
        ):
            _collect_words(pattern.url_patterns, words)
        elif match := _FIRST_WORD.match(route):
            words.add(match.group(1))
