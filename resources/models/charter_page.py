"""The page that presents a charter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from cms.models import HubPageMixin
from resources.models.charter import Charter, CharterVersion


class CharterPage(RoutablePageMixin, HubPageMixin, Page):
    """Shows one charter: its current version, and older ones at ``v/<n>/``."""

    charter = models.ForeignKey(
        Charter,
        on_delete=models.PROTECT,
        related_name="pages",
        verbose_name=_("charter"),
        help_text=_("Its text is written under “Charters” in the menu on the left."),
    )

    search_kind = "charter"
    # Publishing a version saves its charter.
    search_follows: ClassVar[Sequence[str]] = ("charter",)
    reserved_child_slugs = ("v", "comparer", "signataires")
    override_translatable_fields = [
        *HubPageMixin.override_translatable_fields,
        SynchronizedField("charter", overridable=False),
    ]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("Presents a charter, which is kept as a record.")
    content_panels = [
        *Page.content_panels,
        *HubPageMixin.introduction_panels,
        FieldPanel("charter"),
    ]

    class Meta:
        verbose_name = _("charter page")

    @path("")
    def show_current_version(self, request: HttpRequest) -> TemplateResponse:
        return self.render(request)

    @path("v/<int:number>/", name="version")
    def show_version(self, request: HttpRequest, number: int) -> TemplateResponse:
        """Show a published version; a draft is as unknown as no version at all."""
        version = self._versions().filter(number=number).first()
        if version is None:
            raise Http404
        return self.render(request, context_overrides={"version": version})

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Add ``current_version`` and ``version`` (with text), ``other_versions``."""
        context = super().get_context(request, *args, **kwargs)
        versions = list(self._versions())
        current = versions[0] if versions else None
        return {
            **context,
            "current_version": current,
            "version": current,
            "versions": versions,
        }

    def get_version_url(self, version: CharterVersion) -> str:
        return f"{self.url}{self.reverse_subpage('version', args=[version.number])}"

    @property
    def search_body(self) -> str:
        """The current version's articles and criteria."""
        version = self._versions().first()
        if version is None:
            return ""
        lines = [version.preamble]
        for article in version.ordered_articles:
            lines += [article.title, article.text]
            lines += [criterion.text for criterion in article.criteria.all()]
        return "\n".join(line for line in lines if line)

    def _versions(self) -> models.QuerySet[CharterVersion]:
        return (
            CharterVersion.objects.published()
            .filter(charter_id=self.charter_id)
            .with_text()
            .order_by("-number")
        )
