"""The calendars that a space keeps elsewhere: given, read, paused, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.feed_report import FeedReport
from events.forms.feeds import FeedForm, FeedRemovalForm
from events.models import ExternalFeed
from events.services.mirror.feeds import (
    add_feed,
    ask_reading,
    pause_feed,
    remove_feed,
)
from events.services.mirror.waiting import count_waiting
from events.services.refusals import Refusal
from events.views.speaker import SpeakerView, make_trail

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class FeedsView(SpeakerView):
    """What every page of these calendars begins with."""

    def get_feed(self, pk: int) -> ExternalFeed:
        """Return the calendar.

        Raises:
            Http404: it does not exist, or belongs to none of my spaces.
        """
        feeds = ExternalFeed.objects.filter(space__in=self.spaces)
        return get_object_or_404(feeds.select_related("space", "type"), pk=pk)

    def step(self) -> tuple[str, str]:
        return _("Calendars kept elsewhere"), reverse("member_events:feeds")


class FeedListView(FeedsView):
    """Every calendar of my spaces, and what its last reading found."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = ExternalFeed.objects.filter(space__in=self.spaces)
        feeds = list(rows.select_related("space", "type"))
        waiting = count_waiting(feeds, now=self.now)
        reports = [FeedReport(feed, waiting[feed.pk]) for feed in feeds]
        return render(
            request,
            "events/member/feed_list.html",
            {
                "reports": reports,
                "has_several_spaces": len(self.spaces) > 1,
                "trail": make_trail((self.step()[0], "")),
            },
        )


class FeedCreateView(FeedsView):
    """The address of one more calendar."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(FeedForm(spaces=self.spaces))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FeedForm(request.POST, spaces=self.spaces)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            add_feed(
                form.cleaned_data["space"],
                url=form.cleaned_data["url"],
                event_type=form.cleaned_data["type"],
                by=self.member,
                now=self.now,
            )
        except Refusal as refusal:
            form.add_error("url", refusal.sentence)
            return self.show(form, status=422)
        messages.success(
            request, _("The address is stored. Its first reading is under way.")
        )
        return redirect("member_events:feeds")

    def show(self, form: FeedForm, *, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "trail": make_trail(self.step(), (_("Add a calendar"), "")),
            "is_trusted": all(space.is_trusted for space in self.spaces),
        }
        template = "events/member/feed_form.html"
        return render(self.request, template, context, status=status)


class FeedReadView(FeedsView):
    """Ask for a reading now."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            ask_reading(self.get_feed(pk), by=self.member, now=self.now)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("The reading is under way."))
        return redirect("member_events:feeds")


class FeedPauseView(FeedsView):
    """Read it no more; its dates stay."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        pause_feed(self.get_feed(pk), by=self.member, now=self.now)
        messages.success(
            request, _("It is no longer read. “Read now” takes it up again.")
        )
        return redirect("member_events:feeds")


class FeedRemoveView(FeedsView):
    """Forget it, having said what becomes of its dates."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.ask(self.get_feed(pk), FeedRemovalForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        feed = self.get_feed(pk)
        form = FeedRemovalForm(request.POST)
        if not form.is_valid():
            return self.ask(feed, form, status=422)
        keeps = form.cleaned_data["dates"] == "keep"
        remove_feed(feed, keeps_dates=keeps, by=self.member, now=self.now)
        messages.success(request, _("The calendar is removed."))
        return redirect("member_events:feeds")

    def ask(
        self, feed: ExternalFeed, form: FeedRemovalForm, *, status: int = 200
    ) -> HttpResponse:
        context = {
            "feed": feed,
            "form": form,
            "trail": make_trail(self.step(), (_("Remove"), "")),
        }
        template = "events/member/feed_remove.html"
        return render(self.request, template, context, status=status)
