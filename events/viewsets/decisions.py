"""Decisions, their topics and their tasks in the admin.

Minutes record decisions and the member area tells what becomes of them: here editors
put them in order, and read their history.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from events.models import Decision, Task, Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name", "slug"]
    panels = [FieldPanel("name"), FieldPanel("slug")]


class DecisionViewSet(SnippetViewSet):
    model = Decision
    icon = "tick"
    menu_label = _("Decisions")
    list_display = [
        "__str__",
        "text",
        Column("get_state_display", label=_("state"), sort_key="state"),
        "responsible_space",
        "due_on",
    ]
    list_filter = ["state", "topic", "responsible_space"]
    ordering = ["-number"]
    copy_view_enabled = False
    panels = [
        FieldPanel("text", read_only=True),
        FieldPanel("state", read_only=True),
        FieldRowPanel([FieldPanel("responsible_space"), FieldPanel("due_on")]),
        FieldPanel("topic"),
        FieldPanel("next_event", read_only=True),
        HelpPanel(template="events/admin/decision_steps.html"),
    ]

    def get_queryset(self, request: Any) -> Any:
        return Decision.objects.select_related("responsible_space")


class TaskViewSet(SnippetViewSet):
    model = Task
    icon = "list-ul"
    menu_label = _("Tasks")
    list_display = ["title", "space", "due_on", "done_at"]
    list_filter = ["space", "due_on"]
    copy_view_enabled = False
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("space"), FieldPanel("due_on")]),
    ]

    def get_queryset(self, request: Any) -> Any:
        return Task.objects.select_related("space")
