"""How each language of the site cuts a text into words and reduces a word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import snowballstemmer

from cms.folding import fold
from search.domain import french
from search.domain.french import read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ENGLISH_STOP_WORDS = read_words("""
    a about an and are as at be been but by can do does for from had has have how i if
    in into is it its me my no not of on or our s so t than that the their them then
    there these they this those to us was we were what when where which who why will
    with would you your
""")
_BRETON_STOP_WORDS = read_words("""
    a ac al an ar da dre e eo eus evit ez ganeoc gant ha hag he hep her i ken ma met
    na ne o oc pe pehini rak re ur un ul us war zo
""")
_english = snowballstemmer.stemmer("english")
_SHORTEST_BRETON_PLURAL = 5


def _stem_english(word: str) -> str:
    stemmed: str = _english.stemWord(word)
    return stemmed


def _stem_breton(word: str) -> str:
    """Take the commonest plurals away: “labouradegoù”, “skolioù”."""
    if len(word) > _SHORTEST_BRETON_PLURAL:
        for plural in ("iou", "ou"):
            if word.endswith(plural):
                return word.removesuffix(plural)
    return word


@dataclass(frozen=True, slots=True)
class Language:
    """The rules of one language; words are folded everywhere."""

    stop_words: frozenset[str]
    elided: frozenset[str]
    reduce: Callable[[str], str]


FRENCH = Language(french.STOP_WORDS, french.ELIDED, french.stem)
LANGUAGES: Mapping[str, Language] = {
    "fr": FRENCH,
    "en": Language(_ENGLISH_STOP_WORDS, frozenset(), _stem_english),
    "br": Language(_BRETON_STOP_WORDS, frozenset(), _stem_breton),
}

# Longer is no word of any language, and PostgreSQL refuses 2 KB.
LONGEST_TERM = 64
_HAS_DIGIT = re.compile(r"\d")


def find_language(code: str) -> Language:
    """Return the rules for a language code; an unknown language reads as French."""
    return LANGUAGES.get(code, FRENCH)


@lru_cache(maxsize=50_000)
def find_term(folded: str, code: str) -> str:
    """Return the index term of a folded word, "" when it is too common to search.

    A word with a digit is kept as it is: “18h30”, “2026”.
    """
    language = find_language(code)
    if folded in language.stop_words:
        return ""
    if _HAS_DIGIT.search(folded):
        return folded[:LONGEST_TERM]
    return language.reduce(folded)[:LONGEST_TERM]


def fold_word(word: str) -> str:
    """Return a word as the index writes it, before its stem is taken.

    What folding leaves that is neither letter nor digit goes.
    """
    return "".join(letter for letter in fold(word) if letter.isalnum())
