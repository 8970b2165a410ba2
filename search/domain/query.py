"""What a reader typed, understood: which words, which phrases, in which language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from search.domain.analysis import Word, cut
from search.domain.composing import compose
from search.domain.languages import find_language, find_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONGEST_QUERY = 200
MOST_WORDS = 12

Phrase = tuple[str, ...]

_QUOTED = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”')
# “tierslieu” is looked up as “tiers lieu” too; every cut is tried, so a query of many
# words tries none: its words already say enough.
_SHORTEST_SPLIT_WORD = 6
_LONGEST_SPLIT_WORD = 24
_MOST_SPLIT_WORDS = 3
_SHORTEST_LEFT, _SHORTEST_RIGHT = 2, 3


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for; a text answers it with any of the phrases.

    A phrase is a tuple of index terms that follow one another.
    """

    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A reader's words. `text` is what is looked for, shown back to the reader.

    `language` is the reader's. Without clauses nothing can be found: the text is
    empty, or made of words too common to search.
    """

    text: str
    language: str
    clauses: tuple[Clause, ...]
    is_shortened: bool = False

    @property
    def can_be_relaxed(self) -> bool:
        return len(self.clauses) > 1


def parse_query(
    text: str, language: str, *, also_in: Sequence[str] = ("fr",)
) -> SearchQuery:
    """Understand a reader's text.

    Between quotes (", « », “ ”) words are a phrase; a lone quote means nothing.
    `also_in` names the other languages of the texts that this reader is shown: each
    word is looked for in the form it takes there too. Longer than 200 characters or
    12 words is cut, which `is_shortened` says.
    """
    composed = " ".join(compose(text).split())
    kept = _shorten(composed)
    languages = tuple(dict.fromkeys((language, *also_in)))
    clauses = tuple(
        clause for part in _find_parts(kept) for clause in _read(part, languages)
    )
    # A hyphen makes two clauses alike: once is enough.
    distinct = tuple(dict.fromkeys(clauses))
    return SearchQuery(
        text=kept,
        language=language,
        clauses=distinct[:MOST_WORDS],
        is_shortened=kept != composed or len(distinct) > MOST_WORDS,
    )


def _shorten(text: str) -> str:
    if len(text) <= LONGEST_QUERY:
        return text
    cut_text = text[:LONGEST_QUERY]
    if text[LONGEST_QUERY] == " ":
        return cut_text
    whole_words, _, _ = cut_text.rpartition(" ")
    return whole_words or cut_text


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    is_phrase: bool


def _find_parts(text: str) -> Iterator[_Part]:
    position = 0
    for found in _QUOTED.finditer(text):
        yield _Part(text[position : found.start()], is_phrase=False)
        yield _Part("".join(filter(None, found.groups())), is_phrase=True)
        position = found.end()
    yield _Part(text[position:], is_phrase=False)


def _read(part: _Part, languages: tuple[str, ...]) -> Iterator[Clause]:
    words = [word for chunk in cut(part.text, languages[0]) for word in chunk.words]
    if part.is_phrase:
        yield from _read_phrase(words, languages)
    else:
        yield from _read_words(words, languages)


def _read_phrase(words: Sequence[Word], languages: tuple[str, ...]) -> Iterator[Clause]:
    phrases = []
    for language in languages:
        terms = (find_term(word.folded, language) for word in words)
        phrases.append(tuple(term for term in terms if term))
        if len(words) == 2:
            phrases.append((_join(words[0], words[1], language),))
    distinct = _keep_distinct(phrases)
    if distinct:
        yield Clause(distinct)


def _read_words(words: Sequence[Word], languages: tuple[str, ...]) -> Iterator[Clause]:
    searched = [word for word in words if word.term]
    neighbours: dict[Word, list[Phrase]] = {word: [] for word in searched}
    for left, right in pairwise(words):
        if left.term and right.term:
            for language in languages:
                phrase = (_join(left, right, language),)
                neighbours[left].append(phrase)
                neighbours[right].append(phrase)
    splits = len(searched) <= _MOST_SPLIT_WORDS
    for word in searched:
        phrases: list[Phrase] = []
        for language in languages:
            term = find_term(word.folded, language)
            if term:
                phrases.append((term,))
            if splits:
                phrases.extend(_split(word.folded, language))
        yield Clause(_keep_distinct(phrases + neighbours[word]))


def _keep_distinct(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """Drop repeated phrases, and those that a word too common leaves empty."""
    return tuple(dict.fromkeys(phrase for phrase in phrases if any(phrase)))


def _join(left: Word, right: Word, language: str) -> str:
    return find_term(left.folded + right.folded, language)


def _split(folded: str, language: str) -> Iterator[Phrase]:
    """Give the pairs of words that one word could be: “coworking”, “co working”."""
    if not _SHORTEST_SPLIT_WORD <= len(folded) <= _LONGEST_SPLIT_WORD:
        return
    if not folded.isalpha():
        return
    stop_words = find_language(language).stop_words
    for place in range(_SHORTEST_LEFT, len(folded) - _SHORTEST_RIGHT + 1):
        left, right = folded[:place], folded[place:]
        if left not in stop_words and right not in stop_words:
            yield find_term(left, language), find_term(right, language)
