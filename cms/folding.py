"""Text folded for looking up: no capitals, no accents, no ligatures.

SQLite's ``LIKE`` does not find “École” for “école”. Records that lists filter keep a
column of folded text, and a query is folded in the same way. Pure Python: the domain
of every room may use it.
"""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "’": "'", "ʼ": "'"}
)
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return the text in lower case, accents and ligatures taken apart.

    Compatibility forms are opened too: “m²” gives “m2”.
    """
    opened = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(letter for letter in opened if not unicodedata.combining(letter))


def fold_to_words(text: str) -> str:
    """Return the folded words of ``text``, one space between.

    Apostrophes and hyphens separate words: “Tiers-lieu d’Étel” is found by “tiers
    lieu”, by “etel” and by “d'etel”.
    """
    return _BETWEEN_WORDS.sub(" ", fold(text)).strip()


def fold_words(text: str) -> list[str]:
    """Return the folded words of a query, once each, in order."""
    return list(dict.fromkeys(fold_to_words(text).split()))
