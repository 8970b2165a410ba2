"""Where editors keep charters and shared resources, in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from resources.domain.charters import TextIsNotReady, TextIsPublished
from resources.forms import CharterVersionForm, PublishVersionForm
from resources.glossary.viewset import GlossaryTermViewSet
from resources.models import Charter, CharterVersion, SharedResource
from resources.services.charters import draft_next_version, publish_version


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


class CharterViewSet(SnippetViewSet):
    model = Charter
    icon = "openquote"
    list_display = ["title", "summary"]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("title", targets=["slug"]),
            FieldPanel("summary"),
            FieldPanel("slug"),
        ]
    )


class PublishVersionView(
    PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, FormView
):
    """Asks for the day of adoption, says what publishing does, and publishes."""

    model = CharterVersion
    form_class = PublishVersionForm
    permission_required = "publish"
    template_name = "resources/admin/publish_version.html"
    page_title = _("Publish")
    header_icon = "openquote"

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_success_url(self) -> str:
        return reverse(CharterVersion.snippet_viewset.get_url_name("list"))

    def form_valid(self, form: PublishVersionForm) -> HttpResponse:
        try:
            publish_version(self.object, adopted_on=form.cleaned_data["adopted_on"])
        except TextIsPublished:
            form.add_error(None, gettext("Somebody has published this version."))
        except TextIsNotReady:
            form.add_error(None, gettext("Write at least one article first."))
        if form.errors:
            return self.form_invalid(form)
        message = gettext("%(version)s is published. Its text is now fixed.")
        messages.success(self.request, message % {"version": self.object})
        return super().form_valid(form)


class NextVersionView(PermissionCheckedMixin, BaseObjectMixin, FormView):
    """Copies a version into the next draft and opens it."""

    model = CharterVersion
    http_method_names = ["post"]
    permission_required = "add"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = draft_next_version(self.object.charter)
        messages.success(request, gettext("Here is the next version, as a draft."))
        edit_url_name = CharterVersion.snippet_viewset.get_url_name("edit")
        return redirect(edit_url_name, draft.pk)


class CharterVersionViewSet(SnippetViewSet):
    model = CharterVersion
    icon = "openquote"
    list_display = ["__str__", "state", "adopted_on"]
    list_filter = ["charter", "state"]
    inspect_view_enabled = True
    inspect_view_fields = ["charter", "number", "state", "adopted_on", "change_note"]
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
        ],
        base_form_class=CharterVersionForm,
    )

    @cached_property
    def publish_url_name(self) -> str:
        return str(self.get_url_name("publish"))

    @cached_property
    def next_version_url_name(self) -> str:
        return str(self.get_url_name("next_version"))

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("publish/<int:pk>/", PublishVersionView.as_view(), name="publish"),
            path("next/<int:pk>/", NextVersionView.as_view(), name="next_version"),
        ]


class ResourcesViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Resources")
    menu_icon = "folder-open-inverse"
    menu_order = 300
    items = (
        SharedResourceViewSet,
        CharterViewSet,
        CharterVersionViewSet,
        GlossaryTermViewSet,
    )
