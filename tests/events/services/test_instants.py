from __future__ import annotations

import datetime

import pytest

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
