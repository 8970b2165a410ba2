"""A map of regions: departments, and numbered markers, beside a list.

It is drawn by the server: no tile, no script, no third party. Map and list are made
from one sequence, so that what has a marker has its line and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from network.department_shapes import DepartmentShape, load_department_shapes
from network.departments import DEPARTMENT_NAMES, list_region
from network.domain.marker_layout import spread_markers
from network.domain.projection import Box, Point, is_drawn, project

# The drawing is scaled to this width: markers and names then always have one size.
_WIDTH = 183.0
_MARGIN = 5.0
# The side of a marker; the style sheet sets its number.
_SIDE = 12.0
# From the middle of a marker to the middle of its neighbour.
_PITCH = 15.0
# A department narrower than this cannot hold its name.
_NAME_WIDTH = 38.0
# A letter of a name, and how far from the centre of its department it may stand.
_LETTER_WIDTH = 3.2
_NAME_RISES = (0, -9, 9, -15, 15)


class Located(Protocol):
    """What may stand on a map."""

    @property
    def position(self) -> tuple[float, float] | None:
        """Longitude and latitude in degrees, None where nobody knows."""


T = TypeVar("T", bound=Located)


@dataclass(frozen=True, slots=True)
class DepartmentName:
    """The name of a department, where it is written."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Marker(Generic[T]):
    """A place on the map; ``number`` is written in it."""

    number: int
    subject: T
    x: float
    y: float

    @property
    def left(self) -> float:
        return round(self.x - _SIDE / 2, 1)

    @property
    def top(self) -> float:
        return round(self.y - _SIDE / 2, 1)

    @property
    def baseline(self) -> float:
        """Where the number is written, so that it stands in the middle."""
        return round(self.y + 2.7, 1)


@dataclass(frozen=True, slots=True)
class RegionMap(Generic[T]):
    """What the template draws; ``elsewhere`` are the places that it cannot show."""

    view_box: str
    outlines: Sequence[str]
    transform: str
    stroke: float
    names: Sequence[DepartmentName]
    markers: Sequence[Marker[T]]
    elsewhere: Sequence[tuple[int, T]]


def draw_region(
    departments: Iterable[str],
    numbered: Sequence[tuple[int, T]],
    *,
    spread: bool = True,
) -> RegionMap[T] | None:
    """Draw the regions of ``departments`` with a marker for each place that fits.

    ``spread`` moves markers that would hide each other side by side. None where no
    department is on the drawing.
    """
    shapes = _list_shapes(departments)
    if not shapes:
        return None
    bounds = Box.around(shape.box for shape in shapes.values())
    scale = (_WIDTH - 2 * _MARGIN) / max(bounds.width, bounds.height)
    frame = _Frame(bounds, scale)
    shown, places, elsewhere = [], [], []
    for number, subject in numbered:
        place = frame.place(subject)
        if place is None:
            elsewhere.append((number, subject))
        else:
            shown.append((number, subject))
            places.append(place)
    if spread:
        places = spread_markers(places, _PITCH)
    markers = [
        Marker(number, subject, round(place.x, 1), round(place.y, 1))
        for (number, subject), place in zip(shown, places, strict=True)
    ]
    return RegionMap(
        view_box=f"0 0 {_WIDTH:g} {bounds.height * scale + 2 * _MARGIN:.1f}",
        outlines=[shape.path for shape in shapes.values()],
        transform=frame.transform,
        stroke=round(0.8 / scale, 2),
        names=list(_place_names(shapes, frame, markers)),
        markers=markers,
        elsewhere=elsewhere,
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """How the source drawing is moved into the view box."""

    bounds: Box
    scale: float

    @property
    def _shift(self) -> Point:
        # A region taller than it is wide stands in the middle.
        spare = (_WIDTH - self.bounds.width * self.scale) / 2
        return Point(
            spare - self.bounds.left * self.scale,
            _MARGIN - self.bounds.top * self.scale,
        )

    @property
    def transform(self) -> str:
        shift = self._shift
        return f"translate({shift.x:.2f} {shift.y:.2f}) scale({self.scale:.4f})"

    def move(self, point: Point) -> Point:
        return Point(
            point.x * self.scale + self._shift.x, point.y * self.scale + self._shift.y
        )

    def place(self, subject: Located) -> Point | None:
        """Return where it stands, None for what the map cannot show."""
        if subject.position is None or not is_drawn(*subject.position):
            return None
        point = project(*subject.position)
        # A quay or an island may lie a little outside the rounded outline.
        loose = Box.around([self.bounds], margin=_MARGIN / self.scale)
        return self.move(point) if loose.holds(point) else None


def _list_shapes(departments: Iterable[str]) -> dict[str, DepartmentShape]:
    shapes = load_department_shapes()
    wanted = {code for one in departments for code in list_region(one)}
    return {code: shapes[code] for code in sorted(wanted) if code in shapes}


def _place_names(
    shapes: dict[str, DepartmentShape], frame: _Frame, markers: Sequence[Marker[T]]
) -> Iterator[DepartmentName]:
    """Write each name where no marker covers it, or leave it out: the list has it."""
    for code, shape in shapes.items():
        label = DEPARTMENT_NAMES[code]
        centre = frame.move(shape.name_at)
        if shape.box.width * frame.scale < _NAME_WIDTH:
            continue
        for rise in _NAME_RISES:
            place = Point(centre.x, centre.y + rise)
            if not any(_covers(marker, place, label) for marker in markers):
                yield DepartmentName(round(place.x, 1), round(place.y, 1), label)
                break


def _covers(marker: Marker[T], name_at: Point, label: str) -> bool:
    half_width = len(label) * _LETTER_WIDTH / 2
    return (
        abs(marker.x - name_at.x) < _SIDE / 2 + half_width
        # The baseline is the foot of the letters.
        and abs(marker.y - (name_at.y - 2)) < _SIDE / 2 + 3
    )
