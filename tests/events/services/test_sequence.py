"""Invariant I7: the sequence never falls, and grows exactly with what is exported."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from events.models import CalendarState, Event
from events.services.cancel import cancel_event
from events.services.change_date import (
    move_event,
    postpone_event,
    replace_place,
    restore_event,
)
from events.services.refusals import Refusal
from tests import personas
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)
DAYS = st.integers(24, 27).map(lambda day: datetime.date(2026, 11, day))
PLACES = st.sampled_from(["Crêperie", "Halle au blé"])
TITLES = st.sampled_from(["Soupe", "Jeux"])

STEPS = st.one_of(
    st.tuples(st.just("move"), DAYS),
    st.tuples(st.just("place"), PLACES),
    st.tuples(st.sampled_from(["cancel", "postpone"]), st.just("Tempête.")),
    st.tuples(st.sampled_from(["restore", "unpublish"]), st.none()),
    st.tuples(st.sampled_from(["draft", "publish"]), TITLES),
)


def take(step, event, by):
    name, value = step
    match name:
        case "move":
            when = {"start_date": value, "end_date": value}
            move_event(event, when=when, by=by, now=NOW)
        case "place":
            replace_place(event, where={"venue_name": value}, by=by, now=NOW)
        case "cancel":
            cancel_event(event, reason=value, by=by, now=NOW)
        case "postpone":
            postpone_event(event, reason=value, by=by, now=NOW)
        case "restore":
            restore_event(event, by=by, now=NOW)
        case "unpublish":
            Event.objects.get(pk=event.pk).unpublish()
        case "draft" | "publish":
            draft = Event.objects.get(pk=event.pk)
            draft.title = value
            revision = draft.save_revision()
            if name == "publish":
                revision.publish()


def read(event):
    """Return the sequence, and what is exported besides it and its stamps."""
    state = CalendarState.objects.get(event=event)
    lines = re.sub(
        r"(SEQUENCE|DTSTAMP|LAST-MODIFIED):.*\r\n", "", state.fragments["fr"]
    )
    return state.sequence, lines


@given(steps=st.lists(STEPS, max_size=8))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_sequence_grows_by_one_exactly_when_the_exported_date_changes(
    steps, time_machine
):
    time_machine.move_to(NOW, tick=False)
    event = EventFactory(title="Soupe", told=NOW)
    by = personas.moderator(f"{event.pk}@hub.test")
    for step in steps:
        sequence, exported = read(event)
        try:
            take(step, event, by)
        except Refusal:
            assert read(event) == (sequence, exported)
            continue
        assert read(event)[0] == sequence + (read(event)[1] != exported)
