"""Choosing an account by typing a part of its e-mail address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from cms.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class AccountFilterForm(BaseFilterForm):
    """Looks for accounts by e-mail or by name."""

    q = forms.CharField(
        label=_("E-mail or name"),
        widget=forms.TextInput(attrs={"placeholder": _("A part of the e-mail")}),
        required=False,
    )

    def filter(self, objects: QuerySet[User]) -> QuerySet[User]:
        """Keep the accounts that hold what was typed."""
        accounts = super().filter(objects)
        text = self.cleaned_data.get("q")
        if not text:
            return accounts
        self.is_searching = True
        self.search_query = text
        return accounts.filter(
            Q(email__icontains=text)
            | Q(first_name__icontains=text)
            | Q(last_name__icontains=text)
        )


class _ForWhoLinksMembers:
    """Accounts are personal: only who may link them to a space sees them."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not request.user.has_perms(["network.add_spacemember"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class _AccountList(_ForWhoLinksMembers):
    filter_form_class = AccountFilterForm
    ordering = "email"

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("email", label=_("E-mail"), accessor="email")]  # type: ignore[misc]


class AccountChooseView(_AccountList, ChooseView):
    pass


class AccountResultsView(_AccountList, ChooseResultsView):
    pass


class ChosenAccountView(_ForWhoLinksMembers, ChosenView):
    pass


class ChosenAccountsView(_ForWhoLinksMembers, ChosenMultipleView):
    pass


class AccountChooserViewSet(ChooserViewSet):
    """The chooser of the link between a person and a space."""

    model = User
    icon = "user"
    choose_one_text = _("Choose an account")
    choose_another_text = _("Choose another account")
    register_widget = False
    choose_view_class = AccountChooseView
    choose_results_view_class = AccountResultsView
    chosen_view_class = ChosenAccountView
    chosen_multiple_view_class = ChosenAccountsView


account_chooser = AccountChooserViewSet("account_chooser")
