"""A charter as data: versions, numbered articles, criteria.

A version is written as a draft, then published by ``publish_version``; from then on
neither it nor its articles and criteria can be saved or deleted. Its digest covers the
text in the language it was written in; translations only inform.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from itertools import groupby
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from cms.record_text import SOURCE_LANGUAGE, RecordTextMixin
from resources.domain.charter_text import (
    ArticleText,
    CharterText,
    CriterionText,
    compute_digest,
    write_canonical_form,
)
from resources.domain.charters import TextIsNotReady, TextIsPublished
from resources.enums import CharterQuestion, CriterionKind, VersionState
from resources.querysets import (
    ArticleQuerySet,
    CharterVersionQuerySet,
    CriterionQuerySet,
)


class Charter(RecordTextMixin, index.Indexed, models.Model):
    """A text that spaces sign, version by version."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(
        _("short name"),
        max_length=80,
        unique=True,
        help_text=_("Names the charter in exports. Example: charte-du-reseau"),
    )
    summary = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("What holds the network together. Shown large on the home page."),
    )
    issuer = models.CharField(
        _("written by another network"),
        max_length=120,
        blank=True,
        help_text=_(
            "Empty: it is ours. Another network’s charter is kept to be read and "
            "compared; nobody signs it here."
        ),
    )

    translated_fields: ClassVar = ("title", "summary")
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

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
            CharterVersion.objects.published()
            .filter(charter=self)
            .order_by("-number")
            .first()
        )

    @property
    def next_number(self) -> int:
        """The number that a new version takes; one query."""
        highest = self.versions.aggregate(highest=models.Max("number"))["highest"]
        return (highest or 0) + 1


class FrozenTextMixin(models.Model):
    """A row that belongs to a version, and freezes with it."""

    # Columns that are no part of the text: services go on writing them.
    UNFROZEN: ClassVar[Sequence[str]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        written = kwargs.get("update_fields")
        if written is None or not set(written) <= set(self.UNFROZEN):
            self.refuse_if_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.refuse_if_published()
        return super().delete(*args, **kwargs)

    def find_versions(self) -> models.QuerySet[CharterVersion]:
        """Return the versions this row stands in, stored or about to be."""
        raise NotImplementedError

    def refuse_if_published(self) -> None:
        """Check before a change; one query.

        Raises:
            TextIsPublished: a version this row stands in is published.
        """
        if self.find_versions().filter(state=VersionState.PUBLISHED).exists():
            raise TextIsPublished(str(self))


class CharterVersion(FrozenTextMixin, RecordTextMixin, ClusterableModel):
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
        _("what changes since the version before"),
        blank=True,
        max_length=2000,
        help_text=_("One line for each change, shown under the text."),
    )
    adapted_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="adaptations",
        verbose_name=_("adapted from"),
    )
    # SHA-256 of the canonical form, once published.
    digest = models.CharField(
        _("fingerprint"), max_length=64, blank=True, editable=False
    )
    signing_closed_at = models.DateTimeField(
        _("signing closed"), null=True, blank=True, editable=False
    )

    objects = CharterVersionQuerySet.as_manager()

    UNFROZEN: ClassVar = ("signing_closed_at",)
    translated_fields: ClassVar = ("preamble", "change_note")

    class Meta:
        verbose_name = _("version of a charter")
        verbose_name_plural = _("versions of a charter")
        ordering = ["charter", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "number"], name="charter_version_number"
            ),
            models.UniqueConstraint(
                fields=["charter"],
                condition=models.Q(
                    state=VersionState.PUBLISHED, signing_closed_at__isnull=True
                ),
                name="charter_one_version_to_sign",
            ),
        ]
        permissions = [
            ("publish_charterversion", "Can publish a version of a charter"),
        ]

    def __str__(self) -> str:
        return f"{self.charter} v{self.number}"

    def find_versions(self) -> models.QuerySet[CharterVersion]:
        return CharterVersion.objects.filter(pk=self.pk)

    @property
    def is_published(self) -> bool:
        return self.state == VersionState.PUBLISHED

    @property
    def is_open_to_signatures(self) -> bool:
        return self.is_published and self.signing_closed_at is None

    @property
    def change_lines(self) -> list[str]:
        return [line.strip() for line in self.change_note.splitlines() if line.strip()]

    @cached_property
    def ordered_articles(self) -> list[Article]:
        """The articles in order; two queries with their criteria unless prefetched."""
        return sorted(self.articles.all(), key=lambda article: article.sort_order or 0)

    @property
    def sections(self) -> list[tuple[CharterQuestion, list[Article]]]:
        """The articles under the question they answer, without changing their order."""
        return [
            (CharterQuestion(question), list(articles))
            for question, articles in groupby(
                self.ordered_articles, lambda one: one.question
            )
        ]

    @property
    def criteria_by_key(self) -> dict[str, Criterion]:
        """Every criterion in order; no query once the text is prefetched."""
        return {
            str(criterion.key): criterion
            for article in self.ordered_articles
            for criterion in article.ordered_criteria
        }

    @property
    def text_to_sign(self) -> CharterText:
        """What signatories sign, in its own language.

        Raises:
            TextIsNotReady: nobody has adopted it.
        """
        if self.adopted_on is None:
            raise TextIsNotReady(str(self))
        return CharterText(
            version=self.number,
            language=SOURCE_LANGUAGE,
            adopted_on=self.adopted_on,
            preamble=self.preamble,
            articles=[article.text_to_sign for article in self.ordered_articles],
        )

    @property
    def canonical_form(self) -> bytes:
        """The bytes that the digest covers; as `text_to_sign`."""
        return write_canonical_form(self.text_to_sign)

    @property
    def text_mark(self) -> str:
        """A word that differs once the text does, for who opened it to change it."""
        text = [self.preamble, *(one.text_to_sign for one in self.ordered_articles)]
        return compute_digest(repr(text).encode())[:32]

    def arrange_text(self) -> None:
        """Number articles and criteria by their order, and complete anchors, unsaved.

        Articles are 1, 2, 3 and criteria 1.1, 1.2. An anchor that is missing is made
        of the title; one that another article has gets a number.
        """
        self.__dict__.pop("ordered_articles", None)
        taken: set[str] = set()
        for position, article in enumerate(self.ordered_articles, start=1):
            article.number = position
            wanted = (article.slug or slugify(article.title))[:55] or "article"
            article.slug = next(
                anchor
                for anchor in (wanted, f"{wanted}-{position}", f"article-{position}")
                if anchor not in taken
            )
            taken.add(article.slug)
            criteria = article.ordered_criteria
            for rank, criterion in enumerate(criteria, start=1):
                criterion.number = f"{position}.{rank}"
            # Rows read from the database are kept only once they are set again.
            article.criteria.set(criteria)
        self.articles.set(self.ordered_articles)


