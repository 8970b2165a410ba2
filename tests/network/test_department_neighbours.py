"""Which departments share a border."""

from __future__ import annotations

import pytest

from network.department_neighbours import list_neighbours
from network.departments import DEPARTMENT_NAMES


@pytest.mark.parametrize(
    ("code", "neighbours"),
    [
        ("22", ("29", "35", "56")),
        ("56", ("22", "29", "35", "44")),
        ("2A", ("2B",)),
        ("974", ()),
        ("99", ()),
    ],
)
def test_neighbours_of_a_department(code, neighbours):
    assert list_neighbours(code) == neighbours


def test_a_border_has_two_sides():
    pairs = {
        (code, other) for code in DEPARTMENT_NAMES for other in list_neighbours(code)
    }
    assert {(other, code) for code, other in pairs} == pairs
    assert {code for pair in pairs for code in pair} <= set(DEPARTMENT_NAMES)
