"""Types of dates in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from events.models import EventType


class EventTypeViewSet(SnippetViewSet):
    model = EventType
    icon = "tag"
    menu_label = _("Types")
    list_display = ["name", "mark", "duration_minutes"]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("mark"),
        FieldPanel("description"),
        FieldPanel("duration_minutes"),
    ]
