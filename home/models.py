"""The home page and plain editorial pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from cms.models import BodyMixin, HubPageMixin
from cms.panels import render_panels
from events.models import Event
from home.plan import draw_plan
from network.models import Space

if TYPE_CHECKING:
    from django.http import HttpRequest


class HomePage(HubPageMixin, Page):
    """The first page of a language: next date, spaces, path, charter."""

    headline = models.CharField(
        _("headline"),
        max_length=60,
        blank=True,
        help_text=_("Two to four words, set very large. Example: Push the door."),
    )
    statement = models.CharField(
        _("statement"),
        max_length=160,
        blank=True,
        help_text=_("A line of the charter that says what holds the network together."),
    )
    statement_source = models.CharField(_("its source"), max_length=120, blank=True)

    search_kind = "page"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "home.EditorialPage",
        "resources.GuideIndexPage",
        "resources.CharterPage",
        "resources.ProjectIndexPage",
    ]
    page_description = _("The first page of a language.")
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        *HubPageMixin.introduction_panels,
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("statement"), FieldPanel("statement_source")])],
            heading=_("What holds us together"),
        ),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Add the plan, two counts and what other rooms have to show.

        Four queries, besides those of the rooms' panels.
        """
        now = timezone.now()
        return {
            **super().get_context(request, *args, **kwargs),
            "plan": draw_plan(now),
            "space_count": Space.objects.listed().count(),
            # As the agenda it leads to, which shows what is called off too.
            "event_count": Event.objects.published().upcoming(now).count(),
            "panels": render_panels("register_home_panel", request),
        }


class EditorialPage(BodyMixin, HubPageMixin, Page):
    """A page of text: about, legal notice, accessibility, contact."""

    search_kind = "page"
    parent_page_types = ["home.HomePage", "home.EditorialPage"]
    subpage_types: ClassVar[list[str]] = ["home.EditorialPage"]
    page_description = _("A page of text: about, legal notice, accessibility.")
    content_panels = [
        *Page.content_panels,
        *HubPageMixin.introduction_panels,
        *BodyMixin.body_panels,
    ]

    class Meta:
        verbose_name = _("editorial page")
