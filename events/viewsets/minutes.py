"""Minutes of meetings in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PublishingPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from events.models import Minutes


class MinutesViewSet(SnippetViewSet):
    model = Minutes
    icon = "doc-full"
    menu_label = _("Minutes of meetings")
    list_display = ["__str__", "edition", "visibility", LiveStatusTagColumn()]
    list_filter = ["visibility"]
    panels = [
        FieldRowPanel([FieldPanel("event"), FieldPanel("edition")]),
        FieldPanel("introduction"),
        InlinePanel("themes", heading=_("Themes"), label=_("theme")),
        FieldPanel("visibility"),
        PublishingPanel(),
    ]
