"""Cuts a text into searchable words, and knows where each one stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.domain.languages import LONGEST_TERM, find_language, find_term, fold_word

if TYPE_CHECKING:
    from collections.abc import Iterator

# Letters and digits with their loose accents; a chunk is what hyphens and
# apostrophes (straight, curly, modifier) hold together: “l’avant-projet”.
_PIECE = r"(?:[^\W_]|[\u0300-\u036f])+"
_CHUNK = re.compile(rf"{_PIECE}(?:['’ʼ\-‐‑]{_PIECE})*")
_WORD = re.compile(_PIECE)
# One letter in Breton, written with an apostrophe: “c’hoari”.
_BRETON_CH = re.compile(r"(c)['’ʼ](h)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text; `start` and `end` (half-open) are positions in that text.

    `term` is "" for a word too common to be searched.
    """

    start: int
    end: int
    folded: str
    term: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words held together by hyphens, with the term of the word they make as one.

    `joined` is "" for a single word: “tiers-lieu” gives “tierslieu”, “lieu” nothing.
    """

    words: tuple[Word, ...]
    joined: str


def cut(text: str, language: str) -> Iterator[Chunk]:
    """Give the chunks of a text in reading order, without elided articles."""
    elided = find_language(language).elided
    for found in _CHUNK.finditer(text):
        words = tuple(_cut_chunk(found, language, elided))
        if not words:
            continue
        joined = ""
        if len(words) > 1:
            joined = find_term("".join(word.folded for word in words), language)
        yield Chunk(words, joined)


def _cut_chunk(
    found: re.Match[str], language: str, elided: frozenset[str]
) -> Iterator[Word]:
    chunk = found.group()
    if language == "br" and _BRETON_CH.search(chunk):
        # Same length, so that positions hold: the apostrophe becomes a combining
        # mark, which folding removes.
        chunk = _BRETON_CH.sub("\\1\u0300\\2", chunk)
    pieces = list(_WORD.finditer(chunk))
    for number, piece in enumerate(pieces):
        folded = fold_word(piece.group())
        is_last = number == len(pieces) - 1
        if not folded or (folded in elided and not is_last):
            continue
        yield Word(
            found.start() + piece.start(),
            found.start() + piece.end(),
            folded,
            find_term(folded, language),
        )


def analyse(text: str, language: str) -> str:
    """Return the text as the index stores it: terms, then joined terms.

    Joined terms come last so that the words around a hyphen stay neighbours and a
    phrase crosses them.
    """
    terms: list[str] = []
    joined: list[str] = []
    for chunk in cut(text, language):
        terms.extend(word.term for word in chunk.words if word.term)
        if chunk.joined:
            joined.append(chunk.joined[:LONGEST_TERM])
    return " ".join(terms + joined)
