"""Where editors keep charters, in Wagtail's admin."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.charters.admin_views import (
    AdaptVersionView,
    CloseSigningView,
    NextVersionView,
    PublishVersionView,
    ReasonsView,
)
from resources.charters.forms import CharterVersionForm
from resources.models import Charter, CharterVersion


class CharterViewSet(SnippetViewSet):
    model = Charter
    icon = "openquote"
    list_display = ["title", "summary"]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("title", targets=["slug"]),
            FieldPanel("summary"),
            FieldPanel("slug"),
            FieldPanel("issuer"),
        ]
    )


class CharterVersionViewSet(SnippetViewSet):
    model = CharterVersion
    icon = "openquote"
    list_display = ["__str__", "state", "adopted_on"]
    list_filter = ["charter", "state"]
    inspect_view_enabled = True
    inspect_view_fields = [
        "charter",
        "number",
        "state",
        "adopted_on",
        "signing_closed_at",
        "adapted_from",
        "digest",
        "change_note",
    ]
    inspect_template_name = "resources/admin/inspect_version.html"
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "Write articles in their order: numbers come by themselves. "
                    "A version can be changed until it is published."
                )
            ),
            FieldPanel("charter"),
            FieldPanel("preamble"),
            InlinePanel(
                "articles",
                heading=_("Articles"),
                label=_("article"),
                panels=[
                    FieldPanel("title"),
                    FieldPanel("question"),
                    FieldPanel("text"),
                    InlinePanel(
                        "criteria",
                        heading=_("Criteria"),
                        label=_("criterion"),
                        panels=[FieldPanel("text"), FieldPanel("kind")],
                    ),
                    FieldPanel("slug"),
                ],
            ),
            FieldPanel("change_note"),
            FieldPanel("seen"),
        ],
        base_form_class=CharterVersionForm,
    )

    @cached_property
    def publish_url_name(self) -> str:
        return str(self.get_url_name("publish"))

    @cached_property
    def next_version_url_name(self) -> str:
        return str(self.get_url_name("next_version"))

    @cached_property
    def adapt_url_name(self) -> str:
        return str(self.get_url_name("adapt"))

    @cached_property
    def reasons_url_name(self) -> str:
        return str(self.get_url_name("reasons"))

    @cached_property
    def close_signing_url_name(self) -> str:
        return str(self.get_url_name("close_signing"))

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("publish/<int:pk>/", PublishVersionView.as_view(), name="publish"),
            path("next/<int:pk>/", NextVersionView.as_view(), name="next_version"),
            path("adapt/<int:pk>/", AdaptVersionView.as_view(), name="adapt"),
            path("reasons/<int:pk>/", ReasonsView.as_view(), name="reasons"),
            path("close/<int:pk>/", CloseSigningView.as_view(), name="close_signing"),
        ]
