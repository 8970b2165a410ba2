"""Which series go on from which: a change from a chosen day on makes a new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def follow_continuations(
    keys: Iterable[int], continued_by: Mapping[int, int]
) -> frozenset[int]:
    """Return ``keys`` with those that continue them, in however many steps."""
    found: set[int] = set()
    for key in keys:
        step: int | None = key
        while step is not None and step not in found:
            found.add(step)
            step = continued_by.get(step)
    return frozenset(found)
