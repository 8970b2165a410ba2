"""What a figure was before."""

from __future__ import annotations

import datetime

from hypothesis import given, strategies as st

from resources.domain.figures import Change, Reading, find_key, list_changes


def day(number):
    return datetime.date(2026, 1, number)


def test_changes_stand_newest_first_whatever_the_order_of_the_readings():
    readings = [
        Reading("Seuil", "37 500 €", day(9)),
        Reading("Délai", "4 mois", day(1)),
        Reading("Seuil", "36 800 €", day(1)),
        Reading("Délai", "5 mois", day(20)),
        Reading("Seuil", "25 000 €", day(12)),
    ]
    assert list_changes(readings) == [
        Change("Délai", "4 mois", "5 mois", day(20)),
        Change("Seuil", "37 500 €", "25 000 €", day(12)),
        Change("Seuil", "36 800 €", "37 500 €", day(9)),
    ]


def test_one_reading_is_no_change():
    assert list_changes([Reading("Seuil", "1", day(1))]) == []


def test_same_value_read_again_is_no_change():
    readings = [Reading("Seuil", "1", day(1)), Reading("Seuil", "1", day(2))]
    assert list_changes(readings) == []


def test_label_is_the_same_figure_whatever_its_case_and_accents():
    readings = [
        Reading("DELAI  d’avis", "1", day(1)),
        Reading("Délai d’avis", "2", day(2)),
    ]
    assert list_changes(readings) == [Change("Délai d’avis", "1", "2", day(2))]
    assert find_key("Délai") != find_key("Seuil")


@given(st.lists(st.sampled_from(["1", "2", "3"]), max_size=12))
def test_changes_lead_from_the_first_value_to_the_last(values):
    readings = [Reading("Seuil", value, day(n)) for n, value in enumerate(values, 1)]
    changes = list_changes(readings)[::-1]
    steps = [values[0], *(one.after for one in changes)] if values else []
    assert [one.before for one in changes] == steps[:-1]
    assert not values or steps[-1] == values[-1]
