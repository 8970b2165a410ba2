"""Text folded for looking up: no accent, no capital, no punctuation."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae"})
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return the words of ``text`` in lower case, unaccented, one space between.

    Apostrophes and hyphens separate words: “Tiers-lieu d’Étel” is found by “tiers
    lieu”, by “etel” and by “d'etel”.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    bare = "".join(one for one in decomposed if not unicodedata.combining(one))
    return _BETWEEN_WORDS.sub(" ", bare).strip()
