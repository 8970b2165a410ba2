from __future__ import annotations

import datetime

import pytest
from django.test import RequestFactory

from events.enums import Visibility
from events.panels import HomeDatesPanel, SpaceDatesPanel
from tests.factories.events import EventFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.mark.parametrize("count", [1, 3])
def test_home_panel_shows_this_week_and_the_next(count, django_assert_num_queries):
    EventFactory.create_batch(count, title="Proche")
    EventFactory(title="Dimanche", start_date=datetime.date(2026, 12, 6))
    EventFactory(title="Lundi", start_date=datetime.date(2026, 12, 7))

    with django_assert_num_queries(1):
        html = HomeDatesPanel().render(RequestFactory().get("/"))

    assert html.count("Proche") == count
    assert "Dimanche" in html
    assert "Lundi" not in html


def test_home_panel_shows_the_next_date_when_none_is_near():
    EventFactory(title="Lointain", start_date=datetime.date(2027, 3, 4))

    html = HomeDatesPanel().render(RequestFactory().get("/"))

    assert "Rien dans ces deux semaines" in html
    assert "Lointain" in html


def test_space_panel_shows_what_it_hosts_and_what_takes_place_there():
    space, other = SpaceFactory.create_batch(2, live=False)
    EventFactory(title="Ici", venue=space, venue_name="")
    EventFactory(title="Organisé", host=space)
    EventFactory(title="Ailleurs", host=other, venue=space)
    EventFactory(title="Canari", host=space, visibility=Visibility.MEMBERS)

    html = SpaceDatesPanel().render(RequestFactory().get("/"), space)

    assert [word in html for word in ("Ici", "Organisé", "Ailleurs", "Canari")] == [
        True,
        True,
        False,
        False,
    ]


def test_space_panel_is_silent_without_dates():
    space = SpaceFactory(live=False)

    assert SpaceDatesPanel().render(RequestFactory().get("/"), space) == ""
