"""How many dates one feed can hold: calendar programs refuse more."""

from __future__ import annotations

from collections.abc import Iterable


def count_fitting(sizes: Iterable[int], *, most: int, most_bytes: int) -> int:
    """Return how many dates, the first ones of these ``sizes`` in bytes, one feed holds.

    A date that does not fit ends the feed: a smaller one after it would leave a hole
    in the agenda.
    """
    number = total = 0
    for size in sizes:
        total += size
        if number == most or total > most_bytes:
            break
        number += 1
    return number
