"""The seats of a space as a drawing: one square each, a row for each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from network.models import Space

_PER_ROW = 15
_STEP = 36
_SIDE = 26
# More squares than this are no longer counted at a glance: the numbers say it better.
_MOST = 90


@dataclass(frozen=True, slots=True)
class SeatGroup:
    """Squares of one kind; ``path`` is an outline of the drawing."""

    css_class: str
    path: str


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """The drawing; its numbers are written beside it in full."""

    width: int
    height: int
    groups: Sequence[SeatGroup]


def draw_seats(space: Space) -> SeatPlan | None:
    """Draw the desks and training seats, or None for no seat or too many."""
    counts = [
        ("seat", space.permanent_desks or 0),
        ("seat-day", space.day_desks or 0),
        ("seat-class", space.training_seats or 0),
    ]
    if not 0 < sum(count for _css, count in counts) <= _MOST:
        return None
    groups = []
    top = 4
    for css_class, count in counts:
        if count:
            groups.append(SeatGroup(css_class, _draw_rows(count, top)))
            top += _STEP * -(-count // _PER_ROW) + 8
    return SeatPlan(_PER_ROW * _STEP, top, groups)


def _draw_rows(count: int, top: int) -> str:
    return "".join(
        f"M{4 + seat % _PER_ROW * _STEP} {top + seat // _PER_ROW * _STEP}"
        f"h{_SIDE}v{_SIDE}h-{_SIDE}z"
        for seat in range(count)
    )
