"""What a member does to a date without writing: take back, call off, discard.

Each asks first: the page says what will happen, its button does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy

from events.forms.cancellation import CancellationForm
from events.services.cancel import cancel_event
from events.services.draft import discard_event
from events.services.refusals import Refusal
from events.services.withdraw import withdraw_event
from events.views.speaker import SpeakerView, make_trail

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from events.models import Event


class ConfirmView(SpeakerView):
    """Ask, then act; a refusal sends back to the date with its reason."""

    question: ClassVar[StrOrPromise]
    consequence: ClassVar[StrOrPromise]
    action_label: ClassVar[StrOrPromise]
    form_class: type[Form] | None = None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.ask(
            self.get_event(pk), self.form_class() if self.form_class else None
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.get_event(pk)
        form = self.form_class(request.POST) if self.form_class else None
        if form is not None and not form.is_valid():
            return self.ask(event, form, status=422)
        try:
            return self.act(event, form)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            return redirect("member_events:event", pk=pk)

    def ask(
        self, event: Event, form: Form | None, *, status: int = 200
    ) -> HttpResponse:
        draft = event.get_latest_revision_as_object()
        context = {
            "event": event,
            "draft": draft,
            "form": form,
            "question": self.question,
            "consequence": self.consequence,
            "action_label": self.action_label,
            "trail": make_trail((draft.title, "")),
        }
        template = "events/member/event_confirm.html"
        return render(self.request, template, context, status=status)

    def act(self, event: Event, form: Form | None) -> HttpResponse:
        raise NotImplementedError


class EventWithdrawView(ConfirmView):
    """Take the text back from the moderators, and open it."""

    question = gettext_lazy("Take it back?")
    consequence = gettext_lazy(
        "The moderators no longer see it. Your text is kept: "
        "change it, then send it again."
    )
    action_label = gettext_lazy("Take back and change")

    def act(self, event: Event, form: Form | None) -> HttpResponse:
        withdraw_event(event, by=self.member, now=self.now)
        messages.info(
            self.request, _("Taken back: nobody reviews it until you send it again.")
        )
        return redirect("member_events:edit", pk=event.pk)


class EventCancelView(ConfirmView):
    """Call a published date off."""

    question = gettext_lazy("Cancel this date?")
    consequence = gettext_lazy(
        "The page stays in the agenda, marked as cancelled, and calendars that hold "
        "the date learn it. This cannot be undone: to hold it after all, duplicate it."
    )
    action_label = gettext_lazy("Cancel the date")
    form_class = CancellationForm

    def act(self, event: Event, form: Form | None) -> HttpResponse:
        reason = form.cleaned_data["reason"] if form else ""
        cancel_event(event, by=self.member, reason=reason, now=self.now)
        messages.success(
            self.request,
            _(
                "It is cancelled: the agenda says so, calendars will at their next look."
            ),
        )
        return redirect("member_events:event", pk=event.pk)


class EventDiscardView(ConfirmView):
    """Erase a draft that was never published."""

    question = gettext_lazy("Erase this draft?")
    consequence = gettext_lazy(
        "Nobody but the members of your space has seen it. It cannot be brought back."
    )
    action_label = gettext_lazy("Erase the draft")

    def act(self, event: Event, form: Form | None) -> HttpResponse:
        discard_event(event, by=self.member, now=self.now)
        messages.success(self.request, _("The draft is erased."))
        return redirect("member_events:list")
