"""Whatever is done to a series, its rows keep the invariants of the reference.

I1 to I14, but for I4's refusals and I8, which have their own tests; I15 is of imported
calendars.
"""

from __future__ import annotations

import contextlib
import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, example, given, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from events.domain.wall_clock import EARLIEST_DAY, LONGEST, localise
from events.enums import RegistrationStatus, Visibility
from events.models import Event, Registration, Series
from events.services.cancel import cancel_event
from events.services.extra_date import add_extra_date
from events.services.follow_series import end_series, split_series
from events.services.materialise import MOST_FUTURE, materialise_all
from events.services.refusals import Refusal
from tests import personas
from tests.events.series_site import (
    NOW,
    clock,
    day,
    make_series,
    publish,
    read_feed,
    read_line,
)
from tests.events.told import register_person
from tests.factories.events import EventFactory, EventTypeFactory

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
        "visibility": st.sampled_from([Visibility.PUBLIC, Visibility.MEMBERS]),
    },
)


def read_sequence(event):
    """Return its sequence; -1 while the public never saw it."""
    state = getattr(event, "calendar_state", None)
    return state.sequence if state else -1


class SeriesMachine(RuleBasedStateMachine):
    """One series, what continues it, and everything that may happen to them."""

    @initialize()
    def begin(self):
        self.by = personas.admin()
        self.now = NOW
        self.series = make_series(until=day("2027-02-15"))
        self.seen: dict[int, tuple] = {}
        self.own_titles: dict[int, str] = {}
        self.people: dict[int, int] = {}

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

    @rule(number=st.integers(0, 50), title=st.sampled_from(["Noël", "Carnaval"]))
    def rename_a_date(self, number, title):
        event = self.find(number)
        if event.is_called_off or not event.live:
            return
        draft = event.get_latest_revision_as_object()
        draft.title = title
        draft.save_revision().publish()
        self.own_titles[event.pk] = title
        # Its series gets another title at once, which this date must not take.
        for series in Series.objects.filter(live=True):
            publish(series, title=f"Repas de {title}")

    @rule(number=st.integers(0, 50))
    def somebody_comes(self, number):
        event = self.find(number)
        email = f"p{len(self.people)}@hub.test"
        self.people[register_person(event, email).pk] = event.pk

    @rule(number=st.integers(0, 50))
    def draft_a_date_and_its_series(self, number):
        """I7: no draft changes a byte."""
        before = Client().get("/agenda/flux.ics").content
        for row in (self.find(number), Series.objects.get(pk=self.series.pk)):
            draft = row.get_latest_revision_as_object()
            draft.title, draft.start_time = "Brouillon", clock("11:00")
            with transaction.atomic():
                draft.save_revision()
                assert Client().get("/agenda/flux.ics").content == before
                # Nobody is to publish it by the way.
                transaction.set_rollback(True)

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
            assert read_sequence(rows[pk]) >= sequence
        self.seen = {
            pk: (event.uid, event.recurrence_key, read_sequence(event))
            for pk, event in rows.items()
        }
        assert len({event.uid for event in rows.values()}) == len(rows)
        keys = [(event.series_id, event.recurrence_key) for event in rows.values()]
        assert len(set(keys)) == len(keys)
        # I13
        assert sum(event.live for event in rows.values()) <= MOST_FUTURE
        # I12: what the rule no longer gives is told, never silently gone, nor is
        # anybody who registered.
        feed = read_feed(Client())
        told = {pk for pk, event in rows.items() if read_sequence(event) >= 0}
        assert {rows[pk].uid for pk in told} == set(feed)
        kept = Registration.objects.filter(status=RegistrationStatus.CONFIRMED)
        assert dict(kept.values_list("pk", "event")) == self.people
        for event in rows.values():
            self.check_clock(event)
            # I10: no rule writes what somebody changed on one date.
            assert event.title == self.own_titles.get(event.pk, event.title)
            # I14: what is not public says nothing of itself.
            if event.is_public:
                assert event.pk in told
            elif event.pk in told:
                assert read_line(feed[event.uid], "STATUS") == "STATUS:CANCELLED"
                assert "Repas" not in feed[event.uid]
                assert "DESCRIPTION" not in feed[event.uid]
        # I11: a changed rule is another series, told date by date.
        assert not [one for one in feed.values() if "RANGE" in one or "RRULE" in one]
        for series in Series.objects.exclude(continues=None):
            assert series.continues.until < series.first_day

    def check_clock(self, event):
        # I3
        hours = {event.start_time is None, event.end_time is None}
        assert hours == {event.all_day}
        assert event.start_at < event.end_at
        # I4
        start = localise(event.start_date, event.start_time, event.zone)
        assert event.start_at == start
        # I5
        assert event.end_date - event.start_date <= LONGEST
        assert EARLIEST_DAY <= event.start_date <= NOW.date().replace(year=2031)

    @invariant()
    def feed_is_the_same_all_day_for_everybody(self):
        """I9: no clock below the view, no host of the request."""
        if not hasattr(self, "series"):
            return
        morning = Client().get("/agenda/flux.ics")
        with time_machine.travel(NOW + datetime.timedelta(hours=9), tick=False):
            evening = Client(HTTP_HOST="localhost").get("/agenda/flux.ics")
        assert evening.content == morning.content
        assert evening.headers["ETag"] == morning.headers["ETag"]

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
            max_examples=10,
            stateful_step_count=6,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


