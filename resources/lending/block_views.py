"""Where the owner of a lent resource keeps days, and gives them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from resources.lending.forms import (
    BlockForm,
    show_refusal,
)
from resources.lending.speaker import LendingView, make_trail
from resources.models import BlockedDays, SharedResource
from resources.services.blocked_days import block_days, free_days
from resources.services.lending_refusals import (
    NotSpeaker,
    Refusal,
)

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest


class BlockView(LendingView):
    """The days that my space keeps of what it lends, and the form that keeps more."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        resource = self.get_own_resource(slug)
        return self.ask(resource, BlockForm(resource=resource))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        resource = self.get_own_resource(slug)
        form = BlockForm(request.POST, resource=resource)
        if not form.is_valid():
            return self.ask(resource, form, status=422)
        try:
            block_days(
                resource,
                first_day=form.first,
                last_day=form.last,
                units=form.wanted_units,
                reason=form.cleaned_data["reason"],
                by=self.member,
                now=self.now,
            )
        except NotSpeaker:
            raise
        except Refusal as refusal:
            show_refusal(form, refusal)
            return self.ask(resource, form, status=409)
        messages.success(request, _("Blocked: nobody asks for these days now."))
        return redirect("member_loans:block", resource.slug)

    def ask(
        self, resource: SharedResource, form: forms.Form, *, status: int = 200
    ) -> HttpResponse:
        context = {
            "resource": resource,
            "form": form,
            "blocked": resource.blocked_days.filter(last_day__gte=self.today),
            "month": self.make_month(resource),
            "trail": make_trail((_("Block days"), "")),
        }
        template = "resources/lending/block.html"
        return render(self.request, template, context, status=status)


class FreeView(LendingView):
    """Give blocked days back; done twice, it leads to the same page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        resource = self.get_own_resource(slug)
        blocked = BlockedDays.objects.filter(resource=resource, pk=pk).first()
        if blocked is not None:
            blocked.resource = resource
            free_days(blocked, by=self.member, now=self.now)
        messages.success(request, _("These days can be asked for again."))
        return redirect("member_loans:block", resource.slug)
