"""Four doors and a map on the home page."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from network.models import Space
from network.panels import SpacesOnHomePage, choose_doors
from tests.factories.network import SpaceFactory

RENNES = {"city": "Rennes", "postcode": "35000", "latitude": 48.11, "longitude": -1.68}
BREST = {"city": "Brest", "postcode": "29200", "latitude": 48.39, "longitude": -4.49}
SAINT_DENIS = {
    "city": "Saint-Denis",
    "postcode": "97400",
    "latitude": -20.88,
    "longitude": 55.45,
}


def render() -> str:
    return str(SpacesOnHomePage().render(RequestFactory().get("/")))


@pytest.mark.django_db
def test_panel_of_an_empty_network_is_empty():
    SpaceFactory(live=False, name="Draft")
    SpaceFactory(status="closed", name="Closed")
    assert render() == ""


@pytest.mark.django_db
def test_panel_names_the_western_and_the_eastern_town():
    SpaceFactory(**RENNES)
    SpaceFactory(**BREST)
    SpaceFactory(**SAINT_DENIS)
    panel = render()
    assert "3 lieux, entre Brest et Rennes" in panel
    assert panel.count('class="dot"') == 2
    assert "Finistère\xa0(1), Ille-et-Vilaine\xa0(1), La Réunion\xa0(1)" in panel


@pytest.mark.django_db
def test_panel_of_one_town_counts_alone():
    SpaceFactory(**RENNES)
    assert "1 lieu où pousser la porte" in render()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_panel_costs_two_queries(django_assert_num_queries, count):
    for _number in range(count):
        SpaceFactory(**RENNES)
    with django_assert_num_queries(2):
        SpacesOnHomePage().render(RequestFactory().get("/"))


def make(status: str, department: str) -> Space:
    return Space(name=f"{status} {department}", status=status, department=department)


def test_doors_are_of_different_departments_with_one_planned():
    spaces = [
        make("project", "22"),
        make("open", "22"),
        make("open", "22"),
        make("paused", "29"),
        make("open", "35"),
        make("open", "56"),
        make("open", "29"),
    ]
    for number, space in enumerate(spaces, start=1):
        space.pk = number
    assert [space.name for space in choose_doors(spaces)] == [
        "open 22",
        "open 35",
        "open 56",
        "project 22",
    ]


def test_doors_take_what_there_is():
    spaces = [make("open", "22"), make("open", "22"), make("open", "22")]
    for number, space in enumerate(spaces, start=1):
        space.pk = number
    assert choose_doors(spaces) == spaces
    assert choose_doors([]) == []
