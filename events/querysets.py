"""How dates and series are read. Every method takes the moment it is asked about."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce

from cms.publication import ModeratedQuerySet
from events.enums import (
    CALLED_OFF,
    DecisionState,
    RegistrationMode,
    RegistrationStatus,
    Visibility,
)
from network.models import SpaceMember

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from cms.models import User


class EventQuerySet(ModeratedQuerySet):
    """Dates, in the words of the agenda."""

    def published(self) -> EventQuerySet:
        """Live and open to everybody: what the public agenda and feeds may show."""
        return self.filter(live=True, visibility=Visibility.PUBLIC)

    def visible_to(
        self, user: User | AnonymousUser, today: datetime.date
    ) -> EventQuerySet:
        """Live dates that ``user`` may see on ``today``.

        Who speaks for a space sees those of members, and the private ones that this
        space organises; staff sees everything.
        """
        live = self.filter(live=True)
        if not user.is_authenticated:
            return live.filter(visibility=Visibility.PUBLIC)
        if user.is_staff:
            return live
        spaces = SpaceMember.objects.current(today).filter(user=user).values("space")
        return live.filter(
            Q(visibility=Visibility.PUBLIC)
            | Q(Exists(spaces), visibility=Visibility.MEMBERS)
            | Q(visibility=Visibility.PRIVATE, host__in=spaces)
        )

    def upcoming(self, now: datetime.datetime) -> EventQuerySet:
        """Not ended at ``now``, soonest first."""
        return self.filter(end_at__gt=now).order_by("start_at", "pk")

    def past(self, now: datetime.datetime) -> EventQuerySet:
        """Ended at ``now``, latest first."""
        return self.filter(end_at__lte=now).order_by("-start_at", "-pk")

    def overlapping(
        self, start_at: datetime.datetime, end_at: datetime.datetime
    ) -> EventQuerySet:
        """Dates that share a moment with the half-open span [start, end)."""
        return self.filter(start_at__lt=end_at, end_at__gt=start_at).order_by(
            "start_at", "pk"
        )

    def taking_place(self) -> EventQuerySet:
        """Neither cancelled nor postponed."""
        return self.exclude(status__in=CALLED_OFF)

    def with_place(self) -> EventQuerySet:
        """Fetch, in the same query, the space it takes place in and its host."""
        return self.select_related("venue", "host")

    def with_row_relations(self) -> EventQuerySet:
        """Fetch, in the same query, what one line of the agenda shows."""
        return self.select_related(
            "type", "venue", "host", "series__programme"
        ).with_places_taken()

    def with_places_taken(self) -> EventQuerySet:
        """Count confirmed people as ``places_taken``, in the same query.

        None where nobody registers or as many come as want to.
        """
        registrations = self.model._meta.get_field("registrations").related_model
        taken = (
            registrations.objects.confirmed()
            .filter(event=OuterRef("pk"))
            .order_by()
            .values("event")
            .annotate(people=Sum(F("companions") + 1))
            .values("people")
        )
        is_counted = Q(registration_mode=RegistrationMode.HERE, capacity__isnull=False)
        return self.annotate(
            places_taken=Case(
                When(is_counted, then=Coalesce(Subquery(taken), 0)), default=None
            )
        )


class SeriesQuerySet(ModeratedQuerySet):
    """Series, in the words of the agenda."""

    def published(self) -> SeriesQuerySet:
        """Live and open to everybody."""
        return self.filter(live=True, visibility=Visibility.PUBLIC)

    def with_template(self) -> SeriesQuerySet:
        """Fetch, in the same query, what its dates take from it."""
        return self.select_related("type", "image", "host", "venue")


class RegistrationQuerySet(models.QuerySet[Any]):
    """Who comes, in the words of the door."""

    def confirmed(self) -> RegistrationQuerySet:
        return self.filter(status=RegistrationStatus.CONFIRMED)

    def waiting(self) -> RegistrationQuerySet:
        """The waiting list, who waits longest first."""
        waiting = self.filter(status=RegistrationStatus.WAITLISTED)
        return waiting.order_by("waiting_since", "pk")

    def current(self) -> RegistrationQuerySet:
        """Confirmed or waiting: who is told what happens to the date."""
        return self.filter(
            status__in=(RegistrationStatus.CONFIRMED, RegistrationStatus.WAITLISTED)
        )

    def upcoming(self, now: datetime.datetime) -> RegistrationQuerySet:
        """For dates that have not ended at ``now``, soonest first."""
        upcoming = self.filter(event__end_at__gt=now)
        return upcoming.order_by("event__start_at", "pk")

    def count_places(self) -> int:
        """Return how many people they make, companions included; one query."""
        total = self.aggregate(places=Sum(F("companions") + 1))["places"]
        return total or 0


class MinutesQuerySet(models.QuerySet[Any]):
    """Minutes, for whoever may read them."""

    def published(self) -> MinutesQuerySet:
        """Live and open to everybody, as their date is."""
        return self.filter(_open_to_everybody(""))

    def readable_by(
        self, user: User | AnonymousUser, today: datetime.date
    ) -> MinutesQuerySet:
        """Those that ``user`` may read on ``today``: never more than their date."""
        return self.filter(_readable_minutes("", user, today))


class DecisionQuerySet(models.QuerySet[Any]):
    """Decisions, in the words of the register."""

    def published(self) -> DecisionQuerySet:
        """Those of minutes that everybody may read."""
        return self.filter(_open_to_everybody("minutes__"))

    def readable_by(
        self, user: User | AnonymousUser, today: datetime.date
    ) -> DecisionQuerySet:
        """Those whose minutes ``user`` may read on ``today``."""
        return self.filter(_readable_minutes("minutes__", user, today))

    def unfinished(self) -> DecisionQuerySet:
        """Those that a later meeting takes up again: nobody has said “done”."""
        return self.exclude(state=DecisionState.DONE)

    def due_first(self) -> DecisionQuerySet:
        """The nearest day first; those without a day last, the oldest first."""
        return self.order_by(F("due_on").asc(nulls_last=True), "number")

    def with_meeting(self) -> DecisionQuerySet:
        """Fetch, in the same query, where each was taken and who is in charge."""
        return self.select_related(
            "minutes__event__series", "minutes__numbered_in", "responsible_space"
        )


class TaskQuerySet(models.QuerySet[Any]):
    """What spaces have to do."""

    def to_do(self) -> TaskQuerySet:
        """Not done, the nearest day first."""
        undone = self.filter(done_at=None)
        return undone.order_by(F("due_on").asc(nulls_last=True), "pk")


def _open_to_everybody(minutes: str) -> Q:
    """Return the condition; ``minutes`` is the way to them, such as ``"minutes__"``."""
    return _condition(
        minutes,
        live=True,
        visibility=Visibility.PUBLIC,
        event__live=True,
        event__visibility=Visibility.PUBLIC,
    )


def _readable_minutes(
    minutes: str, user: User | AnonymousUser, today: datetime.date
) -> Q:
    live = _condition(minutes, live=True, event__live=True)
    if not user.is_authenticated:
        return _open_to_everybody(minutes)
    if user.is_staff:
        return live
    spaces = SpaceMember.objects.current(today).filter(user=user).values("space")
    shared = (Visibility.PUBLIC, Visibility.MEMBERS)
    of_members = _condition(
        minutes, visibility__in=shared, event__visibility__in=shared
    )
    return live & (
        _open_to_everybody(minutes)
        | (Q(Exists(spaces)) & of_members)
        | _condition(minutes, event__host__in=spaces)
    )


def _condition(path: str, **lookups: Any) -> Q:
    return Q(**{f"{path}{name}": value for name, value in lookups.items()})
