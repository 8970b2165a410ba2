"""What a member does to a date without writing: take back, change, discard.

Each asks first: the page says what will happen, its button does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy

from events.date_actions import ACTIONS, say_told
from events.forms.answers import correct_answers
from events.services.draft import discard_event
from events.services.refusals import Refusal
from events.services.withdraw import withdraw_event
from events.views.speaker import SpeakerView, make_trail

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django_stubs_ext import StrOrPromise

    from events.date_actions import DateAction
    from events.models import Event


class ConfirmView(SpeakerView):
    """Ask, then act; a refusal sends back to the date with its reason."""

    question: StrOrPromise
    consequence: StrOrPromise
    action_label: StrOrPromise
    fields_template = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.get_event(pk)
        return self.ask(event, self.make_form(event))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.get_event(pk)
        form = self.make_form(event, request.POST)
        if form is not None and not form.is_valid():
            return self.ask(event, form, status=422)
        try:
            return self.act(event, form)
        except (Refusal, ValidationError) as error:
            if form is not None and correct_answers(form, error):
                return self.ask(event, form, status=422)
            if isinstance(error, ValidationError):
                raise
            messages.error(request, error.sentence)
            return redirect("member_events:event", pk=pk)

    def make_form(self, event: Event, answers: QueryDict | None = None) -> Form | None:
        return None

    def say_told(self, event: Event) -> str:
        """Who will be told, in a sentence; "" when nobody is."""
        return ""

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
            "told": self.say_told(event),
            "fields_template": self.fields_template,
            "action_label": self.action_label,
            "trail": make_trail((draft.title, "")),
        }
        template = "events/member/event_confirm.html"
        return render(self.request, template, context, status=status)

    def act(self, event: Event, form: Any) -> HttpResponse:
        raise NotImplementedError


class DateActionView(ConfirmView):
    """Move a published date, hold it elsewhere, call it off or restore it."""

    # as_view() takes only what the class has: each address gives its own.
    action: DateAction = ACTIONS[0]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.question = self.action.question
        self.consequence = self.action.consequence
        self.action_label = self.action.action_label
        self.fields_template = self.action.fields_template

    def make_form(self, event: Event, answers: QueryDict | None = None) -> Form | None:
        return self.action.make_form(event, answers)

    def say_told(self, event: Event) -> str:
        return say_told(event)

    def act(self, event: Event, form: Any) -> HttpResponse:
        self.action.act(event, form, by=self.member, now=self.now)
        messages.success(self.request, self.action.done)
        return redirect("member_events:event", pk=event.pk)


class EventWithdrawView(ConfirmView):
    """Take the text back from the moderators, and open it."""

    question = gettext_lazy("Take it back?")
    consequence = gettext_lazy(
        "The moderators no longer see it. Your text is kept: "
        "change it, then send it again."
    )
    action_label = gettext_lazy("Take back and change")

    def act(self, event: Event, form: Any) -> HttpResponse:
        withdraw_event(event, by=self.member, now=self.now)
        messages.info(
            self.request, _("Taken back: nobody reviews it until you send it again.")
        )
        return redirect("member_events:edit", pk=event.pk)


class EventDiscardView(ConfirmView):
    """Erase a draft that was never published."""

    question = gettext_lazy("Erase this draft?")
    consequence = gettext_lazy(
        "Nobody but the members of your space has seen it. It cannot be brought back."
    )
    action_label = gettext_lazy("Erase the draft")

    def act(self, event: Event, form: Any) -> HttpResponse:
        discard_event(event, by=self.member, now=self.now)
        messages.success(self.request, _("The draft is erased."))
        return redirect("member_events:list")
