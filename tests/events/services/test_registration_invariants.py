"""Whatever people do in whatever order, places and people add up."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from events.models import Event
from events.services import registration as services
from events.services.registration.refusals import (
    AlreadyGone,
    CapacityTaken,
    TooManyCompanions,
)
from tests.events.registration_site import NOW, ask, date_with_places

people = st.sampled_from([f"person{number}" for number in range(8)])


class Registering(RuleBasedStateMachine):
    """One date of a few places; eight people without an account, and its organiser."""

    def __init__(self) -> None:
        super().__init__()
        cache.clear()
        self.event = date_with_places(3, companions_allowed=2)
        self.now = NOW
        self.order: list[str] = []

    def tick(self) -> datetime.datetime:
        self.now += datetime.timedelta(seconds=1)
        return self.now

    def find(self, name: str):
        return self.event.registrations.filter(email=f"{name}@example.org").first()

    @rule(name=people, companions=st.integers(0, 3))
    def register(self, name, companions):
        before = self.find(name)
        try:
            ask(self.event, name, companions=companions, now=self.tick())
        except TooManyCompanions:
            self.event.refresh_from_db()
            assert companions > min(2, (self.event.capacity or 99) - 1)
            return
        assert self.find(name) is not None
        if before is not None and before.status in ("confirmed", "waitlisted"):
            assert self.find(name).status == before.status

    @rule(name=people)
    def confirm(self, name):
        found = self.find(name)
        if found is None:
            return
        was = found.status
        try:
            kept = services.confirm_registration(found, now=self.tick())
        except AlreadyGone:
            assert was == "cancelled"
            return
        assert kept.status in ("confirmed", "waitlisted")
        if was == "pending" and kept.status == "waitlisted":
            self.order.append(name)

    @rule(name=people)
    def cancel(self, name):
        found = self.find(name)
        if found is None:
            return
        was = found.status
        kept = services.cancel_registration(found, now=self.tick())
        assert (kept is None) == (was == "pending")

    @rule(capacity=st.integers(1, 6) | st.none())
    def change_places(self, capacity):
        try:
            services.refuse_small_capacity(self.event, capacity)
        except CapacityTaken:
            assert services.count_places(self.event).taken > capacity
            return
        Event.objects.filter(pk=self.event.pk).update(capacity=capacity)
        self.event.refresh_from_db()
        services.promote_waiting(self.event, now=self.tick())

    @invariant()
    def nobody_stands(self):
        self.event.refresh_from_db()
        places = services.count_places(self.event)
        assert places.capacity is None or places.taken <= places.capacity

    @invariant()
    def nobody_waits_beside_places_that_hold_them(self):
        places = services.count_places(self.event)
        for waiting in self.event.registrations.waiting():
            assert not places.hold(waiting.places)

    @invariant()
    def who_came_first_waits_first(self):
        waiting = [one.name.lower() for one in self.event.registrations.waiting()]
        still = [name for name in self.order if name in waiting]
        assert waiting == list(dict.fromkeys(reversed(still)))[::-1]

    @invariant()
    def each_person_is_there_once(self):
        emails = Counter(self.event.registrations.values_list("email", flat=True))
        assert set(emails.values()) <= {1}

    def teardown(self) -> None:
        DBTaskResult.objects.all().delete()


@pytest.mark.django_db
class TestRegistering(TestCase, Registering.TestCase):
    settings = settings(
        max_examples=40,
        stateful_step_count=25,
        deadline=None,
        # Shrinking takes a minute; the steps that failed are printed as they are.
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
