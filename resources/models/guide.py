"""A guide for project holders: an ordered path of stages, each with its sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Orderable, Page, TranslatableMixin

from cms.models import BodyMixin, HubPageMixin
from resources.guides.page_forms import StagePageForm
from resources.guides.reading import read_guide, read_stage
from resources.models.branching import BranchMixin, StageQuestion, list_questions
from resources.models.open_below import keep_open
from resources.models.stage_example import StageExample
from resources.whole_guide.routes import WholeGuideRoutes


class PathFactsMixin(models.Model):
    """Who a part of the path is for, how long it takes, what it costs."""

    audience = models.CharField(
        _("for whom"),
        max_length=200,
        blank=True,
        help_text=_("Example: people who open a space, alone or with a town"),
    )
    duration = models.CharField(
        _("how long"),
        max_length=80,
        blank=True,
        help_text=_("Example: two to six months"),
    )
    cost = models.CharField(
        _("indicative cost"), max_length=120, blank=True, help_text=_("Example: none")
    )

    path_panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldRowPanel([FieldPanel("duration"), FieldPanel("cost")]),
            ],
            heading=_("Before you begin"),
        )
    ]

    class Meta:
        abstract = True


class GuideIndexPage(HubPageMixin, Page):
    """The list of guides."""

    search_kind = "page"
    # Children stand in the order that editors give them by dragging.
    admin_default_ordering = "ord"
    subpage_types = ["resources.GuidePage"]
    max_count_per_parent = 1
    page_description = _("The list of the network's guides. One for each language.")
    content_panels = [*Page.content_panels, *HubPageMixin.introduction_panels]

    class Meta:
        verbose_name = _("list of guides")

    @property
    def guides(self) -> Sequence[GuidePage]:
        """Guides that everybody may read, in the editors' order.

        Two queries: view restrictions, guides. Each guide has ``stage_count``.
        """
        guides = list(GuidePage.objects.child_of(self).live().public())
        return count_stages(guides)


class GuidePage(WholeGuideRoutes, PathFactsMixin, BodyMixin, HubPageMixin, Page):
    """A whole path, from the idea to the opening."""

    search_kind = "guide"
    admin_default_ordering = "ord"
    parent_page_types = ["resources.GuideIndexPage"]
    subpage_types = ["resources.StagePage"]
    page_description = _(
        "A path in ordered stages for people who open a space. "
        "Write its stages as child pages."
    )
    content_panels = [
        *Page.content_panels,
        *HubPageMixin.introduction_panels,
        *PathFactsMixin.path_panels,
        *BodyMixin.body_panels,
    ]

    class Meta:
        verbose_name = _("guide")

    @cached_property
    def stages(self) -> Sequence[StagePage]:
        """Stages that its readers may read, in order; two queries."""
        return keep_open(StagePage.objects.child_of(self), below=self)

    @cached_property
    def questions(self) -> Sequence[StageQuestion]:
        """What its stages ask, in order, with answers; two queries more."""
        return list_questions(self.stages)

    @cached_property
    def stages_with_sheets(self) -> Sequence[StagePage]:
        """The stages, each with its ``sheets`` ready; two queries more."""
        from resources.models.sheet import SheetPage

        by_stage: defaultdict[str, list[SheetPage]] = defaultdict(list)
        for sheet in keep_open(SheetPage.objects.descendant_of(self), below=self):
            by_stage[sheet.path[: -SheetPage.steplen]].append(sheet)
        for stage in self.stages:
            stage.sheets = by_stage[stage.path]
        return self.stages

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Add ``stages``, ``sheets`` and ``late_sheets``, those to be checked again."""
        today = timezone.localdate()
        sheets = [sheet for stage in self.stages_with_sheets for sheet in stage.sheets]
        return {
            **super().get_context(request, *args, **kwargs),
            **read_guide(self, request),
            "stages": self.stages_with_sheets,
            "sheets": sheets,
            "late_sheets": [sheet for sheet in sheets if sheet.is_out_of_date(today)],
        }


