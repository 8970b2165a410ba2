"""Words as a reader types them: without capitals, accents or ligatures.

SQLite's ``LIKE`` does not find “École” for “école”. Records that lists filter keep a
column of folded text, and a query is folded in the same way.
"""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ʼ": "'"})


def fold(text: str) -> str:
    """Return the text in lower case, accents and ligatures taken apart."""
    opened = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(letter for letter in opened if not unicodedata.combining(letter))


def fold_words(text: str) -> list[str]:
    """Return the folded words of a query, once each, in order.

    “tiers-lieu” is two words, so that “tiers lieu” is found as well.
    """
    return list(dict.fromkeys(re.findall(r"\w+", fold(text))))
