"""A shared resource: a document, a tool, a skill that a space lends to all."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
)
from wagtail.search import index

from cms.models import SiteDocument
from cms.record_text import SOURCE_LANGUAGE, RecordTextMixin
from cms.searchable import Searchable, SearchEntry
from network.models import Space
from resources.enums import ResourceKind, ResourceLicence, ResourceTheme
from resources.querysets import SharedResourceQuerySet


class ResourceTag(TagBase):
    """A free keyword of shared resources."""

    free_tagging = True

    class Meta:
        verbose_name = _("resource tag")
        verbose_name_plural = _("resource tags")


class TaggedResource(ItemBase):
    """A keyword on a resource, kept with its revisions."""

    tag = models.ForeignKey(
        ResourceTag, on_delete=models.CASCADE, related_name="tagged_resources"
    )
    content_object = ParentalKey(
        "resources.SharedResource",
        on_delete=models.CASCADE,
        related_name="tagged_items",
    )


class SharedResource(
    Searchable,
    RecordTextMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """Something useful to others, under a licence, as a file, a link or a contact."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ResourceKind)
    theme = models.CharField(_("theme"), max_length=12, choices=ResourceTheme)
    summary = models.CharField(
        _("what it is for"),
        max_length=250,
        help_text=_("One sentence, shown in lists."),
    )
    description = models.TextField(_("description"), blank=True, max_length=5000)
    document = models.ForeignKey(
        SiteDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shared_resources",
        verbose_name=_("file"),
    )
    url = models.URLField(_("or link"), blank=True)
    licence = models.CharField(_("licence"), max_length=24, choices=ResourceLicence)
    space = models.ForeignKey(
        Space,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="shared_resources",
        verbose_name=_("shared by"),
    )
    version = models.CharField(_("version"), max_length=20, blank=True)
    published_on = models.DateField(_("date"), default=datetime.date.today)
    language = models.CharField(
        _("language"),
        max_length=2,
        default="fr",
        choices=[("fr", "Français"), ("en", "English"), ("br", "Brezhoneg")],
    )
    adapted_from = models.CharField(
        _("adapted from"),
        max_length=200,
        blank=True,
        help_text=_("Whose work it builds on."),
    )
    tags = ClusterTaggableManager(
        through=TaggedResource, blank=True, verbose_name=_("keywords")
    )

    objects = SharedResourceQuerySet.as_manager()

    search_kind = "resource"
    search_follows: ClassVar = ("tags",)
    translated_fields: ClassVar = ("title", "summary", "description")
    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("summary"),
        index.FilterField("kind"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("shared resource")
        verbose_name_plural = _("shared resources")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.document_id and self.url:
            raise ValidationError({"url": _("Give either a file or a link, not both.")})

    def get_absolute_url(self) -> str:
        return reverse("resources:resource", kwargs={"slug": self.slug})

    def search_entries(self) -> Iterable[SearchEntry]:
        if not self.live:
            return
        with override(SOURCE_LANGUAGE):
            yield SearchEntry(
                title=self.title,
                summary=self.summary,
                body=self.description,
                language=SOURCE_LANGUAGE,
                url=self.get_absolute_url(),
                kind=self.search_kind,
                date=self.published_on,
                tags=(
                    str(self.get_kind_display()),
                    str(self.get_theme_display()),
                    *(tag.name for tag in self.tags.all()),
                ),
            )

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "resources/shared_resource.html"
