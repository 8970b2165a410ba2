"""A sheet: what the law, the economy or the administration asks, and since when."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from dateutil.relativedelta import relativedelta
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Orderable, Page
from wagtail_localize.fields import SynchronizedField

from cms.models import BodyMixin, HubPageMixin, User
from cms.roles import EDITORS, MODERATORS
from resources.domain.figures import Change, Reading, find_key, list_changes
from resources.enums import SheetKind
from resources.guides.page_forms import SheetPageForm
from resources.guides.reading import read_sheet
from resources.models.branching import BranchMixin
from resources.models.guide import StagePage


def limit_to_admin_users() -> models.Q:
    """Choose among those who may open the sheet in the admin."""
    keepers = User.objects.filter(groups__name__in=(EDITORS, MODERATORS))
    return models.Q(is_superuser=True) | models.Q(pk__in=keepers.values("pk"))


class SheetPage(BranchMixin, BodyMixin, HubPageMixin, Page):
    """A legal, economic or administrative sheet with the day it was last checked."""

    kind = models.CharField(
        _("kind"), max_length=16, choices=SheetKind, default=SheetKind.LEGAL
    )
    in_short = models.TextField(
        _("in short"),
        blank=True,
        max_length=1000,
        help_text=_("Three to five lines, one idea a line."),
    )
    verified_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("The day somebody last read the sources again."),
    )
    review_months = models.PositiveSmallIntegerField(
        _("to be checked again after (months)"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    in_charge = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to=limit_to_admin_users,
        verbose_name=_("person in charge"),
        help_text=_("Gets a mail when the sheet is due. Readers never see who it is."),
    )

    search_kind = "sheet"
    base_form_class = SheetPageForm
    # A translation is as old as the text it was made from.
    override_translatable_fields = [
        *HubPageMixin.override_translatable_fields,
        *BranchMixin.branch_fields,
        SynchronizedField("kind", overridable=False),
        SynchronizedField("verified_on", overridable=False),
        SynchronizedField("review_months", overridable=False),
        SynchronizedField("in_charge", overridable=False),
    ]
    parent_page_types = ["resources.StagePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("A legal, economic or administrative sheet with its sources.")
    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        *HubPageMixin.introduction_panels,
        FieldPanel("in_short"),
        InlinePanel(
            "figures",
            heading=_("Figures"),
            label=_("figure"),
            help_text=_("What a reader notes down: a threshold, a delay, a form."),
        ),
        *BodyMixin.body_panels,
        FieldPanel("only_for"),
    ]
    validity_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("verified_on"), FieldPanel("review_months")]),
                FieldPanel("in_charge"),
            ],
            heading=_("Last check"),
            help_text=_(
                "Past this time the page itself says that it must be checked again."
            ),
        ),
        InlinePanel(
            "sources",
            heading=_("Sources"),
            label=_("source"),
            help_text=_("The texts that this sheet relies on, as a reader finds them."),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(validity_panels, heading=_("Sources and validity")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ],
    )

    class Meta:
        verbose_name = _("sheet")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Add ``is_out_of_date`` and what ``read_sheet`` tells of the guide."""
        return {
            **super().get_context(request, *args, **kwargs),
            **read_sheet(self, request),
            "is_out_of_date": self.is_out_of_date(timezone.localdate()),
        }

    @cached_property
    def stage(self) -> StagePage:
        """The stage it is a part of; two queries."""
        return self.get_parent().specific

    @property
    def is_economic(self) -> bool:
        return self.kind == SheetKind.ECONOMIC

    @property
    def short_lines(self) -> list[str]:
        return [line.strip() for line in self.in_short.splitlines() if line.strip()]

    @cached_property
    def figure_changes(self) -> list[Change]:
        """What its figures were before, the newest change first; one query."""
        readings = self.figure_readings.values_list("label", "value", "published_on")
        return list_changes(Reading(*row) for row in readings)

    @property
    def figures_with_changes(self) -> list[tuple[Any, Change | None]]:
        """Its figures in order, each with its last change; two queries."""
        last = {find_key(one.label): one for one in reversed(self.figure_changes)}
        return [(one, last.get(find_key(one.label))) for one in self.figures.all()]

    @property
    def search_body(self) -> str:
        return f"{self.in_short}\n{super().search_body}"

    @property
    def review_due_on(self) -> datetime.date | None:
        """The first day on which the sheet says that it may be out of date."""
        if self.verified_on is None:
            return None
        return self.verified_on + relativedelta(months=self.review_months)

    def is_out_of_date(self, today: datetime.date) -> bool:
        """True from the day a review is due; an unchecked sheet is out of date."""
        due = self.review_due_on
        return due is None or today >= due


class SheetSource(Orderable):
    """A text of law or an official page that a sheet relies on."""

    sheet = ParentalKey(SheetPage, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title
