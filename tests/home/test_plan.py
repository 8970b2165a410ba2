"""The drawing of the home page: whose room is lit, and which door leads where."""

from __future__ import annotations

import datetime

import pytest
from django.utils.translation import override

from events.enums import EventMark, EventStatus, Visibility
from home.plan import draw_plan
from tests.factories.events import EventFactory, EventTypeFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


def make_type(mark, slug):
    return EventTypeFactory(slug=slug, name=slug, mark=mark)


def make_date(day, kind, **values):
    return EventFactory(start_date=day, type=kind, **values)


def test_hall_belongs_to_the_next_public_date():
    lunch = make_type(EventMark.LUNCH, "repas")
    drink = make_type(EventMark.DRINK, "drink")
    make_date(datetime.date(2026, 11, 27), drink)
    next_lunch = make_date(datetime.date(2026, 11, 26), lunch)

    plan = draw_plan(NOW)

    assert plan.next_event == next_lunch
    assert [room.mark for room in plan.rooms] == [
        EventMark.LUNCH,
        EventMark.DRINK,
        EventMark.WORKSHOP,
        EventMark.PILOTS,
    ]


def test_plan_passes_over_what_nobody_can_go_to():
    drink = make_type(EventMark.DRINK, "drink")
    lunch = make_type(EventMark.LUNCH, "repas")
    soon = datetime.date(2026, 11, 24)
    make_date(datetime.date(2026, 11, 20), lunch)
    make_date(soon, lunch, status=EventStatus.CANCELLED)
    make_date(soon, lunch, visibility=Visibility.MEMBERS)
    make_date(soon, lunch, live=False)
    open_date = make_date(datetime.date(2026, 12, 24), drink)

    plan = draw_plan(NOW)

    assert plan.next_event == open_date
    assert [room.next_event for room in plan.rooms] == [open_date, None, None, None]


def test_two_types_of_one_mark_share_a_room():
    make_type(EventMark.WORKSHOP, "atelier")
    day = make_type(EventMark.WORKSHOP, "journee")
    event = make_date(datetime.date(2026, 12, 1), day)

    assert draw_plan(NOW).hall.type == day
    assert draw_plan(NOW).next_event == event


def test_plan_of_an_empty_network_has_no_light_and_no_door():
    plan = draw_plan(NOW)

    assert plan.next_event is None
    assert [room.type for room in plan.rooms] == [None, None, None, None]
    assert [room.day for room in plan.rooms] == ["", "", "", ""]


def test_room_says_day_and_hour_in_french():
    kind = make_type(EventMark.DRINK, "drink")
    make_date(datetime.date(2026, 12, 1), kind)

    with override("fr"):
        hall = draw_plan(NOW).hall
        said = hall.day, hall.short_day, hall.hour

    assert said == ("mar. 1er\u00a0déc.", "1er\u00a0déc.", "18\u00a0h\u00a030")


@pytest.mark.parametrize("count", [1, 3])
def test_plan_costs_two_queries(count, django_assert_num_queries):
    kind = make_type(EventMark.DRINK, "drink")
    for number in range(count):
        make_date(datetime.date(2026, 12, 1 + number), kind)

    with django_assert_num_queries(2):
        plan = draw_plan(NOW)
        assert plan.next_event.place_name == "Halle au blé"
        assert plan.hall.type.name == "drink"
