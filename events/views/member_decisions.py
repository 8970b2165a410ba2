"""Following decisions up: what my spaces have to do, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.decision_rows import make_decision_rows, read_stories
from events.follow_up import read_follow_up
from events.forms.decision_follow_up import (
    EntrustForm,
    NextEventForm,
    StateForm,
    TaskForm,
)
from events.models import Decision, Event, Task
from events.services.decisions import (
    change_decision,
    entrust_decision,
    link_next_event,
)
from events.services.minutes_keeping import follows_decision, keeps_minutes
from events.services.refusals import Refusal
from events.services.tasks import add_task, finish_task, reopen_task
from events.views.member_form import EventCreateView
from events.views.minutes import KeeperView
from events.views.speaker import SpeakerView

if TYPE_CHECKING:
    import datetime

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from events.querysets import EventQuerySet


class FollowUpView(SpeakerView):
    """Everything that my spaces have to do."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "follow_up": read_follow_up(self.member, self.spaces, today=self.today),
            "trail": make_decision_trail(),
        }
        return render(request, "events/member/follow_up.html", context)


class DecisionView(KeeperView):
    """One decision: each form of the page does one thing."""

    decision: Decision

    def load(self, number: int) -> None:
        """Read the decision.

        Raises:
            Http404: it does not exist, or is in other hands.
        """
        self.decision = get_followed(self.member, number, self.now)
        self.keeps = keeps_minutes(
            self.member, self.decision.minutes.event, now=self.now
        )

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        self.load(number)
        return self.show()

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        self.load(number)
        action = request.POST.get("action", "")
        forms, acts = self.make_forms(), self.acts
        if action not in acts or action not in forms:
            return self.show(status=422)
        forms = self.make_forms(sent=action)
        form = forms[action]
        if not form.is_valid():
            return self.show(forms, failed=form, status=422)
        try:
            with transaction.atomic():
                acts[action](form.cleaned_data)
        except Refusal as refusal:
            self.decision.refresh_from_db()
            form.add_error(None, refusal.sentence)
            return self.show(forms, failed=form, status=409)
        messages.success(request, _("It is noted."))
        return redirect("member_events:decision", number=number)

    @property
    def acts(self) -> dict[str, Callable[[dict[str, Any]], Any]]:
        who: dict[str, Any] = {"by": self.member, "now": self.now}
        return {
            "state": lambda sent: change_decision(
                self.decision,
                state=sent["state"],
                note=sent["note"],
                seen_state=sent["seen_state"] or None,
                **who,
            ),
            "task": lambda sent: add_task(self.decision, **sent, **who),
            "entrust": lambda sent: entrust_decision(self.decision, **sent, **who),
            "event": lambda sent: link_next_event(self.decision, **sent, **who),
        }

    def make_forms(self, sent: str = "") -> dict[str, Form]:
        def data(name: str) -> Any:
            return self.request.POST if name == sent else None

        one = self.decision
        forms: dict[str, Form] = {
            "state": StateForm(
                data("state"),
                prefix="state",
                initial={"state": one.state, "seen_state": one.state},
            ),
            "task": TaskForm(
                data("task"), prefix="task", initial={"space": one.responsible_space_id}
            ),
            "event": NextEventForm(
                data("event"),
                prefix="event",
                dates=self.list_dates(),
                initial={"event": one.next_event_id},
            ),
        }
        if self.keeps:
            forms["entrust"] = EntrustForm(
                data("entrust"),
                prefix="entrust",
                decision=one,
                initial={"space": one.responsible_space_id, "due_on": one.due_on},
            )
        return forms

    def list_dates(self) -> EventQuerySet:
        """The dates to come that the person may point to, and the present one."""
        visible = Event.objects.visible_to(self.member, self.today)
        seen = Q(pk__in=visible.values("pk")) | Q(host__in=self.spaces)
        coming = Q(end_at__gt=self.now) & seen
        return Event.objects.filter(
            coming | Q(pk=self.decision.next_event_id)
        ).order_by("start_at")

    def show(
        self,
        forms: dict[str, Form] | None = None,
        *,
        failed: Form | None = None,
        status: int = 200,
    ) -> HttpResponse:
        found = Decision.objects.filter(pk=self.decision.pk)
        stories = read_stories(found, self.member, self.today)
        (row,) = make_decision_rows(stories, today=self.today, for_member=True)
        context = {
            "decision": self.decision,
            "row": row,
            "forms": forms or self.make_forms(),
            "form": failed,
            "is_published": self.decision.minutes.live,
            "may_create": self.spaces.exists(),
            "trail": make_decision_trail((str(self.decision), "")),
        }
        return render(
            self.request, "events/member/decision.html", context, status=status
        )


class TaskView(KeeperView):
    """A button: done, or still to do."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        task = get_object_or_404(self.list_tasks(), pk=pk)
        act = reopen_task if request.POST.get("action") == "reopen" else finish_task
        try:
            act(task, by=self.member, now=self.now)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("It is noted."))
        if task.decision_id and request.POST.get("from") == "decision":
            return redirect("member_events:decision", number=task.decision.number)
        return redirect(
            "member_events:follow_up" if self.spaces else "member_dashboard"
        )

    def list_tasks(self) -> Any:
        tasks = Task.objects.select_related("decision__minutes__event")
        if self.is_editor:
            return tasks
        mine = self.spaces
        return tasks.filter(
            Q(space__in=mine)
            | Q(decision__responsible_space__in=mine)
            | Q(decision__minutes__event__host__in=mine)
            | Q(decision__minutes__event__series__host__in=mine)
        ).distinct()


class EventFromDecisionView(EventCreateView):
    """A new date, its form filled in from the decision it comes from."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:  # type: ignore[override]
        self.decision = self.find(number)
        self.title = _("Publish a date")
        form = self.make_form()
        form.initial = {**form.initial, **self.suggest_answers()}
        return self.show(form)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:  # type: ignore[override]
        self.decision = self.find(number)
        return super().post(request)

    def store(self, form: Any) -> Event:
        event = super().store(form)
        link_next_event(self.decision, event=event, by=self.member, now=self.now)
        return event

    def find(self, number: int) -> Decision:
        return get_followed(self.member, number, self.now)

    def suggest_answers(self) -> dict[str, Any]:
        decision, meeting = self.decision, self.decision.minutes.event
        mine = {space.pk for space in self.spaces}
        hosts = [decision.responsible_space_id, meeting.host_id]
        return {
            "host": next((pk for pk in hosts if pk in mine), None),
            "type": meeting.type_id,
            "title": decision.text[:120],
            "description": _("Decided at %(meeting)s: %(text)s")
            % {"meeting": meeting.title, "text": decision.text},
        }


def get_followed(by: Any, number: int, now: datetime.datetime) -> Decision:
    """Return a decision that ``by`` follows.

    Raises:
        Http404: it does not exist, or is in other hands.
    """
    decisions = Decision.objects.with_meeting().select_related("next_event", "topic")
    decision = get_object_or_404(decisions, number=number)
    if not follows_decision(by, decision, now=now):
        raise Http404
    return decision


def make_decision_trail(*steps: tuple[str, str]) -> list[tuple[Any, str]]:
    """Return the breadcrumb of a page below the member's decisions."""
    return [
        (_("Member area"), reverse("member_dashboard")),
        (_("Your tasks and decisions"), reverse("member_events:follow_up")),
        *steps,
    ]
