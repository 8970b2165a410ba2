"""The whole directory in a few numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from network.enums import SpaceStatus
from network.models import Space


@dataclass(frozen=True, slots=True)
class Census:
    """How many spaces are listed, by status and by department code."""

    total: int
    by_status: Mapping[str, int]
    by_department: Mapping[str, int]

    @property
    def open(self) -> int:
        return self.by_status.get(SpaceStatus.OPEN, 0)

    @property
    def planned(self) -> int:
        return self.by_status.get(SpaceStatus.PROJECT, 0)


def take_census() -> Census:
    """Count the listed spaces, in one query."""
    by_status: Counter[str] = Counter()
    by_department: Counter[str] = Counter()
    for code, status, total in Space.objects.listed().count_by_department_and_status():
        by_status[status] += total
        if code:
            by_department[code] += total
    return Census(by_status.total(), by_status, dict(sorted(by_department.items())))
