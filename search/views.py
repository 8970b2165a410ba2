"""The results page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _, ngettext
from django.views.decorators.http import require_safe

from cms.navigation import list_site_rooms
from cms.querystrings import encode_parameters
from cms.record_text import SOURCE_LANGUAGE
from search.domain.query import SearchQuery, parse_query
from search.domain.results import (
    HITS_PER_PAGE,
    SearchFilters,
    SearchHit,
    SearchResults,
)
from search.engines import get_engine
from search.enums import Kind

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator

    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A kind to add to the search or, when it is chosen already, to take away."""

    label: StrOrPromise
    count: int
    url: str
    is_selected: bool


@require_safe
def show_results(request: HttpRequest) -> HttpResponse:
    """Show what the site says about some words.

    Whatever the address holds, the page answers: what it cannot follow, it says.
    """
    language = get_language() or SOURCE_LANGUAGE
    query = parse_query(request.GET.get("q", ""), language, also_in=(SOURCE_LANGUAGE,))
    asked_kinds = request.GET.getlist("type")
    kinds = tuple(kind for kind in Kind.values if kind in asked_kinds)
    filters = SearchFilters(today=timezone.localdate(), kinds=kinds)
    asked_page = _read_page(request.GET.get("page", "1"))
    results = get_engine().search(query, filters, asked_page or 1)
    context = {
        "title": _write_title(results),
        "trail": [(_("Home"), reverse("wagtail_serve", args=[""])), (_("Search"), "")],
        "results": results,
        "kinds": kinds,
        "hits": [
            (hit, _find_label(hit.kind), _is_past(hit, filters.today))
            for hit in results.hits
        ],
        "notes": [
            *_explain_query(query, results),
            *_explain_address(asked_kinds, asked_page, results),
        ],
        "facet_links": _make_facet_links(query, results),
        "chips": _make_chips(query, kinds),
        "page": _make_page(results),
        "page_query": _write_address(query, kinds).removeprefix("?"),
        "all_kinds_url": _write_address(query, ()),
        "ways_out": list(_list_ways_out()),
    }
    return render(request, "search/results.html", context)


def _write_title(results: SearchResults) -> str:
    text = results.query.text
    if not text:
        return _("Search")
    if not results.total:
        return _("Nothing for “%(query)s”") % {"query": text}
    if results.is_relaxed:
        return ngettext(
            "%(total)d result close to “%(query)s”",
            "%(total)d results close to “%(query)s”",
            results.total,
        ) % {"total": results.total, "query": text}
    return ngettext(
        "%(total)d result for “%(query)s”",
        "%(total)d results for “%(query)s”",
        results.total,
    ) % {"total": results.total, "query": text}


def _find_label(kind: str) -> StrOrPromise:
    # An index older than the code may hold a kind that has gone.
    return Kind(kind).label if kind in Kind.values else kind


def _is_past(hit: SearchHit, today: datetime.date) -> bool:
    return hit.kind == Kind.EVENT and hit.date is not None and hit.date < today


def _list_ways_out() -> Iterator[tuple[str, str]]:
    """Give the other rooms of the site, where a reader may look instead."""
    for room in list_site_rooms():
        if room.url_name != "search:results":
            yield str(room.label), reverse(room.url_name)


def _read_page(text: str) -> int | None:
    """Return the page number asked for, None for what is no page number."""
    try:
        number = int(text)
    except ValueError:
        return None
    return number if number > 0 else None


def _explain_query(query: SearchQuery, results: SearchResults) -> list[str]:
    notes = []
    if query.is_shortened:
        notes.append(
            _("Your search was long: we looked for its first words, “%(query)s”.")
            % {"query": query.text}
        )
    if results.is_relaxed:
        notes.append(
            _("No page has all these words: here are those that have some of them.")
        )
    if query.text and not query.clauses:
        notes.append(_("These words are on every page: add one that says more."))
    return notes


def _explain_address(
    asked_kinds: list[str], asked_page: int | None, results: SearchResults
) -> list[str]:
    notes = []
    if set(asked_kinds) - {"", *Kind.values}:
        notes.append(_("We know no such kind of result: we looked everywhere else."))
    if asked_page != results.page:
        notes.append(
            _("This page of results does not exist: here is page %(number)d.")
            % {"number": results.page}
        )
    return notes


def _make_facet_links(query: SearchQuery, results: SearchResults) -> list[FacetLink]:
    values = results.facets.get("kind", ())
    chosen = {value.value for value in values if value.is_selected}
    return [
        FacetLink(
            label=Kind(value.value).plural,
            count=value.count,
            url=_write_address(query, chosen ^ {value.value}),
            is_selected=value.is_selected,
        )
        for value in values
        if value.value in Kind.values
    ]


def _make_chips(
    query: SearchQuery, kinds: tuple[str, ...]
) -> list[tuple[StrOrPromise, str]]:
    return [
        (Kind(kind).plural, _write_address(query, set(kinds) - {kind}))
        for kind in kinds
    ]


def _write_address(query: SearchQuery, kinds: Collection[str]) -> str:
    return encode_parameters({"q": [query.text], "type": sorted(kinds)}) or "?"


def _make_page(results: SearchResults) -> Page[int]:
    """Return the page as Django's templates read it."""
    return Paginator(range(results.total), HITS_PER_PAGE).page(results.page)
