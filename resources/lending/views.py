"""Where members read their loans, ask for days, and answer those who ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from resources.enums import LoanSide
from resources.lending.forms import (
    AnswerForm,
    AskForm,
    CancelForm,
    show_refusal,
)
from resources.lending.speaker import LendingView, make_trail
from resources.models import Loan, SharedResource
from resources.services.free_days import count_free_units
from resources.services.lending import (
    accept_loan,
    ask_loan,
    cancel_loan,
    note_return,
    refuse_loan,
)
from resources.services.lending_refusals import (
    AlreadyAsked,
    NoReason,
    NotLent,
    NotSpeaker,
    OwnResource,
    Refusal,
)
from resources.services.loan_file import name_loan_file, write_loan_file

if TYPE_CHECKING:
    from django.http import HttpRequest

PAST_SHOWN = 20


class LoanListView(LendingView):
    """What waits for my answer, what I asked for, what comes, what is over."""

    def get(self, request: HttpRequest) -> HttpResponse:
        loans = Loan.objects.concerning(self.spaces).with_relations()
        current = list(loans.current(self.today))
        waiting = [one for one in current if one.is_waiting(self.today)]
        past = loans.exclude(pk__in=[one.pk for one in current])
        past = past.order_by("-first_day", "-pk")
        pages = Paginator(past, PAST_SHOWN)
        context = {
            "to_answer": [one for one in waiting if self.lends(one)],
            "asked": [one for one in waiting if not self.lends(one)],
            "coming": [one for one in current if one.is_coming(self.today)],
            "late": [one for one in current if one.is_late(self.today)],
            "page_of_past": pages.get_page(request.GET.get("page")),
            "own_resources": SharedResource.objects.filter(
                is_lent=True, space__in=self.spaces
            ).order_by("title"),
            "space_keys": self.space_keys,
            "today": self.today,
            "trail": make_trail(),
        }
        return render(request, "resources/lending/loan_list.html", context)


class AskView(LendingView):
    """Ask for days of a resource, its calendar in sight."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        resource = self.get_resource(slug)
        if refused := self.refuse_early(resource):
            return refused
        return self.ask(resource, self.make_form(resource))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        resource = self.get_resource(slug)
        if refused := self.refuse_early(resource):
            return refused
        form = self.make_form(resource, request.POST)
        if not form.is_valid():
            return self.ask(resource, form, status=422)
        try:
            loan = ask_loan(
                resource,
                form.wish,
                space=form.chosen_space,
                by=self.member,
                now=self.now,
            )
        except AlreadyAsked as refusal:
            messages.info(request, refusal.sentence)
            return redirect(refusal.loan)
        except NotSpeaker:
            raise
        except Refusal as refusal:
            show_refusal(form, refusal)
            return self.ask(resource, form, status=409)
        messages.success(
            request, _("Asked: its space is told by mail, and so will you be.")
        )
        return redirect(loan)

    def get_resource(self, slug: str) -> SharedResource:
        """Return the published resource.

        Raises:
            Http404: the public does not see it, or it was never lent by anybody.
        """
        resources = SharedResource.objects.filter(live=True).select_related("space")
        return get_object_or_404(resources, slug=slug)

    def refuse_early(self, resource: SharedResource) -> HttpResponse | None:
        """Answer who would fill in a form that cannot be sent."""
        if not resource.is_bookable and self.request.method != "POST":
            messages.error(self.request, NotLent.sentence)
            return redirect(resource)
        if not resource.is_bookable:
            way_out = (_("Back to its page"), resource.get_absolute_url())
            return self.refuse(NotLent(), status=409, way_out=way_out)
        if self.space_keys == {resource.space_id}:
            way_out = (
                _("Block days"),
                reverse("member_loans:block", args=[resource.slug]),
            )
            return self.refuse(OwnResource(), status=409, way_out=way_out)
        return None

    def make_form(self, resource: SharedResource, *args: Any) -> AskForm:
        return AskForm(*args, spaces=self.spaces, resource=resource)

    def ask(
        self, resource: SharedResource, form: AskForm, *, status: int = 200
    ) -> HttpResponse:
        context = {
            "resource": resource,
            "form": form,
            "month": self.make_month(resource),
            "trail": make_trail((_("Ask for days"), "")),
        }
        template = "resources/lending/ask.html"
        return render(self.request, template, context, status=status)


