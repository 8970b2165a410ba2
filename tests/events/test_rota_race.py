"""Several hands on one rota at once, on PostgreSQL: SQLite has one writer."""

from __future__ import annotations

import datetime

import pytest

from events.enums import Rhythm
from events.models import Event
from events.services.refusals import Refusal
from events.services.rota import (
    fix_turn,
    leave_rota,
    plan_rota,
    plan_turns,
    skip_turn,
    take_date,
)
from events.services.rota.refusals import FixedAlready, HostChanged
from tests.events.rota_site import (
    NOW,
    dates_of,
    hosts_of,
    make_rota,
    space,
    speaker,
)
from tests.racing import RACE_MARKS, at_once

pytestmark = RACE_MARKS


@pytest.fixture(autouse=True)
def _in_november(time_machine, settings):
    time_machine.move_to(NOW, tick=False)
    options = {"OPTIONS": {"drain_after_commit": False}}
    settings.TASKS = {"default": {**settings.TASKS["default"], **options}}


@pytest.fixture
def series():
    series = make_rota("ABCD")
    plan_rota(series, now=NOW)
    return series


def test_two_hosts_taking_one_date_at_once(series):
    event = dates_of(series)[1]
    people = {name: speaker(name) for name in ("A", "C", "D")}

    def take(name):
        return take_date(
            Event.objects.get(pk=event.pk),
            space=space(name),
            seen_host=event.host_id,
            by=people[name],
            now=NOW,
        )

    results = at_once(*(lambda name=name: take(name) for name in people))

    [winner] = [one for one in results if not isinstance(one, Refusal)]
    assert [type(one) for one in results if isinstance(one, Refusal)] == [
        HostChanged,
        HostChanged,
    ]
    event.refresh_from_db()
    assert event.host == winner.host == event.venue
    assert event.calendar_state.sequence == 2


def test_skipping_while_another_leaves_keeps_the_order_whole(series):
    event = dates_of(series)[0]
    skipping, leaving = speaker("A"), speaker("C")

    at_once(
        lambda: skip_turn(event, seen_host=event.host_id, by=skipping, now=NOW),
        lambda: leave_rota(series, space=space("C"), by=leaving, now=NOW),
    )

    assert hosts_of(series) == "BDABDA"
    assert plan_rota(series, now=NOW) == []


def test_one_month_fixed_twice_at_once_has_one_date():
    series = make_rota("A", dates=0)
    series.rhythm = Rhythm.TURNS
    series.save()
    plan_turns(series, now=NOW)
    turn, person = series.turns.first(), speaker("A")
    when = {
        "start_date": datetime.date(2026, 12, 8),
        "start_time": datetime.time(12),
        "end_date": datetime.date(2026, 12, 8),
        "end_time": datetime.time(14),
        "all_day": False,
        "zone": "Europe/Paris",
    }

    def fix():
        return fix_turn(turn, when=when, where={"venue": turn.host}, by=person, now=NOW)

    results = at_once(fix, fix, fix)

    [event] = Event.objects.all()
    assert sorted(type(one).__name__ for one in results) == [
        "Event", "FixedAlready", "FixedAlready",
    ]  # fmt: skip
    assert {one.event for one in results if isinstance(one, FixedAlready)} == {event}