def count_stages(guides: Sequence[GuidePage]) -> Sequence[GuidePage]:
    """Set ``stage_count`` on each guide; two queries for any number of guides."""
    counts: defaultdict[str, int] = defaultdict(int)
    for path in StagePage.objects.live().public().values_list("path", flat=True):
        counts[path[: -StagePage.steplen]] += 1
    for guide in guides:
        guide.stage_count = counts[guide.path]
    return guides


class StagePage(BranchMixin, PathFactsMixin, BodyMixin, HubPageMixin, Page):
    """One stage of a guide: what to do, what to tick, what to read, who can help."""

    search_kind = "stage"
    admin_default_ordering = "ord"
    base_form_class = StagePageForm
    override_translatable_fields = [
        *HubPageMixin.override_translatable_fields,
        *BranchMixin.branch_fields,
    ]
    parent_page_types = ["resources.GuidePage"]
    subpage_types = ["resources.SheetPage"]
    page_description = _(
        "A stage of a guide, with its checklist. Write its sheets as child pages."
    )
    content_panels = [
        *Page.content_panels,
        *HubPageMixin.introduction_panels,
        *PathFactsMixin.path_panels,
        *BodyMixin.body_panels,
        InlinePanel(
            "checklist",
            heading=_("Checklist"),
            label=_("thing to do"),
            help_text=_("What must be done before the next stage, one thing a line."),
        ),
        InlinePanel(
            "examples",
            heading=_("Spaces that went through it"),
            label=_("example"),
            help_text=_("Only spaces that the directory lists are shown."),
        ),
    ]
    branch_panels = [
        HelpPanel(
            content=_(
                "A stage may ask its reader a question, such as “Association, "
                "cooperative or company?”. Stages, sheets and things to do of the whole "
                "guide can then be only for some answers. Without an answer the reader "
                "sees everything, each part under the heading of its answer."
            )
        ),
        InlinePanel("questions", heading=_("Questions"), label=_("question")),
        FieldPanel("only_for"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(branch_panels, heading=_("Questions and branches")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )

    class Meta:
        verbose_name = _("stage")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Add what ``resources.guides.reading.read_stage`` tells."""
        return {
            **super().get_context(request, *args, **kwargs),
            **read_stage(self, request, now=timezone.now()),
        }

    @cached_property
    def guide(self) -> GuidePage:
        """The guide it is a part of; two queries."""
        return self.get_parent().specific

    @cached_property
    def neighbours(self) -> Sequence[StagePage]:
        """The guide's stages in order, this one among them even as a draft."""
        others = [stage for stage in self.guide.stages if stage.pk != self.pk]
        return sorted([*others, self], key=lambda stage: stage.path)

    @property
    def position(self) -> int:
        """Its number in the guide, from 1."""
        return self.neighbours.index(self) + 1

    @cached_property
    def sheets(self) -> Sequence[Any]:
        """Sheets that its readers may read, in order; two queries."""
        from resources.models.sheet import SheetPage

        return keep_open(SheetPage.objects.child_of(self), below=self)

    @property
    def is_economic(self) -> bool:
        """True where one of its sheets counts money: the simulator helps there."""
        return any(sheet.is_economic for sheet in self.sheets)

    @property
    def listed_examples(self) -> Sequence[StageExample]:
        """Examples of spaces that the directory lists, in order; one query."""
        examples = self.examples.select_related("space")
        return [example for example in examples if example.space.is_listed]

    @property
    def search_body(self) -> str:
        texts = [item.text for item in self.checklist.all()]
        for question in self.questions.all():
            texts += [question.text, question.help]
            for answer in question.answers.all():
                texts += [answer.label, answer.text]
        return "\n".join([*texts, super().search_body])


class ChecklistItem(BranchMixin, TranslatableMixin, Orderable):
    """A thing to do before the next stage."""

    stage = ParentalKey(StagePage, on_delete=models.CASCADE, related_name="checklist")
    text = models.CharField(_("thing to do"), max_length=200)

    override_translatable_fields = BranchMixin.branch_fields
    panels = [FieldPanel("text"), FieldPanel("only_for")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("thing to do")
        verbose_name_plural = _("things to do")

    def __str__(self) -> str:
        return self.text
