"""Signatures in Wagtail's admin: to be read and reviewed, never rewritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.models import Signature, SigningEvent
from resources.services.signature_refusals import Refusal
from resources.services.signature_review import review_signature
from resources.signatures.forms import ReviewForm

if TYPE_CHECKING:
    from typing import Any

    from cms.models import User

KEPT_ACTIONS = frozenset({"add", "change", "delete"})


class SignaturePermissionPolicy(ModelPermissionPolicy):
    """Nobody writes, rewrites or deletes a signature here: spaces sign themselves.

    Who had “change” may review.
    """

    def user_has_permission(self, user: User, action: str) -> bool:
        if action == "review":
            return bool(super().user_has_permission(user, "change"))
        if action in KEPT_ACTIONS:
            return False
        return bool(super().user_has_permission(user, action))

    def users_with_any_permission(self, actions: Any) -> Any:
        return super().users_with_any_permission(
            ["change" if action == "review" else action for action in actions]
        )


class ReviewSignatureView(
    PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, FormView
):
    """Says of each criterion whether it is met, and why; the space may reply."""

    model = Signature
    form_class = ReviewForm
    permission_required = "review"
    template_name = "resources/admin/review_signature.html"
    page_title = _("Review")
    header_icon = "openquote"

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "signature": self.object}

    def form_valid(self, form: ReviewForm) -> HttpResponse:
        try:
            stored = review_signature(
                self.object,
                findings=form.findings,
                by=cast("User", self.request.user),
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        if stored:
            messages.success(self.request, gettext("Saved: the space is told by mail."))
        else:
            messages.info(self.request, gettext("Nothing new to save."))
        return redirect(Signature.snippet_viewset.get_url_name("list"))


class SignatureViewSet(SnippetViewSet):
    model = Signature
    icon = "check"
    menu_label = _("Signatures")
    list_display = [
        "space_name",
        "version",
        "signed_at",
        Column("withdrawn_at", label=_("withdrawn")),
    ]
    list_filter = ["version", "space"]
    list_per_page = 50
    ordering = ["-signed_at"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "version",
        "space_name",
        "signed_at",
        "signer_name",
        "right",
        "right_details",
        "digest",
        "withdrawn_at",
        "withdrawal_reason",
    ]
    inspect_template_name = "resources/admin/inspect_signature.html"
    edit_handler = ObjectList([FieldPanel("space_name", read_only=True)])

    @cached_property
    def review_url_name(self) -> str:
        return str(self.get_url_name("review"))

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("review/<int:pk>/", ReviewSignatureView.as_view(), name="review"),
        ]


class SigningEventViewSet(SnippetViewSet):
    model = SigningEvent
    icon = "group"
    menu_label = _("Signing events")
    list_display = ["event", "version"]
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("version"),
            FieldPanel("event"),
            FieldPanel("account"),
            FieldPanel("signatures"),
            InlinePanel("witnesses", heading=_("Witnesses"), label=_("witness")),
            InlinePanel("photographs", heading=_("Photographs"), label=_("photograph")),
        ]
    )
