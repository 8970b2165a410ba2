"""Writing the minutes of a meeting, publishing them, taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from events.forms.differences import Difference, list_differences
from events.forms.member_minutes import MinutesAnswers, add_row, read_initial
from events.models import Event, Minutes
from events.services.decisions import (
    correct_decision,
    erase_decision,
    record_decision,
)
from events.services.minutes import (
    draft_minutes,
    publish_minutes,
    revise_minutes,
    unpublish_minutes,
)
from events.services.numbering import find_next_edition
from events.services.refusals import OutdatedVersion, Refusal
from events.views.speaker import SpeakerView, make_trail

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PUBLISH = "publish"
ADD = "add:"


class KeeperView(SpeakerView):
    """A page for who speaks for a space today, and for editors and moderators."""

    def admits(self) -> bool:
        return self.is_editor or super().admits()

    @cached_property
    def is_editor(self) -> bool:
        return self.member.has_perm("events.publish_minutes")

    def get_meeting(self, pk: int) -> Event:
        """Return a date whose minutes this person keeps.

        Raises:
            Http404: it does not exist, or another space keeps its minutes.
        """
        events = Event.objects.with_row_relations().select_related("minutes")
        if not self.is_editor:
            keeps = Q(host__in=self.spaces) | Q(series__host__in=self.spaces)
            events = events.filter(keeps)
        return get_object_or_404(events, pk=pk)


class MinutesView(KeeperView):
    """One page; “save” keeps a draft, “publish” publishes it at once."""

    event: Event
    minutes: Minutes | None
    draft: Minutes | None

    def load(self, pk: int) -> None:
        self.event = self.get_meeting(pk)
        self.reload()

    def reload(self) -> None:
        found = Minutes.objects.select_related("event__series", "latest_revision__user")
        self.minutes = found.filter(event=self.event).first()
        self.draft = (
            self.minutes.get_latest_revision_as_object() if self.minutes else None
        )

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.load(pk)
        return self.show(self.make_answers())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.load(pk)
        action = request.POST.get("action", "")
        if action.startswith(ADD):
            prefix = action.removeprefix(ADD)
            answers = self.make_answers(add_row(request.POST, prefix))
            return self.show(answers, added=prefix)
        answers = self.make_answers(request.POST)
        if not answers.is_valid():
            return self.show(answers, status=422)
        try:
            with transaction.atomic():
                minutes = self.store(answers)
        except OutdatedVersion:
            return self.show_both(request)
        except Refusal as refusal:
            answers.form.add_error(None, refusal.sentence)
            return self.show(answers, status=409)
        if action == PUBLISH:
            messages.success(request, _("The minutes are published."))
            return redirect(minutes.get_absolute_url())
        messages.success(
            request, _("The draft is saved. Only who keeps these minutes sees it.")
        )
        return redirect("member_events:minutes", pk=pk)

    def make_answers(self, data: Any = None) -> MinutesAnswers:
        return MinutesAnswers(
            data,
            event=self.event,
            minutes=self.minutes,
            draft=self.draft,
            for_publication=data is not None and data.get("action") == PUBLISH,
        )

    def store(self, answers: MinutesAnswers) -> Minutes:
        """Store text, people and decisions; publish when asked."""
        who: dict[str, Any] = {"by": self.member, "now": self.now}
        if self.minutes is None:
            minutes = draft_minutes(self.event, text=answers.text, **who)
        else:
            minutes = revise_minutes(
                self.minutes,
                text=answers.text,
                seen_revision=answers.form.cleaned_data["version"],
                **who,
            )
        for decision in answers.list_erased():
            erase_decision(decision, **who)
        for form in answers.list_corrected():
            if form.decision:
                correct_decision(form.decision, **form.values, **who)
        for key, form in answers.list_new():
            record_decision(minutes, theme_key=key, **form.values, **who)
        if self.request.POST.get("action") == PUBLISH:
            return publish_minutes(minutes, **who)
        return minutes

    def show(
        self, answers: MinutesAnswers, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        title = _("Minutes")
        return render(
            self.request,
            "events/member/minutes_form.html",
            {
                "event": self.event,
                "minutes": self.minutes,
                "answers": answers,
                # base.html writes “Error:” in the title when it has mistakes.
                "form": answers.form,
                "title": title,
                "next_edition": find_next_edition(self.event),
                "is_to_come": self.event.start_at > self.now,
                "trail": [*self.make_trail(), (title, "")],
                **context,
            },
            status=status,
        )

    def make_trail(self) -> list[Any]:
        # The date itself is another space's to whoever keeps the series alone.
        if self.spaces.filter(pk=self.event.host_id).exists():
            url = reverse("member_events:event", args=[self.event.pk])
        else:
            url = self.event.get_absolute_url()
        return make_trail((self.event.title, url))

    def show_both(self, request: HttpRequest) -> HttpResponse:
        """Show my answers, and beside them what was saved meanwhile."""
        self.reload()
        latest = self.minutes.latest_revision if self.minutes else None
        answers = request.POST.copy()
        answers["version"] = str(latest.pk) if latest else ""
        mine = self.make_answers(answers)
        mine.is_valid()
        mine.form.add_error(None, OutdatedVersion.sentence)
        person = latest.user if latest else None
        return self.show(
            mine,
            status=409,
            differences=self.list_differences(mine),
            other_person=person.get_full_name() if person else "",
            other_revision=latest,
        )

    def list_differences(self, mine: MinutesAnswers) -> list[Difference]:
        saved = read_initial(self.draft, self.minutes, self.event)
        found = list_differences(mine.form, saved)
        written = {str(form["key"].value() or ""): form for form in mine.themes.forms}
        for theme in saved["themes"]:
            form = written.get(str(theme["key"]))
            names = ("question", "text", "links")
            if form is None or any(
                form.fields[name].has_changed(theme[name], form[name].data)
                for name in names
            ):
                words = "\n".join(filter(None, (theme["text"], theme["links"])))
                found.append(Difference(theme["question"], words or _("(empty)")))
        return found


class MinutesPreviewView(KeeperView):
    """The latest text on the page of its date, as its readers will see it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.get_meeting(pk)
        minutes = Minutes.objects.filter(event=event).first()
        if minutes is None:
            raise Http404
        draft = minutes.get_latest_revision_as_object()
        response = draft.serve_preview(request, draft.default_preview_mode)
        response["X-Robots-Tag"] = "noindex"
        return response


class MinutesWithdrawView(KeeperView):
    """Ask, then take the minutes back; the texts are kept as a draft."""

    question = gettext_lazy("Withdraw these minutes?")
    consequence = gettext_lazy(
        "Nobody reads them any more, nor their decisions, until you publish them again. "
        "Their texts are kept."
    )
    action_label = gettext_lazy("Withdraw the minutes")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.get_meeting(pk)
        self.find(event)
        context = {
            "record": event,
            "draft": event,
            "page_name": "member_events:minutes",
            "form": None,
            "question": self.question,
            "consequence": self.consequence,
            "action_label": self.action_label,
            "trail": make_trail((self.question, "")),
        }
        return render(request, "events/member/confirm.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            unpublish_minutes(
                self.find(self.get_meeting(pk)), by=self.member, now=self.now
            )
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("The minutes are withdrawn."))
        return redirect("member_events:minutes", pk=pk)

    def find(self, event: Event) -> Minutes:
        return get_object_or_404(Minutes.objects.select_related("event"), event=event)
