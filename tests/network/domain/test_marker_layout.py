"""No marker hides another, and lonely ones stay where they are."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, strategies as st

from network.domain.marker_layout import spread_markers
from network.domain.projection import Point


def rounded(points: list[Point]) -> list[Point]:
    return [Point(round(point.x, 6), round(point.y, 6)) for point in points]


def test_spread_markers_leaves_a_lonely_place_alone():
    places = [Point(0, 0), Point(100, 0), Point(0, 100)]
    assert spread_markers(places, 15) == places


def test_spread_markers_lays_a_town_out_side_by_side():
    assert rounded(spread_markers([Point(50, 50)] * 3, 10)) == [
        Point(40, 50),
        Point(50, 50),
        Point(60, 50),
    ]


def test_spread_markers_starts_a_second_row_after_four():
    spread = rounded(spread_markers([Point(50, 50)] * 5, 10))
    assert spread == [
        Point(35, 45),
        Point(45, 45),
        Point(55, 45),
        Point(65, 45),
        Point(35, 55),
    ]


def test_spread_markers_keeps_west_on_the_left():
    west, east = spread_markers([Point(52, 50), Point(50, 50)], 10)[::-1]
    assert west.x < east.x


def test_spread_markers_of_nothing_is_nothing():
    assert spread_markers([], 15) == []


@given(
    st.lists(
        st.builds(Point, st.floats(0, 180), st.floats(0, 110)), min_size=1, max_size=24
    )
)
def test_spread_markers_keeps_every_pair_apart(places):
    spread = spread_markers(places, 15)
    assert len(spread) == len(places)
    for one, other in combinations(spread, 2):
        apart = max(abs(one.x - other.x), abs(one.y - other.y))
        assert apart == pytest.approx(15) or apart > 15
