"""Amendments in Wagtail's admin: opening a draft, answering, moderating comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.amendments.forms import AnswerForm, ModerateForm
from resources.domain.charter_changes import compare_words
from resources.models import Amendment, AmendmentComment, AmendmentRound
from resources.services.amendment_refusals import Refusal
from resources.services.amendments import answer_amendment, moderate_comment

if TYPE_CHECKING:
    from cms.models import User


class SpokenPermissionPolicy(ModelPermissionPolicy):
    """What members wrote is answered here, never written, rewritten or deleted.

    Who had “change” may answer.
    """

    def user_has_permission(self, user: User, action: str) -> bool:
        if action == "answer":
            return bool(super().user_has_permission(user, "change"))
        if action in {"add", "change", "delete"}:
            return False
        return bool(super().user_has_permission(user, action))


class AnswerBaseView(
    PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, FormView
):
    """A form on what a member wrote; a refusal keeps the answers."""

    permission_required = "answer"
    header_icon = "comment"
    done = _("Saved.")

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.model.snippet_viewset.get_url_name("list"))

    def act(self, answers: dict[str, Any]) -> None:
        raise NotImplementedError


class AnswerAmendmentView(AnswerBaseView):
    """The change word by word, its reason and support, then the answer."""

    model = Amendment
    form_class = AnswerForm
    template_name = "resources/admin/answer_amendment.html"
    page_title = _("Answer")
    done = _("Answered: the space is told by mail.")

    @property
    def pieces(self) -> Any:
        return compare_words(self.object.original, self.object.proposal)

    def act(self, answers: dict[str, Any]) -> None:
        answer_amendment(
            self.object,
            **answers,
            by=cast("User", self.request.user),
            now=timezone.now(),
        )


class ModerateCommentView(AnswerBaseView):
    """Show a comment to the members, or refuse it with a reason."""

    model = AmendmentComment
    form_class = ModerateForm
    template_name = "resources/admin/moderate_comment.html"
    page_title = _("Moderate")

    def act(self, answers: dict[str, Any]) -> None:
        moderate_comment(
            self.object,
            is_shown=answers["decision"] == "show",
            refusal=answers["refusal"],
        )


class AmendmentRoundViewSet(SnippetViewSet):
    model = AmendmentRound
    icon = "edit"
    menu_label = _("Amendment rounds")
    list_display = ["__str__", "opens_on", "closes_on"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "Members read this draft, amend it, support and discuss amendments "
                    "until its last day. It is published once each has its answer."
                )
            ),
            FieldPanel("version"),
            FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
            FieldPanel("introduction"),
        ]
    )


class AmendmentViewSet(SnippetViewSet):
    model = Amendment
    icon = "comment"
    menu_label = _("Amendments")
    list_display = [
        "__str__",
        "space",
        "round",
        Column("get_state_display", label=_("state"), sort_key="state"),
    ]
    list_filter = ["state", "round", "space"]
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = ObjectList([FieldPanel("proposal", read_only=True)])

    @cached_property
    def answer_url_name(self) -> str:
        return str(self.get_url_name("answer"))

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("answer/<int:pk>/", AnswerAmendmentView.as_view(), name="answer"),
        ]


class AmendmentCommentViewSet(SnippetViewSet):
    model = AmendmentComment
    icon = "comment"
    menu_label = _("Comments to moderate")
    list_display = [
        "text",
        "space",
        "amendment",
        Column("get_state_display", label=_("state"), sort_key="state"),
    ]
    list_filter = ["state"]
    list_per_page = 50
    ordering = ["-pk"]
    copy_view_enabled = False
    edit_handler = ObjectList([FieldPanel("text", read_only=True)])

    @cached_property
    def moderate_url_name(self) -> str:
        return str(self.get_url_name("moderate"))

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("moderate/<int:pk>/", ModerateCommentView.as_view(), name="moderate"),
        ]


def list_answer_buttons(record: Any, user: User) -> list[tuple[str, str]]:
    """Return the words and the URL name of what may be done to a member's words."""
    if not user.has_perm(f"resources.change_{record._meta.model_name}"):
        return []
    if isinstance(record, Amendment) and record.is_waiting:
        return [(gettext("Answer"), Amendment.snippet_viewset.answer_url_name)]
    if isinstance(record, AmendmentComment) and record.state == "waiting":
        viewset: Any = AmendmentComment.snippet_viewset  # type: ignore[attr-defined]
        return [(gettext("Moderate"), viewset.moderate_url_name)]
    return []
