"""What a figure of a sheet was before, from the readings kept at each publication."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from cms.folding import fold


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure was published as, from the day ``on``."""

    label: str
    value: str
    on: datetime.date


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that was ``before`` until the day ``on``, and ``after`` from it."""

    label: str
    before: str
    after: str
    on: datetime.date


def find_key(label: str) -> str:
    """Return what two labels of the same figure share, whatever their case and accents."""
    return " ".join(fold(label).split())


def list_changes(readings: Iterable[Reading]) -> list[Change]:
    """Return every change, the newest first; readings come in any order."""
    by_figure: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in sorted(readings, key=lambda one: one.on):
        by_figure[find_key(reading.label)].append(reading)
    changes = [
        Change(after.label, before.value, after.value, after.on)
        for series in by_figure.values()
        for before, after in pairwise(series)
        if before.value != after.value
    ]
    return sorted(changes, key=lambda change: change.on, reverse=True)
