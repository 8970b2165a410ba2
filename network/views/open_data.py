"""The directory as GeoJSON and CSV, for partners and for anybody's map."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from network.models import Space
from network.open_data import LICENCE_URL, write_csv, write_geojson

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from network.querysets import SpaceQuerySet

# Seconds that a cache may keep the file without asking again.
_MAX_AGE = 300


@require_safe
def serve_geojson(request: HttpRequest) -> HttpResponseBase:
    """Serve every listed space (RFC 7946)."""
    body = write_geojson(_read_spaces(), site_url=settings.SITE_URL)
    return _answer(request, body, "application/geo+json")


@require_safe
def serve_csv(request: HttpRequest) -> HttpResponseBase:
    """Serve every listed space (RFC 4180)."""
    body = write_csv(_read_spaces(), site_url=settings.SITE_URL)
    return _answer(request, body, "text/csv; charset=utf-8; header=present")


def _read_spaces() -> SpaceQuerySet:
    return Space.objects.listed().with_parts()


def _answer(request: HttpRequest, body: str, content_type: str) -> HttpResponseBase:
    content = body.encode()
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response = HttpResponse(
        content,
        content_type=content_type,
        headers={
            "ETag": etag,
            "Cache-Control": f"public, max-age={_MAX_AGE}",
            "Link": f'<{LICENCE_URL}>; rel="license"',
            # Anybody's map may read it from a browser.
            "Access-Control-Allow-Origin": "*",
        },
    )
    return get_conditional_response(request, etag=etag, response=response) or response
