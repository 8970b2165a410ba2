"""Changing a series: its draft, or what is live, once its consequences were read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from events.forms.series_change import Scope, ScopeForm
from events.publication import Publication
from events.services.departures import read_rule_day
from events.services.refusals import OutdatedVersion
from events.services.rehearse import Consequences, rehearse_publication
from events.services.series_draft import list_changed_values, revise_series_draft
from events.services.split_series import split_series
from events.services.withdraw import withdraw_record
from events.views.record_form import PUBLISH, WITHDRAW
from events.views.series_form import SeriesFormView

if TYPE_CHECKING:
    import datetime

    from django.http import HttpRequest, HttpResponse, QueryDict

    from events.forms.member_series import MemberSeriesForm
    from events.models import Series

CONFIRMED = "confirmed"
BACK = "back"


class SeriesEditView(SeriesFormView):
    """A series that exists; a live one asks which dates a change is for."""

    def load(self, pk: int) -> Series:
        self.record = self.get_series(pk)
        self.draft = self.record.get_latest_revision_as_object()
        self.title = _("Change the series")
        return self.record

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        series = self.load(pk)
        if not Publication.of(series).is_editable:
            return redirect("member_series:series", pk=pk)
        return self.show(self.make_form(), scope_form=self.make_scope_form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        series = self.load(pk)
        action = request.POST.get("action")
        if action == WITHDRAW:
            withdraw_record(series, by=self.member, now=self.now)
            self.load(pk)
            messages.info(
                request,
                _("Taken back. Your answers are below: save them, or send them."),
            )
        if action in (WITHDRAW, BACK):
            return self.show(self.make_form(request.POST))
        return self.receive(request)

    def show(self, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
        if self.record.live and "scope_form" not in context:
            context["scope_form"] = self.make_scope_form(self.request.POST)
        return super().show(form, status=status, **context)

    def make_scope_form(self, answers: QueryDict | None = None) -> ScopeForm | None:
        """Return the question of a live series; None while nobody sees it."""
        if not self.record.live:
            return None
        day = parse_date_or_none(self.request.GET.get("depuis", ""))
        initial = {"scope": Scope.FOLLOWING, "change_day": day} if day else None
        days = list_coming_days(self.record, self.now)
        return ScopeForm(answers, initial=initial, days=days)

    def keep(self, form: MemberSeriesForm) -> HttpResponse:
        """Store; of a live series, publish once the person read what will happen."""
        if not self.record.live or self.request.POST.get("action") != PUBLISH:
            return super().keep(form)
        scope_form = self.make_scope_form(self.request.POST)
        assert scope_form is not None  # noqa: S101 (the series is live)
        if not scope_form.is_valid():
            return self.show(form, status=422, scope_form=scope_form)
        first_day = scope_form.first_day
        if first_day and not self.list_changes(form):
            scope_form.add_error(
                "scope", _("Nothing differs from now: change an answer above first.")
            )
            return self.show(form, status=422, scope_form=scope_form)
        if self.request.POST.get(CONFIRMED) != "1":
            foreseen = rehearse_publication(
                self.record,
                lambda: self.write(form, first_day),
                by=self.member,
                now=self.now,
            )
            return self.ask(form, foreseen, first_day)
        with transaction.atomic():
            series = self.write(form, first_day)
            published = series if first_day and series.live else self.send(series)
        messages.success(self.request, self.describe(True, published))
        return redirect(self.page_name, pk=series.pk)

    def write(self, form: MemberSeriesForm, first_day: datetime.date | None) -> Series:
        """Store the answers: as the series' draft, or as the one that goes on."""
        if first_day is None:
            return self.store(form)
        if self.record.latest_revision_id != form.cleaned_data["version"]:
            raise OutdatedVersion(self.record.latest_revision)
        return split_series(
            self.record,
            first_day=first_day,
            values=self.list_changes(form),
            by=self.member,
            now=self.now,
        )

    def list_changes(self, form: MemberSeriesForm) -> dict[str, Any]:
        """Return the answers that the public does not read yet."""
        values = list_changed_values(self.record, form.values)
        # The day from which the change is for takes its place.
        values.pop("first_day", None)
        return values

    def store(self, form: MemberSeriesForm) -> Series:
        return revise_series_draft(
            self.record,
            values=form.values,
            by=self.member,
            now=self.now,
            seen_revision=form.cleaned_data["version"],
            seen_service_edit=form.cleaned_data["service_edit"] or 0,
        )

    def ask(
        self,
        form: MemberSeriesForm,
        foreseen: Consequences,
        first_day: datetime.date | None,
    ) -> HttpResponse:
        """Show what will happen; nothing is stored yet."""
        context = {
            "series": self.record,
            "foreseen": foreseen,
            "first_day": first_day,
            "sentence": form.rule_record.rule_sentence if form.rule_record else "",
            "answers": list_answers(self.request.POST),
            "is_reviewed": not form.values["host"].is_trusted,
            "trail": self.make_trail(),
        }
        return render(self.request, "events/member/series_consequences.html", context)


def list_coming_days(series: Series, now: datetime.datetime) -> list[datetime.date]:
    """Return the days of the rule from which on a change may begin; one query.

    The first date of all is not among them: that would be the whole series.
    """
    keys = series.events.upcoming(now).values_list("recurrence_key", flat=True)
    days = sorted(day for key in keys if (day := read_rule_day(key)))
    has_past = series.events.past(now).exists()
    return days if has_past else days[1:]


def list_answers(sent: QueryDict) -> list[tuple[str, str]]:
    """Return each answer of a form, to be sent again."""
    left_out = ("csrfmiddlewaretoken", "action", CONFIRMED)
    return [
        (name, value)
        for name, values in sent.lists()
        if name not in left_out
        for value in values
    ]


def parse_date_or_none(text: str) -> datetime.date | None:
    """Read “2027-01-14”; None for what is no day."""
    try:
        return parse_date(text)
    except ValueError:
        return None
