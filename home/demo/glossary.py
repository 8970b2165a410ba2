"""The words of the glossary, and the texts that use them."""

from __future__ import annotations

import datetime
import re
from functools import cached_property
from typing import Final

from home.demo.content_files import read_content
from resources.models import GlossaryTerm

# A body names a word by its slug; the database by its key.
_NAMED_WORD: Final = re.compile(r"mot:([a-z0-9-]+)")


def load_words(now: datetime.datetime) -> int:
    """Create the words that are missing, known by their name."""
    known = set(GlossaryTerm.objects.values_list("name", flat=True))
    rows = [row for row in _list_words() if row["name"] not in known]
    for row in rows:
        term = GlossaryTerm(**{key: row[key] for key in row if key != "slug"})
        term.full_clean()
        term.save()
    return len(rows)


class WordLinks:
    """Puts keys in place of the slugs by which bodies name words; one query, or none."""

    @cached_property
    def keys(self) -> dict[str, int]:
        """The key of each word by its slug; 0, which is nobody's, for one that is gone."""
        keys = dict(GlossaryTerm.objects.values_list("name", "pk"))
        return {row["slug"]: keys.get(row["name"], 0) for row in _list_words()}

    def write(self, body: str) -> str:
        """Return a stored body whose words are named by their keys."""
        return _NAMED_WORD.sub(lambda found: str(self.keys[found[1]]), body)


def _list_words() -> list[dict[str, str]]:
    words: list[dict[str, str]] = read_content("glossary")["term"]
    return words
