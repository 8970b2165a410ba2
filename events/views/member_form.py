"""Writing a date: new, changed, or made from another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext

from events.forms.differences import list_differences
from events.forms.member_event import MemberEventForm, read_initial
from events.publication import Publication
from events.services.draft import create_draft, revise_draft
from events.services.publish import publish_event
from events.services.refusals import (
    ChangedByService,
    InModeration,
    NotTrusted,
    OutdatedVersion,
    Refusal,
    SentAlready,
)
from events.services.submit import submit_event
from events.services.withdraw import withdraw_event
from events.views.speaker import SpeakerView, make_trail

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django_stubs_ext import StrOrPromise
    from wagtail.models import Revision

    from events.models import Event

SAVE = "save"
PUBLISH = "publish"
WITHDRAW = "withdraw"


class EventFormView(SpeakerView):
    """One page; “save” keeps a draft, “publish” publishes it or sends it for review."""

    title: StrOrPromise = ""
    event: Event | None = None
    draft: Event | None = None

    def make_form(self, answers: QueryDict | None = None) -> MemberEventForm:
        return MemberEventForm(
            answers,
            initial=read_initial(self.draft) if self.draft else None,
            spaces=self.spaces,
            now=self.now,
            draft=self.draft,
            for_publication=answers is not None and answers.get("action") == PUBLISH,
        )

    def show(
        self, form: MemberEventForm, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        trusts = {space.is_trusted for space in self.spaces}
        return render(
            self.request,
            "events/member/event_form.html",
            {
                "form": form,
                "event": self.event,
                "publication": Publication.of(self.event) if self.event else None,
                "reviews_all": trusts == {False},
                "reviews_some": len(trusts) > 1,
                "moderation_days": settings.MODERATION_DAYS,
                "trail": make_trail((self.title, "")),
                "title": self.title,
                **context,
            },
            status=status,
        )

    def receive(self, request: HttpRequest) -> HttpResponse:
        """Store what was sent, or show it again with what to correct."""
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        is_sent = request.POST.get("action") == PUBLISH
        try:
            with transaction.atomic():
                event = self.store(form)
                published = self.send(event) if is_sent else None
        except OutdatedVersion as refusal:
            return self.show_both(request, refusal.latest, refusal)
        except SentAlready as refusal:
            self.event = refusal.event
            if not refusal.says_the_same:
                return self.show_both(request, self.event.latest_revision, refusal)
            messages.info(request, _("You sent this form twice: here is its date."))
            return redirect("member_events:event", pk=self.event.pk)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            is_locked = isinstance(refusal, InModeration)
            return self.show(form, status=409, is_locked=is_locked)
        messages.success(request, self.describe(is_sent, published))
        return redirect("member_events:event", pk=event.pk)

    def store(self, form: MemberEventForm) -> Event:
        raise NotImplementedError

    def send(self, event: Event) -> Event | None:
        """Publish for a trusted space and return the row; else send for review."""
        try:
            with transaction.atomic():
                return publish_event(event, by=self.member, now=self.now)
        except NotTrusted:
            submit_event(event, by=self.member, now=self.now)
            return None

    def describe(self, is_sent: bool, published: Event | None) -> str:
        if published and not published.is_public:
            return _("It is published.")
        if published:
            return _("It is published: everybody can see it in the agenda.")
        if is_sent:
            days = settings.MODERATION_DAYS
            return ngettext(
                "It is being reviewed: an answer comes within %(days)d working day.",
                "It is being reviewed: an answer comes within %(days)d working days.",
                days,
            ) % {"days": days}
        return _("The draft is saved. Only the members of your space see it.")

    def show_both(
        self, request: HttpRequest, latest: Revision | None, refusal: Refusal
    ) -> HttpResponse:
        """Show my answers, and beside them those of ``latest`` as it stands now."""
        saved = read_initial(latest.as_object()) if latest else {}
        answers = request.POST.copy()
        answers["version"] = str(latest.pk) if latest else ""
        answers["service_edit"] = str(saved.get("service_edit", ""))
        form = self.make_form(answers)
        form.add_error(None, refusal.sentence)
        # A move has no author in the revision that it changed.
        writer = None if isinstance(refusal, ChangedByService) else latest
        person = writer.user if writer else None
        return self.show(
            form,
            status=409,
            differences=list_differences(form, saved),
            other_person=person.get_full_name() if person else "",
            other_revision=writer,
        )


class EventCreateView(EventFormView):
    """A new date."""

    def get(self, request: HttpRequest) -> HttpResponse:
        self.title = _("Publish a date")
        return self.show(self.make_form())

    def post(self, request: HttpRequest) -> HttpResponse:
        self.title = _("Publish a date")
        return self.receive(request)

    def store(self, form: MemberEventForm) -> Event:
        return create_draft(
            values=form.values,
            by=self.member,
            now=self.now,
            key=form.cleaned_data["form_key"],
        )


class EventEditView(EventFormView):
    """A date that exists; what the public reads stays until this is published."""

    def load(self, pk: int) -> Event:
        self.event = self.get_event(pk)
        self.draft = self.event.get_latest_revision_as_object()
        self.title = _("Change the date")
        return self.event

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.load(pk)
        if not Publication.of(event).is_editable:
            return redirect("member_events:event", pk=pk)
        return self.show(self.make_form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.load(pk)
        if request.POST.get("action") == WITHDRAW:
            withdraw_event(event, by=self.member, now=self.now)
            self.load(pk)
            messages.info(
                request,
                _("Taken back. Your answers are below: save them, or send them."),
            )
            return self.show(self.make_form(request.POST))
        return self.receive(request)

    def store(self, form: MemberEventForm) -> Event:
        assert self.event is not None  # noqa: S101 (loaded before)
        return revise_draft(
            self.event,
            values=form.values,
            by=self.member,
            now=self.now,
            seen_revision=form.cleaned_data["version"],
            seen_service_edit=form.cleaned_data["service_edit"] or 0,
        )


class EventDuplicateView(EventFormView):
    """The answers of another date, to be sent as a new one; nothing is stored yet."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.title = _("Publish a date")
        source = self.get_event(pk).get_latest_revision_as_object()
        initial = {**read_initial(source), "version": None, "start_date": None}
        del initial["service_edit"]
        form = self.make_form()
        form.initial = {**initial, "end_date": None}
        return self.show(form, is_copy=True)
