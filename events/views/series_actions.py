"""What a member does to a series without writing it: take back, end, add, discard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from events.domain.timezones import load
from events.forms.series_change import ExtraDateForm, SeriesEndForm
from events.services.extra_date import add_extra_date
from events.services.follow_series import end_series
from events.services.refusals import Refusal
from events.services.rehearse import Consequences, rehearse
from events.services.series_draft import discard_series
from events.services.withdraw import withdraw_record
from events.views.confirm import ConfirmView
from events.views.series_speaker import make_series_trail
from events.views.speaker import SpeakerView
from events.wording import say_day

if TYPE_CHECKING:
    import datetime

    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from events.models import Series


class SeriesConfirmView(ConfirmView):
    """A question about one series."""

    page_name = "member_series:series"

    def get_record(self, pk: int) -> Series:
        return self.get_series(pk)

    def make_trail(self, draft: Series) -> list[tuple[StrOrPromise, str]]:
        return make_series_trail((draft.title, ""))

    def describe_record(self, draft: Series) -> str:
        return str(capfirst(draft.rhythm_sentence))


class SeriesWithdrawView(SeriesConfirmView):
    """Take the text back from the moderators, and open it."""

    question = gettext_lazy("Take it back?")
    consequence = gettext_lazy(
        "The moderators no longer see it. Your text is kept: "
        "change it, then send it again."
    )
    action_label = gettext_lazy("Take back and change")

    def act(self, series: Series, form: Any) -> HttpResponse:
        withdraw_record(series, by=self.member, now=self.now)
        messages.info(
            self.request, _("Taken back: nobody reviews it until you send it again.")
        )
        return redirect("member_series:edit", pk=series.pk)


class SeriesDiscardView(SeriesConfirmView):
    """Erase a draft that was never published."""

    question = gettext_lazy("Erase this draft?")
    consequence = gettext_lazy(
        "Nobody but the members of your space has seen it. It cannot be brought back."
    )
    action_label = gettext_lazy("Erase the draft")

    def act(self, series: Series, form: Any) -> HttpResponse:
        discard_series(series, by=self.member, now=self.now)
        messages.success(self.request, _("The draft is erased."))
        return redirect("member_series:list")


class SeriesEndView(SpeakerView):
    """End a published series: the last day, what follows from it, then the end."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        series = self.get_series(pk)
        if not series.live:
            return redirect("member_series:series", pk=pk)
        today = self.find_today(series)
        form = SeriesEndForm(initial={"last_day": today}, today=today)
        return self.ask(series, form)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        series = self.get_series(pk)
        form = SeriesEndForm(request.POST, today=self.find_today(series))
        if not form.is_valid():
            return self.ask(series, form, status=422)

        def end() -> None:
            end_series(series, **form.cleaned_data, by=self.member, now=self.now)

        try:
            if request.POST.get("confirmed") != "1":
                return self.ask(series, form, rehearse(series, end, now=self.now))
            end()
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(
                request,
                _("The series ends on %(day)s.")
                % {"day": say_day(form.cleaned_data["last_day"])},
            )
        return redirect("member_series:series", pk=pk)

    def ask(
        self,
        series: Series,
        form: SeriesEndForm,
        foreseen: Consequences | None = None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "series": series,
            "form": form,
            "foreseen": foreseen,
            "last_day": form.cleaned_data["last_day"] if foreseen else None,
            "trail": make_series_trail((series.title, "")),
        }
        template = "events/member/series_end.html"
        return render(self.request, template, context, status=status)

    def find_today(self, series: Series) -> datetime.date:
        return self.now.astimezone(load(series.zone)).date()


class ExtraDateView(SpeakerView):
    """Add one date that the rule does not give."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        series = self.get_series(pk)
        if not series.live:
            return redirect("member_series:series", pk=pk)
        names = ("start_time", "end_time", "all_day")
        initial = {name: getattr(series, name) for name in names}
        return self.ask(
            series, ExtraDateForm(initial=initial, series=series, now=self.now)
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        series = self.get_series(pk)
        form = ExtraDateForm(request.POST, series=series, now=self.now)
        if not form.is_valid():
            return self.ask(series, form, status=422)
        try:
            event = add_extra_date(series, when=form.when, by=self.member, now=self.now)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            return self.ask(series, form, status=409)
        messages.success(
            request,
            _("%(day)s is added: it is in the agenda.")
            % {"day": capfirst(say_day(event.start_date))},
        )
        return redirect("member_series:series", pk=pk)

    def ask(self, series: Series, form: Any, *, status: int = 200) -> HttpResponse:
        context = {
            "series": series,
            "form": form,
            "trail": make_series_trail((series.title, "")),
        }
        template = "events/member/extra_date.html"
        return render(self.request, template, context, status=status)