class LoanView(LendingView):
    """One loan: what was asked, what was answered, what can be done now."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(self.get_loan(pk))

    def show(
        self, loan: Loan, *, form: AnswerForm | None = None, status: int = 200
    ) -> HttpResponse:
        is_to_answer = self.lends(loan) and loan.is_waiting(self.today)
        context = {
            "loan": loan,
            "lender": loan.lender,
            "form": (form or AnswerForm()) if is_to_answer else form,
            "is_to_answer": is_to_answer,
            "left": self.count_left(loan) if is_to_answer else None,
            "lends": self.lends(loan),
            "may_cancel": loan.may_be_cancelled(self.today)
            and (self.borrows(loan) or loan.is_accepted),
            "may_return": self.lends(loan) and loan.may_be_returned(self.today),
            "today": self.today,
            "trail": make_trail((str(loan.resource), "")),
        }
        template = "resources/lending/loan.html"
        return render(self.request, template, context, status=status)

    def count_left(self, loan: Loan) -> int:
        """How many are free on the fullest of the days; two queries."""
        free = count_free_units(loan.resource, loan.first_day, loan.last_day)
        return min(free.values())


class AnswerView(LoanView):
    """Accept or refuse, by the button pressed; a refusal of ours keeps the words."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        loan = self.get_loan(pk)
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.show(loan, form=form, status=422)
        answer = form.cleaned_data["reason"]
        try:
            if request.POST.get("decision") == "accept":
                accept_loan(loan, by=self.member, now=self.now, answer=answer)
                messages.success(request, _("Accepted: the other space is told."))
            else:
                refuse_loan(loan, by=self.member, now=self.now, answer=answer)
                messages.success(request, _("Refused: the other space is told why."))
        except NotSpeaker:
            raise
        except NoReason as refusal:
            show_refusal(form, refusal)
            return self.show(loan, form=form, status=422)
        except Refusal as refusal:
            show_refusal(form, refusal)
            return self.show(self.get_loan(pk), form=form, status=409)
        return redirect(loan)


class CancelView(LendingView):
    """Ask why, then cancel a loan or take a request back."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.ask(self.get_loan(pk), CancelForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        loan = self.get_loan(pk)
        form = CancelForm(request.POST)
        if not form.is_valid():
            return self.ask(loan, form, status=422)
        side = LoanSide.BORROWER if self.borrows(loan) else LoanSide.LENDER
        try:
            cancel_loan(
                loan,
                side=side,
                by=self.member,
                now=self.now,
                reason=form.cleaned_data["reason"],
            )
        except NotSpeaker:
            raise
        except NoReason as refusal:
            show_refusal(form, refusal)
            return self.ask(loan, form, status=422)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            return redirect(loan)
        messages.success(request, _("Cancelled: both spaces are told by mail."))
        return redirect(loan)

    def ask(self, loan: Loan, form: CancelForm, *, status: int = 200) -> HttpResponse:
        context = {
            "loan": loan,
            "form": form,
            "borrows": self.borrows(loan),
            "trail": make_trail(
                (str(loan.resource), loan.get_absolute_url()), (_("Cancel"), "")
            ),
        }
        template = "resources/lending/cancel.html"
        return render(self.request, template, context, status=status)


class ReturnView(LendingView):
    """Note that the thing is back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        loan = self.get_loan(pk)
        try:
            note_return(loan, by=self.member, now=self.now)
        except NotSpeaker:
            raise
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Noted: it is back."))
        return redirect(loan)


class LoanFileView(LendingView):
    """An accepted loan, or one cancelled since, as a calendar file."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        loan = self.get_loan(pk)
        if not loan.was_accepted:
            raise Http404
        return HttpResponse(
            write_loan_file(loan),
            content_type="text/calendar; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{name_loan_file(loan)}"'
            },
        )
