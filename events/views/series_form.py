"""Writing a series: new, changed, or made from another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from events.forms.member_series import (
    MemberSeriesForm,
    Purpose,
    read_series_initial,
)
from events.plan_wording import explain_rhythm, make_plan
from events.services.series_draft import create_series_draft
from events.views.record_form import RecordFormView
from events.views.series_speaker import make_series_trail

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django_stubs_ext import StrOrPromise

    from events.models import Series

COMPUTE = "compute"


class SeriesFormView(RecordFormView):
    """The form of a series, with the dates that it would have."""

    template_name = "events/member/series_form.html"
    page_name = "member_series:series"

    def make_form(self, answers: QueryDict | None = None) -> MemberSeriesForm:
        return MemberSeriesForm(
            answers,
            initial=read_series_initial(self.draft) if self.draft else None,
            spaces=self.spaces,
            now=self.now,
            draft=self.draft,
            purpose=self.read_purpose(answers),
        )

    def read_purpose(self, answers: QueryDict | None) -> Purpose:
        action = answers.get("action") if answers else None
        return Purpose(action) if action in tuple(Purpose) else Purpose.SAVE

    def read_initial(self, draft: Series) -> dict[str, Any]:
        return read_series_initial(draft)

    def make_trail(self) -> list[tuple[StrOrPromise, str]]:
        return make_series_trail((self.title, ""))

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        """Show the form; beside its rule, once it is right, the dates that it gives."""
        record = form.rule_record if form.is_bound else self.draft
        plan = make_plan(record, now=self.now) if record is not None else None
        address = reverse("member_series:create")
        if self.record:
            address = reverse("member_series:edit", args=[self.record.pk])
        context |= {
            "series": self.record,
            "plan": plan,
            "explanation": explain_rhythm(record) if record is not None else "",
            "address": address,
        }
        return super().show(form, status=status, **context)

    def receive(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("action") != COMPUTE:
            return super().receive(request)
        form = self.make_form(request.POST)
        return self.show(form, status=200 if form.is_valid() else 422)

    def describe_publication(self, published: Series) -> str:
        return _("The series is published, and its dates with it.")


class SeriesCreateView(SeriesFormView):
    """A new series."""

    def get(self, request: HttpRequest) -> HttpResponse:
        self.title = _("Publish a series")
        return self.show(self.make_form())

    def post(self, request: HttpRequest) -> HttpResponse:
        self.title = _("Publish a series")
        return self.receive(request)

    def store(self, form: MemberSeriesForm) -> Series:
        return create_series_draft(
            values=form.values,
            by=self.member,
            now=self.now,
            key=form.cleaned_data["form_key"],
        )


class SeriesDuplicateView(SeriesFormView):
    """The answers of another series, to be sent as a new one; nothing is stored yet."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.title = _("Publish a series")
        source = self.get_series(pk).get_latest_revision_as_object()
        form = self.make_form()
        form.initial = read_series_initial(source) | {
            "version": None, "service_edit": 0, "first_day": None, "left_out": [],
            "until": None,
        }  # fmt: skip
        return self.show(form, is_copy=True)
