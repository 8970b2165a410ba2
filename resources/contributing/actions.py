"""What a member does to a resource without writing: take back, erase, take out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from events.views.confirm import ConfirmView
from resources.contributing.views import (
    ResourceSpeakerView,
    make_trail,
    say_adaptations,
)
from resources.services.contribution import discard_resource
from resources.services.contribution_steps import take_resource_out, withdraw_resource

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django_stubs_ext import StrOrPromise

    from resources.models import SharedResource


class ResourceConfirmView(ResourceSpeakerView, ConfirmView):
    """A question about one resource."""

    page_name = "member_resources:resource"

    def get_record(self, pk: int) -> SharedResource:
        return self.get_resource(pk)

    def make_trail(self, draft: SharedResource) -> list[tuple[StrOrPromise, str]]:
        return make_trail((draft.title, ""))

    def describe_record(self, draft: SharedResource) -> str:
        return str(draft.get_kind_display())


class ResourceWithdrawView(ResourceConfirmView):
    """Take the text back from the moderators, and open it."""

    question = gettext_lazy("Take it back?")
    consequence = gettext_lazy(
        "The moderators no longer see it. Your text is kept: "
        "change it, then send it again."
    )
    action_label = gettext_lazy("Take back and change")

    def act(self, resource: SharedResource, form: Any) -> HttpResponse:
        withdraw_resource(resource, by=self.member, now=self.now)
        messages.info(
            self.request, _("Taken back: nobody reviews it until you send it again.")
        )
        return redirect("member_resources:edit", pk=resource.pk)


class ResourceDiscardView(ResourceConfirmView):
    """Erase a draft that was never published."""

    question = gettext_lazy("Erase this draft?")
    consequence = gettext_lazy(
        "Nobody but the members of your space has seen it. "
        "Its files go with it. It cannot be brought back."
    )
    action_label = gettext_lazy("Erase the draft")

    def act(self, resource: SharedResource, form: Any) -> HttpResponse:
        discard_resource(resource, by=self.member, now=self.now)
        messages.success(self.request, _("The draft is erased."))
        return redirect("member_resources:list")


class TakeOutForm(forms.Form):
    """Why a resource leaves the public list."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "The moderators read it. Example: the law changed, a new version comes."
        ),
        error_messages={"required": gettext_lazy("Say why in a sentence.")},
    )


class ResourceTakeOutView(ResourceConfirmView):
    """Take a published resource out of the public list."""

    question = gettext_lazy("Take it out of the list?")
    consequence = gettext_lazy(
        "Its page and its files are no longer open to the public. It is a draft of "
        "your space again: you may change it and publish it at the same address."
    )
    action_label = gettext_lazy("Take out of the list")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.get_resource(pk).live:
            return redirect(self.page_name, pk=pk)
        return super().get(request, pk)

    def make_form(
        self, resource: SharedResource, answers: QueryDict | None = None
    ) -> forms.Form:
        return TakeOutForm(answers)

    def say_told(self, resource: SharedResource) -> str:
        return say_adaptations(resource.adaptations.filter(live=True).count())

    def act(self, resource: SharedResource, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        take_resource_out(resource, reason=reason, by=self.member, now=self.now)
        messages.success(self.request, _("It is no longer in the public list."))
        return redirect(self.page_name, pk=resource.pk)
