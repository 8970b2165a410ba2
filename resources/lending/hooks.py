"""What loans add to Wagtail, to the clock and to the member area."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import ListingButton
from wagtail.permissions import register_permission_policy

from cms.models import User
from cms.tasks.clock import DueJob
from network.models import Space
from resources.lending.admin import LoanPermissionPolicy, may_cancel
from resources.lending.panels import MemberLoansPanel
from resources.models import Loan, SharedResource
from resources.services.lending_changes import remind_loans

register_permission_policy(Loan, LoanPermissionPolicy(Loan))


@hooks.register("register_editable_models")
def register_loans() -> list[type[models.Model]]:
    return [Loan]


@hooks.register("register_member_panel")
def register_member_loans_panel() -> MemberLoansPanel:
    return MemberLoansPanel()


@hooks.register("register_due_job")
def register_reminders() -> DueJob:
    # Several turns a day: one that is missed still comes before the loan begins.
    return DueJob("resources.remind_loans", datetime.timedelta(hours=4), remind_loans)


@hooks.register("register_snippet_listing_buttons")
def offer_cancelling(
    snippet: models.Model, user: User, next_url: str | None = None
) -> Iterator[ListingButton]:
    """Lead moderators from a loan in the list to the form that cancels it."""
    if isinstance(snippet, Loan) and may_cancel(user, snippet):
        url_name = Loan.snippet_viewset.get_url_name("cancel")
        yield ListingButton(
            gettext("Cancel the loan"),
            reverse(url_name, args=[snippet.pk]),
            icon_name="cross",
        )


@hooks.register("before_delete_snippet")
def keep_what_was_lent(
    request: HttpRequest, instances: list[models.Model]
) -> HttpResponse | None:
    """Keep resources and spaces that loans name, one by one or in bulk."""
    named = [one for one in instances if _has_loans(one)]
    if not named:
        return None
    messages.error(
        request,
        gettext(
            "“%(name)s” cannot be deleted, so that its loans are still known: "
            "unpublish it instead."
        )
        % {"name": named[0]},
    )
    viewset: Any = type(named[0]).snippet_viewset  # type: ignore[attr-defined]
    return redirect(viewset.get_url_name("list"))


def _has_loans(record: models.Model) -> bool:
    return isinstance(record, SharedResource | Space) and record.loans.exists()
