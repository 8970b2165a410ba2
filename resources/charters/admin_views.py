"""What editors do to a version of a charter besides writing it, in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from resources.charters.comparison import Comparison, compare_versions, find_base
from resources.charters.forms import AdaptVersionForm, PublishVersionForm, ReasonsForm
from resources.domain.charters import (
    AmendmentsWait,
    TextIsNotReady,
    TextIsPublished,
)
from resources.models import CharterVersion
from resources.services.charters import (
    adapt_version,
    close_signing,
    draft_next_version,
    publish_version,
    write_reasons,
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
            publish_version(
                self.object,
                adopted_on=form.cleaned_data["adopted_on"],
                now=timezone.now(),
            )
        except TextIsPublished:
            form.add_error(None, gettext("Somebody has published this version."))
        except TextIsNotReady:
            form.add_error(None, gettext("Write at least one article first."))
        except AmendmentsWait:
            form.add_error(
                None,
                gettext(
                    "Members still amend this draft, or wait for an answer to their "
                    "amendment: close the round and answer each one first."
                ),
            )
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


class AdaptVersionView(
    PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, FormView
):
    """Makes another charter of a published version, and opens its draft."""

    model = CharterVersion
    form_class = AdaptVersionForm
    permission_required = "add"
    template_name = "resources/admin/adapt_version.html"
    page_title = _("Write another charter from this one")
    header_icon = "copy"

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def form_valid(self, form: AdaptVersionForm) -> HttpResponse:
        try:
            draft = adapt_version(self.object, **form.cleaned_data)
        except TextIsNotReady:
            form.add_error(None, gettext("Publish this version first."))
            return self.form_invalid(form)
        messages.success(self.request, gettext("Here is your charter, as a draft."))
        return redirect(edit_url_name(), draft.pk)


class ReasonsView(
    PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, FormView
):
    """Asks why each criterion of a draft is not as it was in the text before."""

    model = CharterVersion
    form_class = ReasonsForm
    permission_required = "change"
    template_name = "resources/admin/reasons.html"
    page_title = _("Why criteria change")
    header_icon = "openquote"

    def get_page_subtitle(self) -> str:
        return str(self.object)

    @cached_property
    def comparison(self) -> Comparison | None:
        """The draft beside the text it comes from; None for a first text."""
        draft = CharterVersion.objects.with_text().get(pk=self.object.pk)
        base = find_base(draft)
        return compare_versions(base, draft) if base is not None else None

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = self.object.change_reasons.values_list("criterion_key", "reason")
        return {
            **super().get_form_kwargs(),
            "changes": self.comparison.criteria if self.comparison else [],
            "reasons": {str(key): reason for key, reason in rows},
        }

    def form_valid(self, form: ReasonsForm) -> HttpResponse:
        try:
            write_reasons(self.object, form.reasons)
        except TextIsPublished:
            form.add_error(
                None,
                gettext("This version is published: its reasons no longer change."),
            )
            return self.form_invalid(form)
        messages.success(self.request, gettext("The reasons are saved."))
        return redirect(edit_url_name(), self.object.pk)


class CloseSigningView(PermissionCheckedMixin, BaseObjectMixin, FormView):
    """Lets nobody sign a version any more."""

    model = CharterVersion
    http_method_names = ["post"]
    permission_required = "publish"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        close_signing(self.object, now=timezone.now())
        messages.success(request, gettext("Nobody signs this version any more."))
        url_name = CharterVersion.snippet_viewset.get_url_name("inspect")
        return redirect(url_name, self.object.pk)


def edit_url_name() -> str:
    return str(CharterVersion.snippet_viewset.get_url_name("edit"))
