"""The map shows whole regions, and says which spaces it cannot show."""

from __future__ import annotations

import pytest

from network.departments import DEPARTMENT_NAMES
from network.models import Space
from network.region_map import draw_region


def place(longitude: float | None, latitude: float | None, **values) -> Space:
    return Space(longitude=longitude, latitude=latitude, **values)


RENNES = (-1.678, 48.111)
BREST = (-4.486, 48.390)


def test_map_shows_the_neighbours_of_the_same_region():
    drawn = draw_region(["22"], [])
    assert len(drawn.outlines) == 4
    assert [name.label for name in drawn.names] == [
        DEPARTMENT_NAMES[code] for code in ("22", "29", "35", "56")
    ]


def test_map_of_overseas_alone_is_no_map():
    assert draw_region(["974"], [(1, place(55.45, -20.88))]) is None
    assert draw_region([], []) is None


def test_map_keeps_one_width_whatever_the_regions():
    boxes = [
        draw_region(codes, []).view_box.split()
        for codes in (["22"], ["2A"], ["75"], list(DEPARTMENT_NAMES))
    ]
    assert [box[:3] for box in boxes] == [["0", "0", "183"]] * 4
    assert all(float(box[3]) <= 183 for box in boxes)


@pytest.mark.parametrize(
    "space",
    [place(55.45, -20.88), place(None, None), place(7.26, 43.71)],
    ids=["overseas", "without position", "another region"],
)
def test_map_lists_beside_it_what_it_cannot_show(space):
    home = place(*RENNES)
    drawn = draw_region(["35"], [(1, home), (2, space)])
    assert [(marker.number, marker.subject) for marker in drawn.markers] == [(1, home)]
    assert drawn.elsewhere == [(2, space)]


def test_map_puts_west_on_the_left_and_the_frame_around():
    drawn = draw_region(["35"], [(1, place(*RENNES)), (2, place(*BREST))])
    rennes, brest = drawn.markers
    width, height = map(float, drawn.view_box.split()[2:])
    assert 0 < brest.x < rennes.x < width
    assert 0 < brest.y < rennes.y < height


def test_two_spaces_of_a_town_stand_side_by_side():
    one, two = draw_region(["35"], [(1, place(*RENNES)), (2, place(*RENNES))]).markers
    assert (two.x - one.x, two.y - one.y) == (15, 0)
    left, right = draw_region(
        ["35"], [(1, place(*RENNES)), (2, place(*RENNES))], spread=False
    ).markers
    assert (left.x, left.y) == (right.x, right.y)


def test_no_name_stands_under_a_marker():
    name = draw_region(["35"], []).names[2]
    assert name.label == "Ille-et-Vilaine"
    covered = draw_region(["35"], [(1, place(-1.66, 48.15))])
    moved = next(one for one in covered.names if one.label == "Ille-et-Vilaine")
    assert moved.y != name.y
