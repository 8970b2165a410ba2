"""Where editors keep shared resources, in Wagtail's admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.record_text import SOURCE_LANGUAGE
from resources.models import SharedResource, StagePage

if TYPE_CHECKING:
    from django.http import HttpRequest

    from resources.querysets import SharedResourceQuerySet


class StageChoiceField(forms.ModelMultipleChoiceField):
    """French stages, each with its guide; the resource's page finds translations."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.guide.title} – {obj.title}"


class SharedResourceForm(WagtailAdminModelForm):
    """Offers French stages only, as boxes to tick."""

    stages = StageChoiceField(
        label=_("Useful at these stages"),
        queryset=StagePage.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "stages" in self.fields:
            field: Any = self.fields["stages"]
            french = StagePage.objects.filter(locale__language_code=SOURCE_LANGUAGE)
            field.queryset = french.order_by("path")


class SharedResourceViewSet(SnippetViewSet):
    model = SharedResource
    icon = "folder-open-inverse"
    list_display = [
        "title",
        "kind",
        "theme",
        "space",
        Column("downloads", label=_("Downloads"), sort_key="downloads"),
        "published_on",
        "live",
        UpdatedAtColumn(),
    ]
    list_filter = ["kind", "theme", "licence", "space", "is_lent", "live"]
    list_per_page = 50
    ordering = ["title"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldPanel("summary"),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("theme")]),
                    FieldPanel("description"),
                    MultiFieldPanel(
                        [
                            FieldPanel("document"),
                            FieldPanel("editable_document"),
                            FieldPanel("url"),
                        ],
                        heading=_("What is shared"),
                        help_text=_(
                            "A file or a link. Neither for a person or a machine: "
                            "the page then leads to the space that lends it."
                        ),
                    ),
                    FieldPanel("price"),
                    FieldPanel("stages"),
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
                    FieldPanel("slug", read_only=True),
                ],
                heading=_("Rights and origin"),
            ),
            ObjectList(
                [
                    FieldPanel("is_lent"),
                    FieldRowPanel([FieldPanel("quantity"), FieldPanel("longest_loan")]),
                    FieldPanel("lending_terms"),
                ],
                heading=_("Loan"),
            ),
        ],
        base_form_class=SharedResourceForm,
    )

    def get_queryset(self, request: HttpRequest) -> SharedResourceQuerySet:
        resources: SharedResourceQuerySet = SharedResource.objects.select_related(
            "space"
        ).with_downloads()
        return resources
