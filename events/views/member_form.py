"""Writing a date: new, changed, or made from another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from events.forms.member_event import MemberEventForm, read_initial
from events.publication import Publication
from events.services.draft import create_draft, revise_draft
from events.services.withdraw import withdraw_record
from events.views.record_form import PUBLISH, WITHDRAW, RecordFormView
from events.views.speaker import make_trail

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django_stubs_ext import StrOrPromise

    from events.models import Event


class EventFormView(RecordFormView):
    """The form of one date."""

    template_name = "events/member/event_form.html"
    page_name = "member_events:event"

    def make_form(self, answers: QueryDict | None = None) -> MemberEventForm:
        return MemberEventForm(
            answers,
            initial=read_initial(self.draft) if self.draft else None,
            spaces=self.spaces,
            now=self.now,
            draft=self.draft,
            for_publication=answers is not None and answers.get("action") == PUBLISH,
        )

    def read_initial(self, draft: Event) -> dict[str, Any]:
        return read_initial(draft)

    def make_trail(self) -> list[tuple[StrOrPromise, str]]:
        return make_trail((self.title, ""))

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        context |= {"event": self.record, **self.describe_series(self.record)}
        return super().show(form, status=status, **context)

    def describe_publication(self, published: Event) -> str:
        if published.is_public:
            return _("It is published: everybody can see it in the agenda.")
        return _("It is published.")


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
        self.record = self.get_event(pk)
        self.draft = self.record.get_latest_revision_as_object()
        self.title = _("Change the date")
        return self.record

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.load(pk)
        if not Publication.of(event).is_editable:
            return redirect("member_events:event", pk=pk)
        return self.show(self.make_form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self.load(pk)
        if request.POST.get("action") == WITHDRAW:
            withdraw_record(event, by=self.member, now=self.now)
            self.load(pk)
            messages.info(
                request,
                _("Taken back. Your answers are below: save them, or send them."),
            )
            return self.show(self.make_form(request.POST))
        return self.receive(request)

    def store(self, form: MemberEventForm) -> Event:
        return revise_draft(
            self.record,
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