class Article(FrozenTextMixin, RecordTextMixin, Orderable, ClusterableModel):
    """A numbered article, with an anchor that links may keep."""

    version = ParentalKey(
        CharterVersion, on_delete=models.CASCADE, related_name="articles"
    )
    # Given by the order. No constraint: two articles that change places would break
    # it half-way, and the form, their only door, numbers the whole text.
    number = models.PositiveSmallIntegerField(_("number"), default=0)
    slug = models.SlugField(
        _("anchor"),
        max_length=60,
        blank=True,
        help_text=_(
            "Empty: made from the title. Keep it when the title changes, so that "
            "links to the article still work."
        ),
    )
    title = models.CharField(_("title"), max_length=120)
    question = models.CharField(
        _("question it answers"), max_length=12, choices=CharterQuestion
    )
    text = models.TextField(_("text"), blank=True, max_length=5000)

    objects = ArticleQuerySet.as_manager()

    translated_fields: ClassVar = ("title", "text")

    class Meta(Orderable.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def ordered_criteria(self) -> list[Criterion]:
        """No query once prefetched."""
        return sorted(self.criteria.all(), key=lambda one: one.sort_order or 0)

    @property
    def text_to_sign(self) -> ArticleText:
        return ArticleText(
            number=self.number,
            anchor=self.slug,
            title=self.title,
            question=self.question,
            text=self.text,
            criteria=[
                CriterionText(one.number, one.kind, one.text)
                for one in self.ordered_criteria
            ],
        )

    def find_versions(self) -> models.QuerySet[CharterVersion]:
        stands_in = models.Q(pk=self.version_id)
        if self.pk:
            stands_in |= models.Q(articles=self.pk)
        return CharterVersion.objects.filter(stands_in)


class Criterion(FrozenTextMixin, RecordTextMixin, Orderable):
    """One thing a signatory meets, commits to, or is excluded by."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="criteria")
    # The same in every version and adaptation, whatever its number and its words.
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=8, blank=True)
    text = models.CharField(_("text"), max_length=500)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=CriterionKind,
        default=CriterionKind.COMMITMENT,
    )

    objects = CriterionQuerySet.as_manager()

    translated_fields: ClassVar = ("text",)

    class Meta(Orderable.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self) -> str:
        return f"{self.number} {self.text}"

    def find_versions(self) -> models.QuerySet[CharterVersion]:
        stands_in = models.Q(articles=self.article_id)
        if self.pk:
            stands_in |= models.Q(articles__criteria=self.pk)
        return CharterVersion.objects.filter(stands_in)
