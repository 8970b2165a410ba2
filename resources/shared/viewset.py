"""Where editors keep shared resources, in Wagtail's admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.models import SharedResource


class SharedResourceViewSet(SnippetViewSet):
    model = SharedResource
    icon = "folder-open-inverse"
    list_display = ["title", "kind", "theme", "space", "published_on", "live"]
    list_filter = ["kind", "theme", "licence", "space", "live"]
    list_per_page = 50
    ordering = ["title"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title", targets=["slug"]),
                    FieldPanel("summary"),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("theme")]),
                    FieldPanel("description"),
                    MultiFieldPanel(
                        [FieldPanel("document"), FieldPanel("url")],
                        heading=_("What is shared"),
                        help_text=_(
                            "A file or a link. Neither for a person or a machine: "
                            "the page then leads to the space that lends it."
                        ),
                    ),
                    FieldPanel("tags"),
                ],
                heading=_("Content"),
            ),
            ObjectList(
                [
                    FieldPanel("licence"),
                    FieldPanel("space"),
                    FieldRowPanel([FieldPanel("version"), FieldPanel("published_on")]),
                    FieldPanel("language"),
                    MultiFieldPanel(
                        [
                            FieldPanel("adapted_from"),
                            FieldPanel("adapted_from_elsewhere"),
                        ],
                        heading=_("Where it comes from"),
                    ),
                    FieldPanel("slug"),
                ],
                heading=_("Rights and origin"),
            ),
        ]
    )
