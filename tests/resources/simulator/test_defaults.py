"""What the simulator starts from, and how many spaces stand behind it."""

from __future__ import annotations

import pytest

from network.enums import PriceUnit, SpaceStatus
from resources.simulator.defaults import CONSTANTS, ENOUGH_ANSWERS, find_defaults
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


def price(amount, unit=PriceUnit.MONTH):
    return {"label": "Poste", "amount_euros": amount, "unit": unit}


def read(name):
    found = find_defaults()[name]
    return found.value, found.answers


def test_network_without_spaces_starts_from_constants_with_their_source():
    assert find_defaults() == CONSTANTS
    assert all(one.source and not one.answers for one in CONSTANTS.values())


def test_too_few_answers_show_nothing_of_a_space():
    for _ in range(ENOUGH_ANSWERS - 1):
        SpaceFactory(permanent_desks=97, prices=[price(983)])
    assert find_defaults() == CONSTANTS


def test_enough_answers_give_their_median():
    for desks in (4, 6, 97, 8, 5):
        SpaceFactory(permanent_desks=desks)
    SpaceFactory(permanent_desks=None)
    assert read("postes_fixes") == (6, 5)
    assert read("postes_jour") == (CONSTANTS["postes_jour"].value, 0)


def test_median_of_an_even_number_is_a_whole_number_half_up():
    for desks in (1, 2, 3, 4, 5, 6):
        SpaceFactory(day_desks=desks)
    assert read("postes_jour") == (4, 6)


def test_price_is_the_cheapest_day_and_the_fullest_month_of_each_space():
    for extra in range(5):
        SpaceFactory(
            prices=[
                price(0, PriceUnit.DAY),
                price(10 + extra, PriceUnit.DAY),
                price(25, PriceUnit.DAY),
                price(90),
                price(120 + extra),
                price(3, PriceUnit.HOUR),
            ]
        )
    assert read("prix_jour") == (12, 5)
    assert read("prix_mois") == (122, 5)


def test_only_open_published_spaces_answer():
    for status in (SpaceStatus.PROJECT, SpaceStatus.PAUSED, SpaceStatus.CLOSED):
        for _ in range(3):
            SpaceFactory(status=status, meeting_rooms=9, prices=[price(983)])
    for _ in range(5):
        SpaceFactory(live=False, meeting_rooms=9, prices=[price(983)])
    assert find_defaults() == CONSTANTS


@pytest.mark.parametrize("spaces", [1, 3])
def test_two_queries_for_any_number_of_spaces(spaces, django_assert_num_queries):
    for _ in range(spaces):
        SpaceFactory(permanent_desks=2, prices=[price(120), price(90)])
    with django_assert_num_queries(2):
        find_defaults()
