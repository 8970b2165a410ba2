"""Where editors keep the words of the glossary."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.models import GlossaryTerm


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "help"
    list_display = ["name", "definition"]
    list_per_page = 100
    ordering = ["sort_key"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("definition"),
            FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
        ]
    )
