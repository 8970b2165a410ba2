"""Drafting together: a draft opened to members, and what they propose to change."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from network.models import Space
from resources.enums import AmendmentState, AmendmentTarget, CommentState
from resources.models.charter import Article, CharterVersion
from resources.querysets import AmendmentQuerySet, AmendmentRoundQuerySet


class AmendmentRound(models.Model):
    """A draft version that members read and amend from one day to another, included."""

    version = models.OneToOneField(
        CharterVersion,
        on_delete=models.PROTECT,
        related_name="amendment_round",
        verbose_name=_("draft"),
    )
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(
        _("closes on"), help_text=_("The last day on which members may propose.")
    )
    introduction = models.TextField(
        _("what it is about"),
        blank=True,
        max_length=2000,
        help_text=_("Why the text is drafted again, and what is asked of members."),
    )

    # When the members were written to; services own both.
    opening_told_at = models.DateTimeField(null=True, editable=False)
    closing_told_at = models.DateTimeField(null=True, editable=False)

    objects = AmendmentRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment round")
        verbose_name_plural = _("amendment rounds")
        ordering = ["-opens_on"]

    def __str__(self) -> str:
        return str(self.version)

    def get_absolute_url(self) -> str:
        """Return its page in the member area."""
        return reverse("member_amendments:round", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError(
                {"closes_on": _("The end comes before the beginning.")}
            )
        if self.version_id and self.version.is_published:
            raise ValidationError(
                {"version": _("This version is published: its text is fixed.")}
            )

    def is_open(self, day: datetime.date) -> bool:
        """As ``AmendmentRoundQuerySet.open_on``; a query unless the version is read."""
        return self.opens_on <= day <= self.closes_on and not self.version.is_published


class Amendment(index.Indexed, models.Model):
    """What a space proposes to change in one article, and why.

    ``article_slug`` and ``article_title`` stay when the article goes; ``original`` is
    what stood there when the amendment was written, "" for a new criterion.
    """

    round = models.ForeignKey(
        AmendmentRound,
        on_delete=models.PROTECT,
        related_name="amendments",
        verbose_name=_("amendment round"),
    )
    # Counts from one in each round; people name amendments by it.
    number = models.PositiveSmallIntegerField(_("number"))
    article = models.ForeignKey(
        Article,
        on_delete=models.SET_NULL,
        null=True,
        related_name="amendments",
        verbose_name=_("article"),
    )
    article_slug = models.SlugField(max_length=60)
    article_title = models.CharField(max_length=120)
    target = models.CharField(
        _("what it changes"), max_length=14, choices=AmendmentTarget
    )
    criterion_key = models.UUIDField(null=True, blank=True)
    original = models.TextField(_("what stood there"), blank=True)
    proposal = models.TextField(_("what is proposed"), max_length=5000)
    reason = models.TextField(_("why"), max_length=2000)
    space = models.ForeignKey(
        Space,
        on_delete=models.PROTECT,
        related_name="charter_amendments",
        verbose_name=_("space"),
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"))

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=AmendmentState,
        default=AmendmentState.PROPOSED,
    )
    answer = models.TextField(_("answer"), blank=True, max_length=2000)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = AmendmentQuerySet.as_manager()

    search_fields = [
        index.SearchField("article_title"),
        index.SearchField("proposal"),
        index.FilterField("state"),
        index.FilterField("round"),
    ]

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"], name="amendment_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"n° {self.number}, {self.article_title}"

    def get_absolute_url(self) -> str:
        """Return its page in the member area."""
        return reverse("member_amendments:amendment", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == AmendmentState.PROPOSED


class AmendmentSupport(models.Model):
    """A space supports an amendment: one space, one voice."""

    amendment = models.ForeignKey(
        Amendment, on_delete=models.CASCADE, related_name="supports"
    )
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    supported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "space"], name="amendment_support_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.space)


class AmendmentComment(models.Model):
    """What a member says of an amendment; the others read it once it is shown."""

    amendment = models.ForeignKey(
        Amendment,
        on_delete=models.CASCADE,
        related_name="comments",
        verbose_name=_("amendment"),
    )
    space = models.ForeignKey(
        Space, on_delete=models.PROTECT, related_name="+", verbose_name=_("space")
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(_("written"))
    text = models.TextField(_("text"), max_length=2000)
    state = models.CharField(
        _("state"), max_length=8, choices=CommentState, default=CommentState.WAITING
    )
    refusal = models.CharField(
        _("why it is refused"),
        max_length=300,
        blank=True,
        help_text=_("The space reads it."),
    )

    class Meta:
        verbose_name = _("comment on an amendment")
        verbose_name_plural = _("comments on amendments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.space}, {self.amendment}"
