"""What differs between two texts: rows by their key, and sentences word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Final, Generic, TypeVar

T = TypeVar("T")

# Under this likeness (``SequenceMatcher.ratio``), words that both texts hold by chance
# only make the reader stumble: the old text is shown whole, then the new one.
LEAST_ALIKE: Final = 0.35
# A line break, a word, or punctuation, each with the spaces after it.
_PIECE: Final = re.compile(
    r"\n\s*|[^\s,.;:!?()«»“”]+[^\S\n]*|[,.;:!?()«»“”]+[^\S\n]*",
)


class ChangeState(StrEnum):
    """What became of an article or of a criterion."""

    KEPT = "kept"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


class Mark(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with the same mark, its spaces included."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """What one key stands for on each side; at least one side is there."""

    before: T | None
    after: T | None


def pair_by_key(before: Mapping[str, T], after: Mapping[str, T]) -> list[Pair[T]]:
    """Return each row beside the one of the same key.

    They come in the order of ``after``; a row that is gone stands after the one that
    it followed in ``before``.
    """
    followers: dict[str, list[str]] = {}
    anchor = ""
    for key in before:
        if key in after:
            anchor = key
        else:
            followers.setdefault(anchor, []).append(key)
    gone_first = [Pair(before[key], None) for key in followers.get("", [])]
    pairs = gone_first
    for key, row in after.items():
        pairs.append(Pair(before.get(key), row))
        pairs += [Pair(before[gone], None) for gone in followers.get(key, [])]
    return pairs


def compare_words(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts, what went before what came.

    A change between two others that only a short word parts is one change.
    """
    old, new = _split(before), _split(after)
    # Popular words (“de”, “la”) are no anchors in a long text: `autojunk` stays on.
    matcher = SequenceMatcher(a=[w.rstrip() for w in old], b=[w.rstrip() for w in new])
    if old and new and matcher.ratio() < LEAST_ALIKE:
        return [
            Piece(Mark.REMOVED, "".join(old)),
            Piece(Mark.ADDED, "".join(new)),
        ]
    opcodes = _join_close_changes(matcher.get_opcodes(), new)
    return list(_write_pieces(opcodes, old, new))


def _split(text: str) -> list[str]:
    return _PIECE.findall(text.replace("\r\n", "\n").strip())


# As ``SequenceMatcher.get_opcodes``: whether it is the same, then both spans.
_Run = tuple[bool, int, int, int, int]


def _join_close_changes(
    opcodes: Sequence[tuple[str, int, int, int, int]], new: list[str]
) -> list[_Run]:
    """Treat a same run of one short word between two changes as changed, too."""
    last = len(opcodes) - 1
    runs: list[_Run] = []
    for position, (tag, *span) in enumerate(opcodes):
        words = "".join(new[span[2] : span[3]]).strip()
        is_bridge = 0 < position < last and len(words) <= 3
        runs.append((tag == "equal" and not is_bridge, *span))  # type: ignore[arg-type]
    joined: list[_Run] = []
    for is_same, group in groupby(runs, key=lambda run: run[0]):
        spans = list(group)
        first, end = spans[0], spans[-1]
        joined.append((is_same, first[1], end[2], first[3], end[4]))
    return joined


def _write_pieces(runs: list[_Run], old: list[str], new: list[str]) -> Iterator[Piece]:
    for is_same, old_start, old_end, new_start, new_end in runs:
        if is_same:
            yield Piece(Mark.SAME, "".join(new[new_start:new_end]))
            continue
        if old_start < old_end:
            yield Piece(Mark.REMOVED, "".join(old[old_start:old_end]))
        if new_start < new_end:
            yield Piece(Mark.ADDED, "".join(new[new_start:new_end]))
