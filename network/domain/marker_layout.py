"""Where numbered markers stand on a map, so that none hides another.

Markers that would overlap, such as those of one town, stand side by side as a block
around their common centre.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from network.domain.projection import Point

# Squares a block holds in one row at most.
_BLOCK_WIDTH = 4


@dataclass(frozen=True, slots=True)
class _Block:
    """Markers, by their rank, that stand together around a centre."""

    ranks: tuple[int, ...]
    centre: Point

    def half_size(self, pitch: float) -> tuple[float, float]:
        columns = min(len(self.ranks), _BLOCK_WIDTH)
        rows = math.ceil(len(self.ranks) / _BLOCK_WIDTH)
        return columns * pitch / 2, rows * pitch / 2

    def overlaps(self, other: _Block, pitch: float) -> bool:
        (width, height), (other_width, other_height) = (
            self.half_size(pitch),
            other.half_size(pitch),
        )
        return (
            abs(self.centre.x - other.centre.x) < width + other_width - 1e-9
            and abs(self.centre.y - other.centre.y) < height + other_height - 1e-9
        )

    def joined(self, other: _Block) -> _Block:
        total = len(self.ranks) + len(other.ranks)
        own, theirs = len(self.ranks) / total, len(other.ranks) / total
        return _Block(
            tuple(sorted(self.ranks + other.ranks)),
            Point(
                self.centre.x * own + other.centre.x * theirs,
                self.centre.y * own + other.centre.y * theirs,
            ),
        )


def spread_markers(places: Sequence[Point], pitch: float) -> list[Point]:
    """Return a point for each place, in order, at least one pitch apart.

    ``pitch`` is the side of a marker with its margin, in the unit of the places. A
    place with nobody near stays where it is.
    """
    blocks = [_Block((rank,), place) for rank, place in enumerate(places)]
    while pair := _find_overlap(blocks, pitch):
        joined = pair[0].joined(pair[1])
        blocks = [block for block in blocks if block not in pair] + [joined]
    spread = dict[int, Point]()
    for block in blocks:
        spread.update(_lay_out(block, places, pitch))
    return [spread[rank] for rank in range(len(places))]


def _find_overlap(blocks: list[_Block], pitch: float) -> tuple[_Block, _Block] | None:
    for index, block in enumerate(blocks):
        for other in blocks[index + 1 :]:
            if block.overlaps(other, pitch):
                return block, other
    return None


def _lay_out(block: _Block, places: Sequence[Point], pitch: float) -> dict[int, Point]:
    half_width, half_height = block.half_size(pitch)
    return {
        rank: Point(
            block.centre.x - half_width + (column + 0.5) * pitch,
            block.centre.y - half_height + (row + 0.5) * pitch,
        )
        for row, ranks in enumerate(_sort_in_rows(block.ranks, places))
        for column, rank in enumerate(ranks)
    }


def _sort_in_rows(ranks: Sequence[int], places: Sequence[Point]) -> Iterator[list[int]]:
    """Give rows from top to bottom, each from left to right, as the places lie."""
    downwards = sorted(ranks, key=lambda rank: (places[rank].y, rank))
    for start in range(0, len(downwards), _BLOCK_WIDTH):
        row = downwards[start : start + _BLOCK_WIDTH]
        yield sorted(row, key=lambda rank: (places[rank].x, rank))
