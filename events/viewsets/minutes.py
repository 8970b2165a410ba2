"""Minutes of meetings in the admin."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PublishingPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from events.models import Minutes
from events.services.numbering import give_edition


class MinutesCreateView(CreateView):
    """Gives the minutes their edition as they are stored."""

    @transaction.atomic
    def save_instance(self) -> Any:
        give_edition(self.form.instance, None)
        return super().save_instance()


class MinutesViewSet(SnippetViewSet):
    model = Minutes
    icon = "doc-full"
    menu_label = _("Minutes of meetings")
    add_view_class = MinutesCreateView
    list_display = ["__str__", "edition", "visibility", LiveStatusTagColumn()]
    list_filter = ["visibility"]
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("event"), FieldPanel("edition", read_only=True)]),
        FieldPanel("introduction"),
        InlinePanel("themes", heading=_("Themes"), label=_("theme")),
        FieldPanel("visibility"),
        PublishingPanel(),
    ]

    def get_queryset(self, request: Any) -> Any:
        return Minutes.objects.select_related("event")
