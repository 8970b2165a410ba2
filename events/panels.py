"""Dates on the pages that gather several rooms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from events.domain.timezones import NETWORK_ZONE, load
from events.domain.wall_clock import midnight
from events.follow_up import read_follow_up
from events.models import Event, Registration, Series
from events.publication import Publication, Stage
from events.rows import make_rows
from network.models import Space

HOME_SIZE: Final = 6
SPACE_SIZE: Final = 4
MEMBER_SIZE: Final = 6


class HomeDatesPanel:
    """The dates of this week and the next; without any, the next one."""

    order = 10

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel. Costs two queries."""
        now = timezone.now()
        today = now.astimezone(load(NETWORK_ZONE)).date()
        # Until the Sunday of next week.
        end = today + timedelta(days=14 - today.weekday())
        upcoming = Event.objects.published().upcoming(now)
        near = upcoming.filter(start_at__lt=midnight(end, NETWORK_ZONE))
        shown = list(near.with_row_relations()[:HOME_SIZE])
        following = [] if shown else list(upcoming.with_row_relations()[:1])
        context = {
            "rows": make_rows(shown or following, now=now),
            "is_far": bool(following),
        }
        return render_to_string("events/panels/home.html", context, request)


class SpaceDatesPanel:
    """The next dates that take place in a space or that it organises."""

    order = 10

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel of ``subject[0]``, a space; "" without dates. One query."""
        (space,) = subject
        now = timezone.now()
        here = Q(venue=space, venue_name="") | Q(host=space)
        events = Event.objects.published().upcoming(now).filter(here)
        rows = make_rows(events.with_row_relations()[:SPACE_SIZE], now=now)
        if not rows:
            return ""
        context = {"rows": rows, "space": space}
        return render_to_string("events/panels/space.html", context, request)


class MemberDates:
    """The next dates of my spaces, those that wait for me first."""

    order = 10

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel, empty for who speaks for no space. Costs six queries."""
        now = timezone.now()
        spaces = Space.objects.managed_by(request.user, timezone.localdate(now))
        if not spaces:
            return ""
        events = (
            Event.objects.filter(host__in=spaces)
            .upcoming(now)
            .with_publication()
            .with_row_relations()
        )
        dates = [(event, Publication.of(event)) for event in events]
        sent_back = [pair for pair in dates if pair[1].stage == Stage.TO_REVISE]
        kept = Series.objects.filter(host__in=spaces).with_publication()
        series = [(one, Publication.of(one)) for one in kept]
        context = {
            "dates": dates[:MEMBER_SIZE],
            "sent_back": sent_back,
            "series_sent_back": [p for p in series if p[1].stage == Stage.TO_REVISE],
        }
        return render_to_string("events/member/panel.html", context, request)


class MyRegistrations:
    """The next dates that I come to."""

    order = 30

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel; "" for who is registered nowhere. Costs one query."""
        mine = Registration.objects.current().filter(user=request.user.pk)
        shown = mine.upcoming(timezone.now()).select_related("event__venue")
        registrations = list(shown[:MEMBER_SIZE])
        if not registrations:
            return ""
        context = {"registrations": registrations}
        return render_to_string(
            "events/member/registrations_panel.html", context, request
        )


class MemberFollowUp:
    """The tasks of my spaces and the decisions in their hands, what is due first."""

    order = 5

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel, empty when nothing is to do. Seven queries at most."""
        today = timezone.localdate()
        spaces = Space.objects.managed_by(request.user, today)
        if not request.user.is_authenticated or not spaces:
            return ""
        follow_up = read_follow_up(request.user, spaces, today=today, limit=MEMBER_SIZE)
        if not follow_up:
            return ""
        context = {"follow_up": follow_up}
        return render_to_string("events/member/follow_up_panel.html", context, request)


class MyCalendars:
    """How to have one's own dates in one's own calendar."""

    order = 40

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel; no query."""
        return render_to_string("events/member/calendars_panel.html", {}, request)
