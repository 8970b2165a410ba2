"""The order of a directory: “L’Estran” stands at E, in French as in Breton."""

from __future__ import annotations

import re

_ARTICLE = re.compile(r"^(?:l'|d'|les? |la |the |an |ar |al |ur |un |ul )(?=\w)")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def make_sort_key(folded_name: str) -> str:
    """Return what a name without capitals nor accents sorts by.

    The leading article goes to the end, so that two names never share a key by it.
    """
    article = _ARTICLE.match(folded_name)
    key = folded_name
    if article:
        key = f"{folded_name[article.end() :]} {article.group()}"
    return _BETWEEN_WORDS.sub(" ", key).strip()
