from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command

from cms.tasks.clock import run_due_jobs
from events.domain.timezones import tzdata_version
from events.models import CalendarState, Event
from events.services.instants import recompute_instants
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def test_instants_follow_a_new_time_zone_database_and_the_clock_stays():
    event, other = EventFactory(), EventFactory()
    right = event.start_at, event.end_at
    wrong = {"start_at": right[0] - HOUR, "end_at": right[1] - HOUR}
    Event.objects.filter(pk=event.pk).update(**wrong)

    assert recompute_instants(now=NOW) == 1

    event.refresh_from_db()
    assert (event.start_at, event.end_at) == right
    assert event.start_time == other.start_time
    assert {state.sequence for state in CalendarState.objects.all()} == {0}


def test_t18_new_release_of_the_database_is_followed_once(monkeypatch):
    def run(now):
        return [one.name for one in run_due_jobs(now) if "instants" in one.name]

    event = EventFactory()
    right = event.start_at
    first = f"events.recompute_instants_{tzdata_version()}"
    assert run(NOW) == [first]
    Event.objects.update(start_at=right - HOUR)
    assert run(NOW + HOUR) == []

    monkeypatch.setattr("events.services.instants.tzdata_version", lambda: "2099a")

    assert run(NOW + 2 * HOUR) == ["events.recompute_instants_2099a"]
    event.refresh_from_db()
    assert event.start_at == right
    assert event.start_time == datetime.time(18, 30)
    assert event.calendar_state.sequence == 0


def test_command_says_how_many_dates_moved(capsys, time_machine):
    time_machine.move_to(NOW, tick=False)
    EventFactory()
    Event.objects.update(start_at=NOW + HOUR)

    call_command("recompute_instants")

    assert capsys.readouterr().out == f"tzdata {tzdata_version()}: 1 dates moved\n"
