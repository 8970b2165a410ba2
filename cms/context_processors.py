"""What the frame of every page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.models import NetworkSettings
from cms.navigation import (
    NavigationLink,
    build_footer_columns,
    build_legal_links,
    build_menu,
    list_chosen_links,
)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language, or that language's home page."""

    code: str
    name: str
    url: str
    is_current: bool
    is_translated: bool


def site_frame(request: HttpRequest) -> dict[str, Any]:
    """Give ``network``, ``site_menu``, the footer's lists, ``language_links`` and
    ``site_url``.

    Everything is lazy: a fragment or a feed that shows no frame costs no query.
    """
    network: Any = SimpleLazyObject(lambda: NetworkSettings.for_request(request))
    # Menu and footer share one reading.
    chosen: Any = SimpleLazyObject(lambda: list_chosen_links(network))
    return {
        "network": network,
        "site_menu": SimpleLazyObject(lambda: build_menu(chosen, request.path)),
        "footer_columns": SimpleLazyObject(lambda: build_footer_columns(chosen)),
        "legal_links": SimpleLazyObject(lambda: _find_legal_links(request)),
        "language_links": SimpleLazyObject(lambda: list_language_links(request)),
        "site_url": settings.SITE_URL,
    }


def _find_legal_links(request: HttpRequest) -> list[NavigationLink]:
    site = Site.find_for_request(request)
    return build_legal_links(site.root_page.localized) if site else []


def list_language_links(request: HttpRequest) -> list[LanguageLink]:
    """Return a link for each language of the site, in the order of the settings."""
    page = getattr(request, "served_page", None)
    translations = _find_translations(page) if page is not None else {}
    return [
        _language_link(request, code, name, page, translations)
        for code, name in settings.LANGUAGES
    ]


def _find_translations(page: Page) -> dict[str, str]:
    pages = page.get_translations(inclusive=True).live().select_related("locale")
    return {one.locale.language_code: one.url for one in pages if one.url}


def _language_link(
    request: HttpRequest,
    code: str,
    name: str,
    page: Page | None,
    translations: dict[str, str],
) -> LanguageLink:
    is_current = code == get_language()
    if page is None:
        url = translate_url(request.path, code)
        is_translated = True
    else:
        url = translations.get(code, "")
        is_translated = bool(url)
    home = "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
    return LanguageLink(code, name, url or home, is_current, is_translated)
