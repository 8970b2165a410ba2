"""The money of a project, and the sources that tell of it.

A funding keeps the facts that editors hold for true; a source has the same columns for
what it says of them, so that two sources may disagree in the open.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable, TranslatableMixin

from resources.domain.partial_dates import read_partial_date
from resources.enums import FundingNature, FundingState
from resources.models.project_fields import AmountField, PartialDateField
from resources.models.project_plan import keep_in_step

# In the order in which a reader is told them.
FACTS: Final = (
    "amount", "nature", "funder", "beneficiary", "deciding_body", "decided_on",
    "reference",
)  # fmt: skip


class FundingFacts(models.Model):
    """What can be said of a funding; each may be unknown."""

    amount = AmountField(
        _("amount in euros"), null=True, blank=True, help_text=_("Empty if unknown.")
    )
    nature = models.CharField(
        _("nature"), max_length=12, choices=FundingNature, blank=True
    )
    funder = models.CharField(_("who funds"), max_length=120, blank=True)
    beneficiary = models.CharField(_("who receives it"), max_length=120, blank=True)
    deciding_body = models.CharField(_("who decided"), max_length=160, blank=True)
    decided_on = PartialDateField(
        _("decided on"), blank=True, help_text=_("2011, 10/2011 or 26/10/2011")
    )
    reference = models.CharField(
        _("reference of the decision"), max_length=80, blank=True
    )

    fact_panels: ClassVar = [
        FieldRowPanel([FieldPanel("amount"), FieldPanel("nature")]),
        FieldRowPanel([FieldPanel("funder"), FieldPanel("beneficiary")]),
        FieldPanel("deciding_body"),
        FieldRowPanel([FieldPanel("decided_on"), FieldPanel("reference")]),
    ]

    class Meta:
        abstract = True

    def get_fact(self, name: str) -> object | None:
        """Return a fact as it is compared, None where nothing is said of it."""
        value = getattr(self, name)
        if name == "decided_on" and value:
            return read_partial_date(value)
        return value or None


class ProjectFunding(FundingFacts, TranslatableMixin, Orderable):
    """A sum, or something in kind, for a project."""

    project = ParentalKey(
        "resources.ProjectPage", on_delete=models.CASCADE, related_name="fundings"
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        validators=[MinValueValidator(1)],
        help_text=_("Sources name it by this number."),
    )
    title = models.CharField(
        _("what it pays for"),
        max_length=160,
        help_text=_("Example: the first two years of the network"),
    )
    state = models.CharField(
        pgettext_lazy("funding", "state"),
        max_length=12,
        choices=FundingState,
        default=FundingState.GRANTED,
    )
    kept_because = models.TextField(
        _("why these values"),
        max_length=600,
        blank=True,
        help_text=_("Where sources disagree: why you keep the values above."),
    )

    override_translatable_fields = keep_in_step("number", "state", *FACTS)
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("title")]),
        FieldPanel("state"),
        *FundingFacts.fact_panels,
        FieldPanel("kept_because"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("funding")
        verbose_name_plural = _("fundings")

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class ProjectSource(FundingFacts, TranslatableMixin, Orderable):
    """A text that tells of the project, and what it says of one funding."""

    project = ParentalKey(
        "resources.ProjectPage", on_delete=models.CASCADE, related_name="sources"
    )
    title = models.CharField(
        _("title"), max_length=200, help_text=_("As a reader finds it.")
    )
    url = models.URLField(_("address"), blank=True)
    funding_number = models.PositiveSmallIntegerField(
        _("tells of funding"),
        null=True,
        blank=True,
        help_text=_("The number of a funding above; empty if it tells of none."),
    )

    override_translatable_fields = keep_in_step("url", "funding_number", *FACTS)
    panels: ClassVar = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("url")]),
        FieldPanel("funding_number"),
        MultiFieldPanel(
            FundingFacts.fact_panels,
            heading=_("What it says"),
            help_text=_("Only what stands in it; the rest stays empty."),
        ),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.funding_number is None and any(getattr(self, name) for name in FACTS):
            raise ValidationError(
                {
                    "funding_number": _(
                        "Say which funding this source tells of, by its number."
                    )
                }
            )
