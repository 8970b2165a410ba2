"""Which parts of a guide concern a reader, from what the reader answered.

A part says who it is for as ``question:answer`` words: “statut:association
statut:cooperative” is for readers who answered either. Words of several questions must
all hold. It is text, not keys of rows: translations of a guide keep it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

Answers = Mapping[str, str]
"""The key of the answer given to each question, by the question's key."""

Known = Mapping[str, Collection[str]]
"""The keys of the answers that each question of a guide offers."""

KEY_PATTERN: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
# Parameters that addresses of guides use for something else.
RESERVED_KEYS: Final = frozenset({"dep", "page", "q", "theme"})

_WORD = re.compile(f"({KEY_PATTERN}):({KEY_PATTERN})")


class UnreadableCondition(ValueError):
    """A word is not ``question:answer``; ``word`` is that word."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class Condition:
    """For each question, in the order written, the answers of which one is wanted."""

    wanted: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def words(self) -> list[tuple[str, str]]:
        """Each question with each of the answers wanted."""
        return [(key, answer) for key, answers in self.wanted for answer in answers]

    def among(self, known: Known) -> Condition:
        """Return it without what the guide does not ask, or no longer.

        A question none of whose wanted answers is left says nothing: a part is rather
        shown to too many than lost.
        """
        kept = [
            (key, tuple(one for one in answers if one in known.get(key, ())))
            for key, answers in self.wanted
        ]
        return Condition(tuple(pair for pair in kept if pair[1]))

    def allows(self, answers: Answers) -> bool:
        """True unless an answer says that the part is for others."""
        return all(
            answers[key] in wanted for key, wanted in self.wanted if key in answers
        )

    def still_open(self, answers: Answers) -> Condition:
        """Return what the reader has not answered yet."""
        return Condition(tuple(pair for pair in self.wanted if pair[0] not in answers))


def parse_condition(text: str) -> Condition:
    """Read words apart by spaces or commas; each question comes once in the result.

    Raises:
        UnreadableCondition: a word is not ``question:answer``.
    """
    wanted: dict[str, dict[str, None]] = {}
    for word in text.replace(",", " ").split():
        match = _WORD.fullmatch(word)
        if match is None:
            raise UnreadableCondition(word)
        wanted.setdefault(match[1], {})[match[2]] = None
    return Condition(tuple((key, tuple(answers)) for key, answers in wanted.items()))


def read_answers(parameters: Mapping[str, str], known: Known) -> dict[str, str]:
    """Return the answers that an address gives, without those that do not exist."""
    return {
        key: parameters[key]
        for key, answers in known.items()
        if key in parameters and parameters[key] in answers
    }
