"""What every answer to a calendar program has in common.

No session, no cookie, no negotiation: a calendar program gets a calendar, the word
that nothing changed, or an error that makes it keep what it has.
"""

from __future__ import annotations

import datetime
import functools
import logging
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from cms.rendering_once import render_once

logger = logging.getLogger(__name__)

PUBLIC_CACHING = "public, max-age=900, stale-while-revalidate=3600"
CALENDAR_TYPE = "text/calendar; charset=utf-8"
PLAIN_TYPE = "text/plain; charset=utf-8"
RETRY_SECONDS = 600

FeedView = Callable[..., HttpResponse]


def calendar_view(view: FeedView) -> FeedView:
    """Add what every answer has, the 304 too, and turn a failure into a 503.

    After an answer 200 without dates, programs would empty their copy; after 503 they
    keep it and ask again.
    """

    # Compressed here rather than by a proxy: some end the tag with “-gzip”, which then
    # matches nothing. Django makes it a weak one, which does.
    @require_safe
    @gzip_page
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except (Http404, PermissionDenied):
            raise
        except Exception:  # whatever it is, subscribers keep their copy
            logger.exception("The feed %s cannot be written", request.path)
            response = HttpResponse(
                "Agenda momentanément indisponible.\n",
                status=503,
                content_type=PLAIN_TYPE,
                headers={
                    "Retry-After": str(RETRY_SECONDS),
                    "Cache-Control": "no-store",
                },
            )
        else:
            response.headers.setdefault("Cache-Control", PUBLIC_CACHING)
            response.headers["X-Robots-Tag"] = "noindex, noarchive"
            # On the 304 too: a shared cache keeps its headers.
            patch_vary_headers(response, ["Accept-Encoding"])
        return response

    return answer


def answer_conditionally(
    request: HttpRequest,
    *,
    etag: str,
    changed_at: datetime.datetime,
    write: Callable[[], bytes],
    disposition: str = "",
    content_type: str = CALENDAR_TYPE,
    shared: bool = True,
) -> HttpResponse:
    """Return 304 without calling ``write`` to a program that has these bytes.

    A ``shared`` answer that many ask for at once is written once.
    """
    stamp = int(changed_at.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=stamp)
    if response is None:
        content = render_once(f"feed:{etag}", write) if shared else write()
        response = HttpResponse(content, content_type=content_type)
        if disposition:
            response.headers["Content-Disposition"] = disposition
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(stamp)
    return response


def say_gone(sentence: str) -> HttpResponse:
    """Return 410: the subscription can be dropped."""
    return HttpResponse(
        f"{sentence}\n",
        status=410,
        content_type=PLAIN_TYPE,
        headers={"Cache-Control": "public, max-age=3600"},
    )
