"""Series in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PublishingPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from events.models import Series


class SeriesViewSet(SnippetViewSet):
    model = Series
    icon = "repeat"
    menu_label = _("Series")
    list_display = ["title", "type", "rhythm", "host", LiveStatusTagColumn()]
    list_filter = ["type", "host"]
    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("type"), FieldPanel("host")]),
        FieldPanel("programme"),
        FieldPanel("rhythm_note"),
        FieldPanel("summary"),
        FieldPanel("description"),
        FieldPanel("visibility"),
        PublishingPanel(),
    ]
