"""Reading a record's texts in a language (design decision D7).

A record keeps its French texts in its own columns. A translated text, where one
exists, lives in a side model; a reader gets the text of the language, else French,
and the page marks French with ``lang``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

SOURCE_LANGUAGE = "fr"


class RecordText:
    """The texts of one record in one language, an attribute for each field."""

    def __init__(self, language: str, texts: Mapping[str, Any]) -> None:
        self.language = language
        self._texts = dict(texts)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_texts"][name]
        except KeyError:
            raise AttributeError(f"this text has no “{name}”") from None


class RecordTextMixin:
    """A record whose texts can be read in a language."""

    translated_fields: ClassVar[Sequence[str]] = ()

    def text_in(self, language: str) -> RecordText:
        """Return the texts in ``language``, or the French ones marked as French."""
        return RecordText(
            SOURCE_LANGUAGE,
            {name: getattr(self, name) for name in self.translated_fields},
        )
