"""A page that says what will happen; its button does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from events.forms.answers import correct_answers
from events.services.refusals import Refusal
from events.views.speaker import SpeakerView

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django_stubs_ext import StrOrPromise


class ConfirmView(SpeakerView):
    """Ask, then act; a refusal sends back to the record with its reason."""

    question: StrOrPromise
    consequence: StrOrPromise
    action_label: StrOrPromise
    fields_template = ""
    # The name of the address of the record's own page.
    page_name: str

    def get_record(self, pk: int) -> Any:
        raise NotImplementedError

    def make_trail(self, draft: Any) -> list[tuple[StrOrPromise, str]]:
        raise NotImplementedError

    def describe_record(self, draft: Any) -> str:
        """Return what stands below its title: when it is."""
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        record = self.get_record(pk)
        return self.ask(record, self.make_form(record))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        record = self.get_record(pk)
        form = self.make_form(record, request.POST)
        if form is not None and not form.is_valid():
            return self.ask(record, form, status=422)
        try:
            return self.act(record, form)
        except (Refusal, ValidationError) as error:
            if form is not None and correct_answers(form, error):
                return self.ask(record, form, status=422)
            if isinstance(error, ValidationError):
                raise
            messages.error(request, error.sentence)
            return redirect(self.page_name, pk=pk)

    def make_form(self, record: Any, answers: QueryDict | None = None) -> Form | None:
        return None

    def say_told(self, record: Any) -> str:
        """Who will be told, in a sentence; "" when nobody is."""
        return ""

    def ask(self, record: Any, form: Form | None, *, status: int = 200) -> HttpResponse:
        draft = record.get_latest_revision_as_object()
        context = {
            "record": record,
            "draft": draft,
            "when": self.describe_record(draft),
            "page_name": self.page_name,
            "form": form,
            "question": self.question,
            "consequence": self.consequence,
            "told": self.say_told(record),
            "fields_template": self.fields_template,
            "action_label": self.action_label,
            "trail": self.make_trail(draft),
        }
        template = "events/member/confirm.html"
        return render(self.request, template, context, status=status)

    def act(self, record: Any, form: Any) -> HttpResponse:
        raise NotImplementedError
