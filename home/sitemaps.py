"""The site map: pages, lists and tools in each language, public records in French.

A record has one address a language, but says the same French words there until it is
translated: only the French one is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from cms.record_text import SOURCE_LANGUAGE
from events.models import Event
from network.models import Space
from resources.models import SharedResource

if TYPE_CHECKING:
    import datetime

    from django.db.models import QuerySet

# The tree's root is at depth 1 and has no address.
_HOME_DEPTH = 2


class PageSitemap(Sitemap):
    """Pages that everybody may read; those below an unpublished page are left out."""

    def items(self) -> list[Page]:
        unpublished = tuple(
            Page.objects.filter(live=False).values_list("path", flat=True)
        )
        pages = (
            Page.objects.live()
            .public()
            .filter(depth__gte=_HOME_DEPTH)
            .select_related("locale")
            .order_by("path")
        )
        return [
            page
            for page in pages.defer_streamfields()
            if not page.path.startswith(unpublished) and page.url
        ]

    def location(self, page: Page) -> str:
        return page.url

    def lastmod(self, page: Page) -> datetime.datetime | None:
        return page.last_published_at


class ListSitemap(Sitemap):
    """What is neither a page nor a record: the lists, the register, the tools."""

    i18n = True

    URL_NAMES: ClassVar = (
        "events:agenda",
        "events:subscribe",
        "decisions:register",
        "network:space_list",
        "resources:resource_list",
        "glossary",
        "simulator",
    )

    def items(self) -> tuple[str, ...]:
        return self.URL_NAMES

    def location(self, url_name: str) -> str:
        return reverse(url_name)


class RecordSitemap(Sitemap):
    """Records of one kind, at their French address."""

    records: ClassVar[Any]

    def items(self) -> QuerySet[Any]:
        return type(self).records().order_by("pk")

    def location(self, record: Any) -> str:
        with override(SOURCE_LANGUAGE):
            return record.get_absolute_url()

    def lastmod(self, record: Any) -> datetime.datetime | None:
        return record.last_published_at


class EventSitemap(RecordSitemap):
    records = staticmethod(Event.objects.published)


class SpaceSitemap(RecordSitemap):
    records = staticmethod(Space.objects.listed)


class ResourceSitemap(RecordSitemap):
    records = staticmethod(SharedResource.objects.published)


SITEMAPS: dict[str, type[Sitemap]] = {
    "pages": PageSitemap,
    "listes": ListSitemap,
    "rendez-vous": EventSitemap,
    "lieux": SpaceSitemap,
    "ressources": ResourceSitemap,
}
