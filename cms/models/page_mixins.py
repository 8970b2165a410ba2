"""What every page of the site shares, as abstract mixins over Wagtail's own Page.

A swapped base page is out of reach: wagtail-localize imports ``wagtail.models.Page``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from cms.blocks import BodyBlock
from cms.fields import BodyField
from cms.forms import HubPageForm, refuse_reserved_slug
from cms.searchable import Searchable, SearchEntry

# The tree's root is at depth 1 and stands on no address.
_HOME_DEPTH = 2


class HubPageMixin(Searchable, models.Model):
    """A page with an introduction, one slug for all languages, found by search."""

    introduction = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title, also shown in lists."),
    )

    # Addresses are the same in each language (design decision D11).
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]
    base_form_class = HubPageForm
    # Words below this page that no child may take, besides those of its routes.
    reserved_child_slugs: ClassVar[Sequence[str]] = ()
    introduction_panels: ClassVar[Sequence[Panel]] = [FieldPanel("introduction")]

    if TYPE_CHECKING:
        # What the page that mixes this in has from Wagtail.
        depth: int
        live: bool
        locale: Any
        slug: str
        title: str
        get_ancestors: Any
        get_parent: Any
        get_url: Any
        get_view_restrictions: Any

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        # A page that stands nowhere yet is checked by its form, which knows where.
        if self.depth and self.depth > 1:
            refuse_reserved_slug(self.slug, parent=self.get_parent())

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Serve nothing below a page that is not published: a part needs its whole."""
        if not self.live:
            raise Http404
        return super().route(request, path_components)  # type: ignore[misc]

    @cached_property
    def trail(self) -> list[tuple[str, str]]:
        """Label and address of each page from the home page to this one; one query."""
        above = self.get_ancestors().live().filter(depth__gte=_HOME_DEPTH)
        return [(page.title, page.url) for page in above] + [(self.title, "")]

    @property
    def is_public(self) -> bool:
        """True while everybody may read the page; at most two queries."""
        return (
            self.live
            and not self.get_ancestors().filter(live=False).exists()
            and not self.get_view_restrictions().exists()
        )

    @property
    def search_body(self) -> str:
        """The plain text that search reads below title and introduction."""
        return ""

    def search_entries(self) -> Iterable[SearchEntry]:
        """Yield the page itself while everybody may read it.

        Three queries: live ancestors, their view restrictions, the address.
        """
        if not self.is_public:
            return
        url = self.get_url()
        if url is None:
            return
        yield SearchEntry(
            title=self.title,
            summary=self.introduction,
            body=self.search_body,
            language=self.locale.language_code,
            url=url,
            kind=self.search_kind,
        )


class BodyMixin(models.Model):
    """A page with a body of blocks."""

    body = BodyField(BodyBlock(), blank=True, verbose_name=_("body"))

    body_panels: ClassVar[Sequence[Panel]] = [FieldPanel("body")]

    class Meta:
        abstract = True

    @property
    def search_body(self) -> str:
        field: Any = self._meta.get_field("body")
        return "\n".join(field.get_searchable_content(self.body))
