"""Middleware of the site: language, hostile addresses, what the browser may load."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import unquote_to_bytes

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware import locale
from django.shortcuts import render
from django.utils import translation

# Characters; five slugs of the longest sort take fewer.
LONGEST_PATH: Final = 2000


class LocaleMiddleware(locale.LocaleMiddleware):
    """Reads the language from the address alone.

    The stock middleware guesses from ``Accept-Language`` and adds it to ``Vary``,
    which splits shared caches by browser; here an address has one language.
    """

    def process_request(self, request: HttpRequest) -> None:
        language = translation.get_language_from_path(request.path_info)
        translation.activate(language or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class RefuseHostileAddressMiddleware:
    """Answers what no view could: PostgreSQL refuses a NUL in every query (400), and
    Python refuses to read a number of thousands of digits (404).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path_info or b"\x00" in unquote_to_bytes(query):
            return render(request, "400.html", status=400)
        if len(request.path_info) > LONGEST_PATH:
            return render(request, "404.html", status=404)
        return self.get_response(request)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Strict policy for the public; Wagtail's widgets need inline scripts."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path_info.startswith("/admin/"):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return super().process_response(request, response)
