"""Whatever is done to a series, its rows keep the invariants of the reference."""

from __future__ import annotations

import contextlib
import datetime

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from events.models import Event, Series
from events.services.cancel import cancel_event
from events.services.extra_date import add_extra_date
from events.services.follow_series import end_series, split_series
from events.services.materialise import MOST_FUTURE, materialise_all
from events.services.refusals import Refusal
from tests import personas
from tests.events.series_site import NOW, clock, day, make_series, publish, read_feed

DAYS = st.integers(0, 60).map(lambda days: NOW.date() + datetime.timedelta(days=days))
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Repas", "Repas partagé"]),
        "weekdays": st.sampled_from([[1], [3], [1, 3]]),
        "interval": st.integers(1, 2),
        "start_time": st.sampled_from([clock("12:15"), clock("12:30")]),
        "left_out": st.sampled_from([[], ["2026-12-10"]]),
        "skips_holidays": st.booleans(),
    },
)


class SeriesMachine(RuleBasedStateMachine):
    """One series, what continues it, and everything that may happen to them."""

    @initialize()
    def begin(self):
        self.by = personas.admin()
        self.now = NOW
        self.series = make_series(until=day("2027-02-15"))
        self.seen: dict[int, tuple] = {}

    def find(self, number):
        rows = list(Event.objects.order_by("pk"))
        return rows[number % len(rows)]

    @rule(changes=CHANGES)
    def change_the_whole_series(self, changes):
        for series in Series.objects.filter(live=True):
            publish(series, **changes)

    @rule(number=st.integers(0, 50))
    def cancel_a_date(self, number):
        with contextlib.suppress(Refusal):
            cancel_event(self.find(number), by=self.by, reason="Neige", now=self.now)

    @rule(number=st.integers(0, 50), days=st.integers(1, 3))
    def move_a_date(self, number, days):
        event = self.find(number)
        if event.is_past(self.now) or event.is_called_off or not event.live:
            return
        draft = event.get_latest_revision_as_object()
        draft.start_date += datetime.timedelta(days=days)
        draft.end_date += datetime.timedelta(days=days)
        draft.save_revision().publish()

    @rule(first_day=DAYS, changes=CHANGES)
    def change_this_and_all_following(self, first_day, changes):
        if Series.objects.count() > 3:
            return
        series = Series.objects.filter(continued_by=None).first()
        with contextlib.suppress(Refusal):
            split_series(
                series, first_day=first_day, values=changes, by=self.by, now=self.now
            )

    @rule(last_day=DAYS)
    def end(self, last_day):
        series = Series.objects.filter(continued_by=None).first()
        with contextlib.suppress(Refusal):
            end_series(series, last_day=last_day, reason="", by=self.by, now=self.now)

    @rule(on=DAYS)
    def add_a_date(self, on):
        with contextlib.suppress(Refusal):
            add_extra_date(
                self.series, when={"start_date": on}, by=self.by, now=self.now
            )

    @rule()
    def hide_and_show(self):
        Series.objects.get(pk=self.series.pk).unpublish()
        publish(self.series)

    @invariant()
    def rows_keep_what_they_promise(self):
        if not hasattr(self, "series"):
            return
        rows = {
            event.pk: event for event in Event.objects.select_related("calendar_state")
        }
        # I6: no published row is ever erased. I1: no UID changes or is used twice.
        assert self.seen.keys() <= rows.keys()
        for pk, (uid, key, sequence) in self.seen.items():
            assert rows[pk].uid == uid
            # I2: moving a date never changes its key.
            assert rows[pk].recurrence_key == key
            # I7: the sequence never falls.
            assert rows[pk].calendar_state.sequence >= sequence
        self.seen = {
            pk: (event.uid, event.recurrence_key, event.calendar_state.sequence)
            for pk, event in rows.items()
        }
        assert len({event.uid for event in rows.values()}) == len(rows)
        keys = [(event.series_id, event.recurrence_key) for event in rows.values()]
        assert len(set(keys)) == len(keys)
        # I13
        assert sum(event.live for event in rows.values()) <= MOST_FUTURE
        # I12: what the rule no longer gives is told, never silently gone.
        assert {event.uid for event in rows.values()} == set(read_feed(Client()))

    @invariant()
    def making_dates_again_changes_nothing(self):
        if not hasattr(self, "series"):
            return
        before = list(Event.objects.order_by("pk").values())
        assert materialise_all(self.now) == 0
        assert list(Event.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_random_edits_keep_the_invariants(time_machine):
    """A few runs in a transaction each: the rows of one are not there in the next."""
    time_machine.move_to(NOW, tick=False)

    class Undone(SeriesMachine):
        def __init__(self):
            super().__init__()
            self._atomic = transaction.atomic()
            self._atomic.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self._atomic.__exit__(None, None, None)

    run_state_machine_as_test(
        Undone,
        settings=settings(
            max_examples=12,
            stateful_step_count=6,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
