"""What follows from the plan and the funding of a project.

Rows of a plan point at each other by numbers that their editors write: a phase is
“2”, an objective “1.3”, below objective “1”.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final, Generic, TypeVar

from resources.domain.partial_dates import PartialDate, Span

ItemT = TypeVar("ItemT")
KeyT = TypeVar("KeyT", bound=Hashable)
SourceT = TypeVar("SourceT")

_NUMBER: Final = re.compile(r"[1-9][0-9]{0,2}(\.[1-9][0-9]{0,2}){0,3}")
_BETWEEN_NUMBERS: Final = re.compile(r"[\s,;]+")


class ProjectState(StrEnum):
    """Where a project stands."""

    UNDER_WAY = "under_way"
    PLANNED = "planned"
    FINISHED = "finished"
    SUSPENDED = "suspended"
    ABANDONED = "abandoned"
    # Without phases nobody can tell, unless its editors do.
    UNDATED = "undated"


class UnreadableNumber(ValueError):
    """A text that numbers no objective."""


def find_state(
    phases: Iterable[Span], day: datetime.date, *, halt: str = ""
) -> ProjectState:
    """Return where a project stands on ``day``.

    What its editors say, ``halt``, goes before its dates. Between two phases a project
    is under way.
    """
    if halt:
        return ProjectState(halt)
    spans = list(phases)
    if not spans:
        return ProjectState.UNDATED
    if all(span.starts.first_day > day for span in spans):
        return ProjectState.PLANNED
    if all(span.is_over(day) for span in spans):
        return ProjectState.FINISHED
    return ProjectState.UNDER_WAY


def find_whole_span(phases: Iterable[Span]) -> Span | None:
    """Return the span from the first phase to the last, as precise as these are."""
    spans = list(phases)
    if not spans:
        return None
    starts = min((span.starts for span in spans), key=lambda one: one.first_day)
    ends = [span.ends for span in spans if span.ends is not None]
    if len(ends) < len(spans):
        return Span(starts)
    return Span(starts, max(ends, key=lambda one: one.last_day))


def list_misplaced(phases: Sequence[Span]) -> list[int]:
    """Return the positions of phases that begin before the one they follow."""
    return [
        position
        for position, (one, following) in enumerate(pairwise(phases), start=1)
        if following.starts.last_day < one.starts.first_day
    ]


def list_overlapping(phases: Sequence[Span]) -> list[int]:
    """Return the positions of phases that begin while the one they follow goes on."""
    misplaced = list_misplaced(phases)
    return [
        position
        for position, (one, following) in enumerate(pairwise(phases), start=1)
        if one.overlaps(following) and position not in misplaced
    ]


def read_numbers(text: str) -> list[str]:
    """Read “1.2, 3” as it is typed, each number once.

    Raises:
        UnreadableNumber: a piece is no number of an objective.
    """
    pieces = [piece for piece in _BETWEEN_NUMBERS.split(text) if piece]
    for piece in pieces:
        if not _NUMBER.fullmatch(piece):
            raise UnreadableNumber(piece[:20])
    return list(dict.fromkeys(pieces))


def find_parent(number: str) -> str:
    """Return “1” for “1.2”, "" for “1”."""
    return number.rpartition(".")[0]


def list_repeated(numbers: Iterable[Hashable]) -> set[Hashable]:
    """Return the numbers that are there more than once."""
    return {number for number, count in Counter(numbers).items() if count > 1}


@dataclass(slots=True)
class Branch(Generic[ItemT]):
    """An objective with those below it, and what serves it."""

    number: str
    item: ItemT
    branches: list[Branch[ItemT]] = field(default_factory=list)

    @property
    def numbers(self) -> set[str]:
        """Its own number and those of all below it."""
        below = (branch.numbers for branch in self.branches)
        return {self.number}.union(*below)


def grow_tree(numbered: Iterable[tuple[str, ItemT]]) -> list[Branch[ItemT]]:
    """Hang each item below the nearest number above it, all in order of numbers."""
    branches = [Branch(number, item) for number, item in numbered]
    branches.sort(key=lambda one: [int(part) for part in one.number.split(".")])
    known: dict[str, Branch[ItemT]] = {}
    top: list[Branch[ItemT]] = []
    for branch in branches:
        above = find_parent(branch.number)
        while above and above not in known:
            above = find_parent(above)
        (known[above].branches if above else top).append(branch)
        known[branch.number] = branch
    return top


def list_unserved(tree: Iterable[Branch[ItemT]], served: Iterable[str]) -> list[str]:
    """Return the numbers that no action serves: not them, nor one below or above."""
    reached = set(served)
    unserved = []
    for branch in tree:
        if not branch.numbers & reached:
            unserved.append(branch.number)
        elif branch.number not in reached:
            unserved += list_unserved(branch.branches, reached)
    return unserved


@dataclass(frozen=True, slots=True)
class Saying(Generic[SourceT]):
    """What a source says of a fact."""

    source: SourceT
    value: object


@dataclass(frozen=True, slots=True)
class Reading(Generic[SourceT]):
    """A fact: the value that editors keep, None for unknown, and what sources say."""

    name: str
    kept: object
    sayings: Sequence[Saying[SourceT]]

    @property
    def is_disputed(self) -> bool:
        """True when two of the values, the kept one among them, cannot both hold."""
        values = [saying.value for saying in self.sayings]
        values += [self.kept] if self.kept is not None else []
        return any(
            not say_the_same(one, other)
            for position, one in enumerate(values)
            for other in values[position + 1 :]
        )

    @property
    def is_told(self) -> bool:
        """True when somebody says something of it."""
        return self.kept is not None or bool(self.sayings)


def say_the_same(one: object, other: object) -> bool:
    """Compare two values: dates by what both tell, words by their letters."""
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return one.agrees_with(other)
    if isinstance(one, str) and isinstance(other, str):
        return _fold(one) == _fold(other)
    return one == other


def _fold(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())


@dataclass(frozen=True, slots=True)
class Total(Generic[KeyT]):
    """The sum of what is known, in cents, and how many amounts are not."""

    key: KeyT
    cents: int
    unknown: int

    @property
    def is_unknown(self) -> bool:
        """True when there is nothing to sum: the total is not zero, it is unknown."""
        return not self.cents


def add_up(
    amounts: Iterable[ItemT],
    key: Callable[[ItemT], KeyT],
    cents: Callable[[ItemT], int | None],
) -> list[Total[KeyT]]:
    """Return a total a key, the largest first."""
    sums: Counter[KeyT] = Counter()
    unknown: Counter[KeyT] = Counter()
    for amount in amounts:
        value = cents(amount)
        sums[key(amount)] += value or 0
        unknown[key(amount)] += value is None
    totals = [Total(one, value, unknown[one]) for one, value in sums.items()]
    return sorted(totals, key=lambda total: -total.cents)
