from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from events.models import Event
from events.services.extra_date import add_extra_date
from events.services.rota.refusals import NotKeeper
from events.services.series_refusals import OverAlready, SeriesNotLive
from tests import personas
from tests.events.series_site import NOW, clock, day, make_draft, make_series
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def add(series, text="2026-12-05", by=None, **when):
    return add_extra_date(
        series,
        when={"start_date": day(text), **when},
        by=by or personas.admin(),
        now=NOW,
    )


def test_its_own_hours_are_kept():
    event = add(
        make_series(count=1), start_time=clock("19:00"), end_time=clock("22:00")
    )

    assert (event.start_time, event.end_time) == (clock("19:00"), clock("22:00"))
    assert event.calendar_state.sequence == 0


@pytest.mark.parametrize(
    ("when", "field"),
    [
        ({"end_time": clock("12:00")}, "end_time"),
        ({"text": "2027-03-28", "start_time": clock("02:30")}, "start_time"),
        ({"text": "2040-01-01"}, "start_date"),
    ],
)
def test_impossible_hours_are_refused_on_their_field(when, field):
    series = make_series(count=1)
    with pytest.raises(ValidationError) as error:
        add(series, **when)
    assert field in error.value.message_dict
    assert Event.objects.count() == 1


def test_what_makes_no_sense_is_refused():
    series = make_series(count=1, host=SpaceFactory())
    with pytest.raises(OverAlready):
        add(series, "2026-11-20")
    with pytest.raises(NotKeeper):
        add(series, by=personas.other_member())
    with pytest.raises(SeriesNotLive):
        add(make_draft(), by=personas.admin("b@hub.test"))
    assert Event.objects.count() == 1
