"""Towns land where they stand on the drawing of the departments."""

from __future__ import annotations

import pytest

from network.department_shapes import load_department_shapes
from network.domain.projection import (
    Box,
    Point,
    UnreadablePath,
    bound,
    find_centre,
    is_drawn,
    measure_ring,
    project,
    read_rings,
    write_rings,
)

# Longitude and latitude of town halls.
TOWNS = {
    "29": (-4.486, 48.390),  # Brest
    "35": (-1.678, 48.111),  # Rennes
    "22": (-3.317, 48.236),  # Rostrenen
    "56": (-2.760, 47.658),  # Vannes
    "59": (3.057, 50.629),  # Lille
    "67": (7.752, 48.573),  # Strasbourg
    "06": (7.262, 43.710),  # Nice
    "66": (2.896, 42.699),  # Perpignan
    "2B": (9.150, 42.306),  # Corte
    "75": (2.352, 48.857),  # Paris
}


def holds(rings: list[list[Point]], point: Point) -> bool:
    """Even-odd rule, as a browser fills the outline."""
    crossings = 0
    for ring in rings:
        for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (one.y > point.y) != (other.y > point.y):
                x = one.x + (point.y - one.y) * (other.x - one.x) / (other.y - one.y)
                crossings += point.x < x
    return crossings % 2 == 1


@pytest.mark.parametrize(("code", "place"), TOWNS.items())
def test_project_puts_a_town_inside_its_department_alone(code, place):
    point = project(*place)
    found = [
        one
        for one, shape in load_department_shapes().items()
        if holds(read_rings(shape.path), point)
    ]
    assert found == [code]


def test_project_agrees_with_the_drawing_to_half_a_unit():
    # Lauterbourg, the most eastern commune of Alsace, and Bray-Dunes, the most northern
    # one of France: the drawing itself gives these sides.
    shapes = load_department_shapes()
    assert project(8.2335, 48.97).x == pytest.approx(shapes["67"].box.right, abs=0.5)
    assert project(2.5, 51.089).y == pytest.approx(shapes["59"].box.top, abs=0.5)


@pytest.mark.parametrize(
    ("place", "drawn"),
    [
        ((-3.317, 48.236), True),
        ((9.45, 42.70), True),
        ((55.4508, -20.8804), False),
        ((-61.55, 16.24), False),
        ((-56.17, 46.78), False),
    ],
)
def test_is_drawn_leaves_overseas_out(place, drawn):
    assert is_drawn(*place) == drawn


def test_read_rings_follows_relative_and_absolute_points():
    square = [Point(1, 1), Point(3, 1), Point(3, 3), Point(1, 3)]
    assert read_rings("m 1,1 2,0 0,2 -2,0 z") == [square]
    assert read_rings("M1 1L3 1 3 3 1 3Z") == [square]


def test_read_rings_starts_again_where_the_last_ring_began():
    first, second = read_rings("m 1,1 1,0 0,1 z m 4,4 1,0 0,1 z")
    assert first[0] == Point(1, 1)
    assert second[0] == Point(5, 5)


@pytest.mark.parametrize("path", ["m 1,1 c 1,1 2,2 3,3", "1,1 2,2", "l 1,1"])
def test_read_rings_refuses_curves_and_lost_points(path):
    with pytest.raises(UnreadablePath):
        read_rings(path)


def test_write_rings_rounds_each_point_where_it_stands():
    # Sixty steps of 0.04 would vanish one by one; their sum does not.
    steps = " ".join("0.04,0" for _ in range(60))
    (ring,) = read_rings(write_rings(read_rings(f"m 0,0 {steps} 0,5 z")))
    assert ring[-1] == Point(pytest.approx(2.4), pytest.approx(5))


def test_write_rings_drops_an_island_smaller_than_a_tenth():
    assert write_rings(read_rings("m 0,0 0.01,0 0,0.01 z")) == ""


def test_measures_of_a_rectangle():
    (ring,) = read_rings("M1 1L5 1 5 3 1 3z")
    assert bound([ring]) == Box(1, 1, 5, 3)
    assert measure_ring(ring) == 8
    assert find_centre(ring) == Point(3, 2)


def test_every_metropolitan_department_has_a_shape():
    assert len(load_department_shapes()) == 96
