"""What a member does to a date without writing: take back, change, discard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy

from events.date_actions import ACTIONS, say_told
from events.services.draft import discard_event
from events.services.withdraw import withdraw_record
from events.views.confirm import ConfirmView
from events.views.speaker import make_trail
from events.wording import say_when

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django_stubs_ext import StrOrPromise

    from events.date_actions import DateAction
    from events.models import Event


class EventConfirmView(ConfirmView):
    """A question about one date."""

    page_name = "member_events:event"

    def get_record(self, pk: int) -> Event:
        return self.get_event(pk)

    def make_trail(self, draft: Event) -> list[tuple[StrOrPromise, str]]:
        return make_trail((draft.title, ""))

    def describe_record(self, draft: Event) -> str:
        return say_when(draft)


class DateActionView(EventConfirmView):
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


class EventWithdrawView(EventConfirmView):
    """Take the text back from the moderators, and open it."""

    question = gettext_lazy("Take it back?")
    consequence = gettext_lazy(
        "The moderators no longer see it. Your text is kept: "
        "change it, then send it again."
    )
    action_label = gettext_lazy("Take back and change")

    def act(self, event: Event, form: Any) -> HttpResponse:
        withdraw_record(event, by=self.member, now=self.now)
        messages.info(
            self.request, _("Taken back: nobody reviews it until you send it again.")
        )
        return redirect("member_events:edit", pk=event.pk)


class EventDiscardView(EventConfirmView):
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
