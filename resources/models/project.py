"""The network's own work: the list of its projects, and each of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from cms.models import BodyMixin, HubPageMixin
from resources.domain.partial_dates import Span
from resources.domain.projects import ProjectState, find_state, find_whole_span
from resources.enums import ProjectHalt
from resources.projects.editing import ProjectPageForm, RemarksPanel
from resources.projects.reading import read_plan, show_partners
from resources.projects.routes import ProjectFileRoutes


class ProjectIndexPage(HubPageMixin, Page):
    """The list of the network's projects."""

    search_kind = "page"
    subpage_types = ["resources.ProjectPage"]
    max_count_per_parent = 1
    page_description = _("The list of the network's projects. One for each language.")
    content_panels = [*Page.content_panels, *HubPageMixin.introduction_panels]

    class Meta:
        verbose_name = _("list of projects")

    def list_by_state(
        self, day: datetime.date
    ) -> list[tuple[ProjectState, list[ProjectPage]]]:
        """Return the projects that everybody may read, by where they stand on ``day``.

        Under way first; in a state, what began last comes first. Three queries.
        """
        projects = list(
            ProjectPage.objects.child_of(self)
            .live()
            .public()
            .prefetch_related("phases")
            .order_by("title")
        )
        projects.sort(key=_find_first_day, reverse=True)
        by_state = {
            state: [one for one in projects if one.find_state(day) == state]
            for state in ProjectState
        }
        return [(state, found) for state, found in by_state.items() if found]

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Add ``projects_by_state``."""
        return {
            **super().get_context(request, *args, **kwargs),
            "projects_by_state": self.list_by_state(timezone.localdate()),
        }


def _find_first_day(project: ProjectPage) -> datetime.date:
    span = project.whole_span
    return span.starts.first_day if span is not None else datetime.date.min


class ProjectPage(ProjectFileRoutes, RoutablePageMixin, BodyMixin, HubPageMixin, Page):
    """A project of the network: partners, phases, objectives, actions, money."""

    territory = models.CharField(
        _("territory"),
        max_length=120,
        blank=True,
        help_text=_("Where it takes place. Example: Côtes-d’Armor and Finistère"),
    )
    halt = models.CharField(
        _("stopped"),
        max_length=12,
        choices=ProjectHalt,
        blank=True,
        help_text=_("Empty: the page tells from the phases where the project stands."),
    )
    halt_reason = models.CharField(_("why it was stopped"), max_length=300, blank=True)

    search_kind = "project"
    search_follows: ClassVar[Sequence[str]] = ("partners__space",)
    base_form_class = ProjectPageForm
    parent_page_types = ["resources.ProjectIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    override_translatable_fields = [
        *HubPageMixin.override_translatable_fields,
        SynchronizedField("halt", overridable=False),
    ]
    page_description = _(
        "A project of the network: who works at it, in which phases, for what, "
        "and who pays."
    )
    content_panels = [
        RemarksPanel(),
        *Page.content_panels,
        *HubPageMixin.introduction_panels,
        FieldPanel("territory"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("halt"), FieldPanel("halt_reason")])],
            heading=_("Suspended or given up"),
        ),
        InlinePanel(
            "partners",
            heading=_("Partners"),
            label=_("partner"),
            help_text=_("In the order in which readers see them; one coordinates."),
        ),
        *BodyMixin.body_panels,
    ]
    plan_panels = [
        InlinePanel(
            "phases",
            heading=_("Phases"),
            label=_("phase"),
            help_text=_("With the dates that are known, as precisely as they are."),
        ),
        InlinePanel(
            "objectives",
            heading=_("Objectives"),
            label=_("objective"),
            help_text=_("Their numbers make the tree, whatever their order here."),
        ),
        InlinePanel(
            "actions",
            heading=_("Actions"),
            label=_("action"),
            help_text=_("In the order in which readers see them."),
        ),
    ]
    money_panels = [
        InlinePanel("fundings", heading=_("Fundings"), label=_("funding")),
        InlinePanel(
            "sources",
            heading=_("Sources"),
            label=_("source"),
            help_text=_(
                "What each text says of a funding. Where they disagree, the page shows "
                "each of them."
            ),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(plan_panels, heading=_("Phases and actions")),
            ObjectList(money_panels, heading=_("Money and sources")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ],
    )

    class Meta:
        verbose_name = _("project")

    def clean(self) -> None:
        super().clean()
        if self.halt and not self.halt_reason:
            raise ValidationError(
                {"halt_reason": _("Say why: it is the first thing a reader asks.")}
            )

    @path("")
    def show_project(self, request: HttpRequest) -> Any:
        return self.render(request)

    @cached_property
    def spans(self) -> list[Span]:
        """The phases' dates in the editors' order; one query unless prefetched."""
        spans = (phase.span for phase in self.phases.all())
        return [span for span in spans if span is not None]

    @cached_property
    def whole_span(self) -> Span | None:
        return find_whole_span(self.spans)

    def find_state(self, day: datetime.date) -> ProjectState:
        """Return where it stands on ``day``."""
        return find_state(self.spans, day, halt=self.halt)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Add ``state`` and ``plan``; ``?etat=faite`` keeps the actions of a state."""
        today = timezone.localdate()
        return {
            **super().get_context(request, *args, **kwargs),
            "state": self.find_state(today),
            "plan": read_plan(self, day=today, word=request.GET.get("etat", "")),
        }

    @property
    def search_body(self) -> str:
        """Its partners, phases, objectives, actions, who pays, and its text."""
        partners = show_partners(self.partners.select_related("space"))
        lines: list[str] = [self.territory]
        lines += [f"{one.name} {one.role}" for one in partners]
        lines += [f"{one.title} {one.purpose}" for one in self.phases.all()]
        lines += [one.text for one in self.objectives.all()]
        lines += [one.text for one in self.actions.all()]
        for funding in self.fundings.all():
            lines += [funding.title, funding.funder, funding.reference]
        return "\n".join([*filter(None, lines), super().search_body])
