"""The signature of a charter by a space: a dated record that stays as it was made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from network.models import Space
from resources.domain.charters import RecordIsKept
from resources.enums import AnswerState, ReviewVerdict, SigningRight
from resources.models.charter import CharterVersion, Criterion
from resources.querysets import KeptRecordQuerySet, SignatureQuerySet


class KeptRecordMixin(models.Model):
    """A row that is written once; only ``UNFROZEN`` columns are written after."""

    UNFROZEN: ClassVar[Sequence[str]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        written = kwargs.get("update_fields")
        if not self._state.adding and (
            written is None or not set(written) <= set(self.UNFROZEN)
        ):
            raise RecordIsKept(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise RecordIsKept(str(self))


class Signature(KeptRecordMixin, index.Indexed, models.Model):
    """A space signed a version: when, by whom and by what right, which very text.

    ``space_name`` and ``digest`` are what they were on that day. A space has one
    signature of a version in force; withdrawing leaves the record, and another may
    follow.
    """

    version = models.ForeignKey(
        CharterVersion,
        on_delete=models.PROTECT,
        related_name="signatures",
        verbose_name=_("version"),
    )
    digest = models.CharField(_("fingerprint"), max_length=64)
    space = models.ForeignKey(
        Space,
        on_delete=models.PROTECT,
        related_name="charter_signatures",
        verbose_name=_("space"),
    )
    space_name = models.CharField(_("name of the space"), max_length=80)
    signed_at = models.DateTimeField(_("signed"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("account"),
    )
    signer_name = models.CharField(_("who signs"), max_length=120)
    right = models.CharField(_("by what right"), max_length=16, choices=SigningRight)
    right_details = models.CharField(_("which one"), max_length=200, blank=True)
    shows_signer = models.BooleanField(_("name shown in public"), default=False)

    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawal_reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = SignatureQuerySet.as_manager()

    UNFROZEN: ClassVar = ("withdrawn_at", "withdrawn_by", "withdrawal_reason")
    search_fields = [index.SearchField("space_name"), index.FilterField("version")]

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "version"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="signature_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.space_name}, {self.version}"

    @property
    def is_in_force(self) -> bool:
        return self.withdrawn_at is None

    @property
    def number(self) -> str:
        """What a receipt calls it: year and serial number."""
        return f"{self.signed_at.year}-{self.pk:05d}"


class SignatureAnswer(KeptRecordMixin, models.Model):
    """What the space said to one criterion when it signed."""

    signature = models.ForeignKey(
        Signature, on_delete=models.PROTECT, related_name="answers"
    )
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("answer"), max_length=8, choices=AnswerState)
    evidence = models.TextField(_("evidence"), blank=True, max_length=1000)

    objects = KeptRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["signature", "criterion"], name="signature_answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion.number} {self.get_state_display()}"

    @property
    def latest_review(self) -> SignatureReview | None:
        """What the network found last; no query once prefetched."""
        return max(self.reviews.all(), key=lambda one: one.pk, default=None)


class SignatureReview(KeptRecordMixin, models.Model):
    """What the network found on one criterion, and what the space replied."""

    answer = models.ForeignKey(
        SignatureAnswer, on_delete=models.PROTECT, related_name="reviews"
    )
    verdict = models.CharField(_("criterion"), max_length=8, choices=ReviewVerdict)
    reason = models.TextField(_("reason"), max_length=1000)
    reviewed_at = models.DateTimeField(_("reviewed"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reply = models.TextField(_("reply of the space"), blank=True, max_length=1000)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = KeptRecordQuerySet.as_manager()

    UNFROZEN: ClassVar = ("reply", "replied_at", "replied_by")

    class Meta:
        verbose_name = _("review of an answer")
        verbose_name_plural = _("reviews of answers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.answer} : {self.get_verdict_display()}"
