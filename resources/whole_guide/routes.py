"""The two addresses below a guide that show it whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from cms.blocks import complete_body
from cms.models import NetworkSettings
from cms.rendering_once import render_once

# Seconds: a printed guide may fall out of date any day, and is asked for again soon.
_MAX_AGE: Final = 600
_KEPT: Final = 24 * 60 * 60
# What the figure block asks for, which prints it too.
WEB_RENDITION: Final = "max-960x1280|format-webp"
_LAZY: Final = re.compile(r'(<img\b[^>]*)\sloading="lazy"')
_LINK_OF_THE_SITE: Final = re.compile(r'(<a\b[^>]*\shref=")(?=/(?!/))')


class WholeGuideRoutes(RoutablePageMixin):
    """Mixed into the page of a guide: everything on one page, and as a PDF."""

    if TYPE_CHECKING:
        is_public: bool
        slug: str
        title: str
        trail: list[tuple[str, str]]
        url: str

    @path("imprimer/", name="whole")
    def show_whole(self, request: HttpRequest) -> HttpResponse:
        """Show the guide, its stages and their sheets on one page, to be printed."""
        whole = self._gather(request, WEB_RENDITION)
        context = {
            "page": self,
            "whole": whole,
            # One list of the glossary's words at the end, not one for each body.
            "completes_bodies": True,
        }
        parts = render_to_string("resources/whole_guide/parts.html", context, request)
        return TemplateResponse(
            request,
            "resources/whole_guide/whole_guide.html",
            {
                **context,
                "parts": _prepare_for_paper(complete_body(parts)),
                "pdf_url": f"{self.pdf_url}{whole.walk.query}",
                "trail": [
                    *self.trail[:-1],
                    (self.title, self.url),
                    (gettext("The whole guide"), ""),
                ],
            },
        )

    @path("guide.pdf/", name="pdf")
    def send_pdf(self, request: HttpRequest) -> HttpResponse:
        """Send the same as a PDF; who has it already is told so, and it is not set."""
        from resources.whole_guide.paper import make_guide_sheet

        network = NetworkSettings.for_request(request)
        sheet = make_guide_sheet(self._gather(request), network)
        response = get_conditional_response(request, etag=sheet.etag)
        if response is None:
            pdf = render_once(f"guide:{sheet.digest}", sheet.write_pdf, kept=_KEPT)
            response = HttpResponse(pdf, content_type="application/pdf")
            name = f'inline; filename="{self.slug}.pdf"'
            response.headers["Content-Disposition"] = name
        response.headers["ETag"] = sheet.etag
        # Wagtail keeps the others out of caches.
        if self.is_public:
            response.headers["Cache-Control"] = f"public, max-age={_MAX_AGE}"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Link"] = f'<{settings.SITE_URL}{self.url}>; rel="canonical"'
        return response

    @property
    def whole_url(self) -> str:
        return f"{self.url}{self.reverse_subpage('whole')}"

    @property
    def pdf_url(self) -> str:
        """A file's address, which ends without a slash."""
        return f"{self.url}{self.reverse_subpage('pdf')}".rstrip("/")

    def _gather(self, request: HttpRequest, *filter_specs: str) -> Any:
        from resources.whole_guide.parts import gather_parts

        return gather_parts(
            self,  # type: ignore[arg-type]
            today=timezone.localdate(),
            parameters=request.GET.dict(),
            filter_specs=filter_specs,
        )


def _prepare_for_paper(html: SafeString) -> SafeString:
    """Say the whole address of links, which paper shows; have every image at hand."""
    ready = _LINK_OF_THE_SITE.sub(rf"\g<1>{settings.SITE_URL}", _LAZY.sub(r"\1", html))
    return mark_safe(ready)  # noqa: S308 (was safe)
