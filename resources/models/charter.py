"""A charter as data: versions, numbered articles, criteria."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from cms.record_text import RecordTextMixin
from resources.enums import CharterQuestion, CriterionKind, VersionState


class Charter(RecordTextMixin, models.Model):
    """A text that spaces sign, version by version."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)

    translated_fields: ClassVar = ("title", "summary")

    class Meta:
        verbose_name = _("charter")
        verbose_name_plural = _("charters")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def current_version(self) -> CharterVersion | None:
        """The highest published version; one query."""
        return (
            self.versions.filter(state=VersionState.PUBLISHED)
            .order_by("-number")
            .first()
        )


class CharterVersion(RecordTextMixin, ClusterableModel):
    """The charter as it was adopted on a day."""

    charter = models.ForeignKey(
        Charter,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("charter"),
    )
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=10, choices=VersionState, default=VersionState.DRAFT
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    preamble = models.TextField(_("preamble"), blank=True, max_length=5000)
    change_note = models.TextField(
        _("what changes since the version before"), blank=True, max_length=2000
    )

    translated_fields: ClassVar = ("preamble", "change_note")

    class Meta:
        verbose_name = _("version of a charter")
        verbose_name_plural = _("versions of a charter")
        ordering = ["charter", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "number"], name="charter_version_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.charter} v{self.number}"


class Article(RecordTextMixin, Orderable, ClusterableModel):
    """A numbered article, with an anchor that links may keep."""

    version = ParentalKey(
        CharterVersion, on_delete=models.CASCADE, related_name="articles"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    slug = models.SlugField(_("anchor"), max_length=60)
    title = models.CharField(_("title"), max_length=120)
    question = models.CharField(
        _("question it answers"), max_length=12, choices=CharterQuestion
    )
    text = models.TextField(_("text"), blank=True, max_length=5000)

    translated_fields: ClassVar = ("title", "text")

    class Meta(Orderable.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"], name="article_number_in_version"
            ),
            models.UniqueConstraint(
                fields=["version", "slug"], name="article_anchor_in_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Criterion(RecordTextMixin, Orderable):
    """One thing a signatory meets, commits to, or is excluded by."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="criteria")
    number = models.CharField(_("number"), max_length=8, help_text=_("Example: 4.2"))
    text = models.CharField(_("text"), max_length=500)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=CriterionKind,
        default=CriterionKind.COMMITMENT,
    )

    translated_fields: ClassVar = ("text",)

    class Meta(Orderable.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self) -> str:
        return f"{self.number} {self.text}"