CLOCKS = st.none() | st.times().map(lambda time: time.replace(second=0, microsecond=0))
SOME_DAYS = st.dates(datetime.date(1999, 1, 1), datetime.date(2033, 1, 1))


def find_mistakes(event):
    """Return the sentences by field; {} for a date that may be."""
    try:
        event.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.django_db
@settings(
    max_examples=150, deadline=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(
    start_date=SOME_DAYS, days=st.integers(-2, 40), start_time=CLOCKS, end_time=CLOCKS,
    all_day=st.booleans(),
    zone=st.sampled_from(["Europe/Paris", "America/Miquelon", "Pacific/Noumea", "UTC"]),
)  # fmt: skip
@example(
    start_date=datetime.date(2027, 3, 28), days=0, start_time=datetime.time(2, 30),
    end_time=datetime.time(5), all_day=False, zone="Europe/Paris",
)  # fmt: skip
@example(
    start_date=datetime.date(2026, 10, 25), days=0, start_time=datetime.time(2, 30),
    end_time=datetime.time(5), all_day=False, zone="Europe/Paris",
)  # fmt: skip
def test_date_is_refused_in_words_or_keeps_i3_to_i5(start_date, days, **values):
    """Nothing between a sentence on a field and a row that keeps what it promises."""
    with time_machine.travel(NOW, tick=False):
        event = EventFactory.build(
            type=EventTypeFactory(), start_date=start_date,
            end_date=start_date + datetime.timedelta(days=days), live=False, **values,
        )  # fmt: skip
        if mistakes := find_mistakes(event):
            assert set(mistakes) <= {"start_date", "start_time", "end_date", "end_time"}
            assert all(all(found) for found in mistakes.values())
            return
        assert {event.start_time is None, event.end_time is None} == {event.all_day}
        assert event.start_at < event.end_at
        assert event.end_at - event.start_at <= LONGEST + datetime.timedelta(hours=1)
        assert EARLIEST_DAY <= event.start_date <= datetime.date(2031, 12, 31)
        shown = event.start_at.astimezone(event.tzinfo)
        assert shown.date() == event.start_date
        assert shown.time() == (event.start_time or datetime.time(0))
        # Neither hour comes twice on the wall.
        if not event.all_day:
            assert shown.utcoffset() == shown.replace(fold=1).utcoffset()
