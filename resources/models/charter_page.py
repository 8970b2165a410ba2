"""The page that presents a charter."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from cms.models import HubPageMixin
from resources.models.charter import Charter


class CharterPage(RoutablePageMixin, HubPageMixin, Page):
    """Shows one charter: its current version, and older ones at ``v/<n>/``."""

    charter = models.ForeignKey(
        Charter,
        on_delete=models.PROTECT,
        related_name="pages",
        verbose_name=_("charter"),
    )

    search_kind = "charter"
    override_translatable_fields = [
        *HubPageMixin.override_translatable_fields,
        SynchronizedField("charter", overridable=False),
    ]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("Presents a charter, which is kept as a record.")
    content_panels = [
        *Page.content_panels,
        *HubPageMixin.introduction_panels,
        FieldPanel("charter"),
    ]

    class Meta:
        verbose_name = _("charter page")
