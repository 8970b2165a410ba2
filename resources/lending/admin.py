"""Loans in Wagtail's admin: to be read; moderators may cancel one, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from resources.enums import LoanSide
from resources.lending.forms import NetworkCancelForm
from resources.lending_wording import say_days, say_state
from resources.models import Loan
from resources.services.lending import MODERATORS_RIGHT, cancel_loan
from resources.services.lending_refusals import Refusal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from cms.models import User

_WRITTEN_BY_MEMBERS = frozenset({"add", "change", "delete"})


class LoanPermissionPolicy(ModelPermissionPolicy):
    """Nobody writes, rewrites or deletes a loan here; “cancel” is the moderators'."""

    def user_has_permission(self, user: User, action: str) -> bool:
        if action == "cancel":
            return bool(user.is_active and user.has_perm(MODERATORS_RIGHT))
        if action in _WRITTEN_BY_MEMBERS:
            return False
        return bool(super().user_has_permission(user, action))


def may_cancel(user: User, loan: Loan) -> bool:
    """Tell whether this person is offered to cancel ``loan`` for the network."""
    return user.has_perm(MODERATORS_RIGHT) and loan.may_be_cancelled(
        timezone.localdate()
    )


class CancelLoanView(
    PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, FormView
):
    """Cancels for the network; a refusal keeps the words."""

    model = Loan
    form_class = NetworkCancelForm
    permission_required = "cancel"
    template_name = "resources/admin/cancel_loan.html"
    page_title = _("Cancel the loan")
    header_icon = "cross"

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "days": say_days(self.object)}

    def form_valid(self, form: NetworkCancelForm) -> HttpResponse:
        try:
            cancel_loan(
                self.object,
                side=LoanSide.NETWORK,
                by=cast("User", self.request.user),
                now=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.form_invalid(form)
        messages.success(
            self.request, gettext("Cancelled: both spaces are told by mail.")
        )
        return redirect(Loan.snippet_viewset.get_url_name("list"))


class StateColumn(Column):
    """What became of the loan, as members read it."""

    def get_value(self, instance: Loan) -> StrOrPromise:
        return say_state(instance, timezone.localdate())


class LoanViewSet(SnippetViewSet):
    model = Loan
    icon = "date"
    menu_label = _("Loans")
    add_to_reference_index = False
    list_display = [
        "resource",
        "units",
        "space",
        "first_day",
        "last_day",
        StateColumn("state", label=_("state"), sort_key="state"),
    ]
    list_filter = ["state", "resource", "space"]
    list_per_page = 50
    ordering = ["-first_day", "-pk"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "resource",
        "units",
        "space",
        "first_day",
        "last_day",
        "purpose",
        "state",
        "asked_at",
        "answer",
        "answered_at",
        "cancelled_at",
        "cancelled_for",
        "cancellation_reason",
        "returned_on",
    ]
    edit_handler = ObjectList([FieldPanel("purpose", read_only=True)])

    def get_queryset(self, request: Any) -> Any:
        return Loan.objects.with_relations()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("cancel/<int:pk>/", CancelLoanView.as_view(), name="cancel"),
        ]
