"""What a personal calendar holds for its owner, now.

Nothing here is stored or shared between people: rights are read at each request, so
that what one may no longer see leaves the calendar at its next refresh.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace
from functools import cached_property
from typing import Final

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext, override

from cms.record_text import SOURCE_LANGUAGE
from events.domain.calendar_values import CalendarEvent, CalendarFeed, CalendarStatus
from events.domain.ical import assemble_feed, serialise_event
from events.domain.timezones import NETWORK_ZONE, tzdata_version
from events.domain.wall_clock import midnight
from events.enums import PersonalFeed, RegistrationStatus, Visibility
from events.models import Event, FeedToken, Registration
from events.querysets import EventQuerySet
from events.services.calendar import make_calendar_event, start_calendar_state
from network.models import Space, SpaceMember

DAYS_BEFORE: Final = 365
LARGEST: Final = 1000


class PersonalCalendar:
    """The calendar behind ``token`` at the instant ``now``. Costs five queries."""

    def __init__(self, token: FeedToken, now: datetime.datetime) -> None:
        self.token = token
        self.now = now
        self.today = timezone.localdate(now)

    @cached_property
    def entries(self) -> list[CalendarEvent]:
        """The dates in order, as their owner may see them; soonest first."""
        events = self._select().filter(
            end_at__gt=self.now - datetime.timedelta(days=DAYS_BEFORE)
        )
        events = (
            events.order_by("start_at", "uid")
            .with_row_relations()
            .select_related("calendar_state")
            .prefetch_related("tagged_items__tag")
        )
        return [self._describe(event) for event in events[:LARGEST]]

    @property
    def changed_at(self) -> datetime.datetime:
        """At least today's first instant: rights change without a date changing."""
        stamps = [entry.modified_at for entry in self.entries]
        return max([midnight(self.today, NETWORK_ZONE), *stamps])

    @cached_property
    def fragments(self) -> list[bytes]:
        return [serialise_event(one, language=self.language) for one in self.entries]

    @property
    def etag(self) -> str:
        digest = hashlib.sha256(tzdata_version().encode() + self.name.encode())
        for fragment in self.fragments:
            digest.update(fragment)
        return f'"{digest.hexdigest()[:32]}"'

    def render(self) -> bytes:
        """Return the calendar; it does not tell its own address, which is a secret."""
        return assemble_feed(
            CalendarFeed(name=self.name, modified_at=self.changed_at),
            self.fragments,
            {entry.zone for entry in self.entries},
        )

    @property
    def language(self) -> str:
        return SOURCE_LANGUAGE

    @property
    def name(self) -> str:
        with override(self.language):
            if self.token.kind == PersonalFeed.SPACE and self.token.space:
                name = gettext("Dates of %(space)s") % {"space": self.token.space.name}
            elif self.token.kind == PersonalFeed.MEMBERS:
                name = gettext("Meetings of members")
            else:
                name = gettext("My registrations")
        return name.replace(",", " ").replace(";", " ")

    def _select(self) -> EventQuerySet:
        user = self.token.user
        seen = Event.objects.visible_to(user, self.today)
        match self.token.kind:
            case PersonalFeed.SPACE:
                managed = Space.objects.managed_by(user, self.today)
                return seen.filter(host=self.token.space, host__in=managed)
            case PersonalFeed.MEMBERS:
                is_member = SpaceMember.objects.current(self.today).filter(user=user)
                if not is_member.exists():
                    return seen.none()
                return seen.filter(visibility=Visibility.MEMBERS)
        mine = Registration.objects.current().filter(user=user)
        return seen.filter(registrations__in=mine).prefetch_related(
            Prefetch("registrations", queryset=mine, to_attr="own_registrations")
        )

    @cached_property
    def _is_member(self) -> bool:
        user = self.token.user
        current = SpaceMember.objects.current(self.today).filter(user=user)
        return user.is_staff or current.exists()

    def _describe(self, event: Event) -> CalendarEvent:
        state = getattr(event, "calendar_state", None)
        state = state or start_calendar_state(
            event, event.last_published_at or self.now
        )
        value = make_calendar_event(
            event, state, self.language, with_members_link=self._is_member
        )
        value = replace(value, is_private=not event.is_public)
        own = getattr(event, "own_registrations", [])
        waits = any(one.status == RegistrationStatus.WAITLISTED for one in own)
        if waits and value.status == CalendarStatus.CONFIRMED:
            value = replace(value, status=CalendarStatus.TENTATIVE)
        return value
