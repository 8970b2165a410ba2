"""The loan of a shared resource to a space, and the days that its owner keeps."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from events.models.series import make_uid
from network.models import Space
from resources.domain.lending import Taking
from resources.enums import LoanSide, LoanState, ResourceKind
from resources.models.shared_resource import SharedResource
from resources.querysets import DaySpanQuerySet, LoanQuerySet


class DaySpan(models.Model):
    """So many units of a resource for whole days, the first and the last included.

    Days are those of the network's zone.
    """

    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    units = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1)]
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day"), units__gte=1),
                name="%(class)s_is_a_span",
            )
        ]

    @property
    def length(self) -> int:
        """How many days it lasts."""
        return (self.last_day - self.first_day).days + 1

    @property
    def taking(self) -> Taking:
        """What it takes from the units that are free."""
        return Taking(self.first_day, self.last_day, self.units)


class Loan(index.Indexed, DaySpan):
    """What a space asked to borrow, and what became of it; the row stays.

    ``uid`` and ``sequence`` are those of its calendar file; the sequence grows when
    a file that was sent is no longer true. ``returned_on`` is a day of the network's
    zone: brought back early, the days after it are free again.
    """

    resource = models.ForeignKey(
        SharedResource,
        on_delete=models.PROTECT,
        related_name="loans",
        verbose_name=_("resource"),
    )
    space = models.ForeignKey(
        Space,
        on_delete=models.PROTECT,
        related_name="loans",
        verbose_name=_("borrowed by"),
    )
    purpose = models.CharField(_("what for"), max_length=300)
    state = models.CharField(
        _("state"), max_length=9, choices=LoanState, default=LoanState.ASKED
    )
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    cancelled_for = models.CharField(
        _("cancelled by"), max_length=8, choices=LoanSide, blank=True
    )
    cancellation_reason = models.CharField(_("reason"), max_length=500, blank=True)

    returned_on = models.DateField(_("returned"), null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    chased_at = models.DateTimeField(null=True, blank=True, editable=False)
    uid = models.CharField(
        max_length=255, unique=True, editable=False, default=make_uid
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = LoanQuerySet.as_manager()

    search_fields = [
        index.SearchField("purpose"),
        index.FilterField("state"),
        index.FilterField("space"),
        index.FilterField("resource"),
    ]

    class Meta(DaySpan.Meta):
        verbose_name = _("loan")
        verbose_name_plural = _("loans")
        ordering = ["first_day", "pk"]
        indexes = [
            models.Index(fields=["resource", "last_day"], name="loan_resource_days")
        ]

    def __str__(self) -> str:
        return f"{self.resource}, {self.space}"

    def get_absolute_url(self) -> str:
        """Return its page in the member area."""
        return reverse("member_loans:loan", args=[self.pk])

    @property
    def taking(self) -> Taking:
        last_day = self.last_day
        if self.returned_on is not None:
            last_day = min(last_day, self.returned_on)
        return Taking(self.first_day, last_day, self.units)

    @property
    def lender(self) -> Space | None:
        """The space that shares the resource now."""
        return self.resource.space

    @property
    def is_accepted(self) -> bool:
        return self.state == LoanState.ACCEPTED

    @property
    def was_accepted(self) -> bool:
        """True when its borrower was sent a calendar file."""
        return self.is_accepted or self.sequence > 0

    @property
    def is_brought_back(self) -> bool:
        """True for what leaves its space: a speaker goes home alone."""
        return self.resource.kind in ResourceKind.brought_back()

    def is_waiting(self, today: datetime.date) -> bool:
        """As ``LoanQuerySet.waiting``."""
        return self.state == LoanState.ASKED and self.first_day >= today

    def is_coming(self, today: datetime.date) -> bool:
        """As ``LoanQuerySet.coming``."""
        return self.is_accepted and self.last_day >= today and self.returned_on is None

    def may_be_cancelled(self, today: datetime.date) -> bool:
        """True while it waits, or takes days that are not over."""
        return self.is_coming(today) or self.is_waiting(today)

    def may_be_returned(self, today: datetime.date) -> bool:
        """True from its first day on, until it is noted."""
        return (
            self.is_accepted
            and self.is_brought_back
            and self.returned_on is None
            and self.first_day <= today
        )

    def is_late(self, today: datetime.date) -> bool:
        """As ``LoanQuerySet.late``."""
        return self.may_be_returned(today) and self.last_day < today


class BlockedDays(DaySpan):
    """Days on which the owner lends fewer: used at home, or being repaired."""

    resource = models.ForeignKey(
        SharedResource,
        on_delete=models.CASCADE,
        related_name="blocked_days",
        verbose_name=_("resource"),
    )
    reason = models.CharField(
        _("why"),
        max_length=120,
        blank=True,
        help_text=_("The members read it. Example: used for our own open day"),
    )
    blocked_at = models.DateTimeField()
    blocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = DaySpanQuerySet.as_manager()

    class Meta(DaySpan.Meta):
        verbose_name = _("blocked days")
        verbose_name_plural = _("blocked days")
        ordering = ["first_day", "pk"]

    def __str__(self) -> str:
        return f"{self.resource}, {self.first_day}"
