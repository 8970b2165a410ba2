"""A guide for project holders: an ordered path of stages, each with its sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from cms.models import BodyMixin, HubPageMixin


class PathFactsMixin(models.Model):
    """Who a part of the path is for, how long it takes, what it costs."""

    audience = models.CharField(_("for whom"), max_length=200, blank=True)
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
    subpage_types = ["resources.GuidePage"]
    max_count_per_parent = 1
    page_description = _("The list of the network's guides. One for each language.")
    content_panels = [*Page.content_panels, *HubPageMixin.introduction_panels]

    class Meta:
        verbose_name = _("list of guides")

    @property
    def guides(self) -> Sequence[GuidePage]:
        """Live guides open to everybody, in the editors' order; one query."""
        return list(GuidePage.objects.child_of(self).live().public())


class GuidePage(PathFactsMixin, BodyMixin, HubPageMixin, Page):
    """A whole path, from the idea to the opening."""

    search_kind = "guide"
    parent_page_types = ["resources.GuideIndexPage"]
    subpage_types = ["resources.StagePage"]
    page_description = _("A path in ordered stages for people who open a space.")
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
        """Live stages open to everybody, in order; one query."""
        return list(StagePage.objects.child_of(self).live().public())


class StagePage(PathFactsMixin, BodyMixin, HubPageMixin, Page):
    """One stage of a guide: what to do, what to tick, what to read."""

    search_kind = "stage"
    parent_page_types = ["resources.GuidePage"]
    subpage_types = ["resources.SheetPage"]
    page_description = _("A stage of a guide, with its checklist and its sheets.")
    content_panels = [
        *Page.content_panels,
        *HubPageMixin.introduction_panels,
        *PathFactsMixin.path_panels,
        *BodyMixin.body_panels,
        InlinePanel("checklist", heading=_("Checklist"), label=_("thing to do")),
    ]

    class Meta:
        verbose_name = _("stage")

    @cached_property
    def guide(self) -> GuidePage:
        return self.get_parent().specific

    @cached_property
    def sheets(self) -> Sequence[Page]:
        """Live sheets open to everybody, in order; one query."""
        from resources.models.sheet import SheetPage

        return list(SheetPage.objects.child_of(self).live().public())


class ChecklistItem(Orderable):
    """A thing to do before the next stage."""

    stage = ParentalKey(StagePage, on_delete=models.CASCADE, related_name="checklist")
    text = models.CharField(_("thing to do"), max_length=200)

    class Meta(Orderable.Meta):
        verbose_name = _("thing to do")
        verbose_name_plural = _("things to do")

    def __str__(self) -> str:
        return self.text
