"""The home page and plain editorial pages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.models import BodyMixin, HubPageMixin


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
    ]
    page_description = _("The first page of a language.")
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        *HubPageMixin.introduction_panels,
        FieldPanel("statement"),
        FieldPanel("statement_source"),
    ]

    class Meta:
        verbose_name = _("home page")


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
