"""The canonical form of a charter's text, and its digest.

The form is the same wherever it is written: JSON (RFC 8259) in UTF-8, keys sorted, no
space between tokens, no escape but those that JSON needs, texts in Unicode form NFC
with line feeds alone. Whoever has the file can check the digest with ``sha256sum``.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CriterionText:
    """One criterion, as it is signed."""

    number: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article with its criteria in order."""

    number: int
    anchor: str
    title: str
    question: str
    text: str
    criteria: Sequence[CriterionText]


@dataclass(frozen=True, slots=True)
class CharterText:
    """One version in the language it was written in; its articles in order."""

    version: int
    language: str
    adopted_on: datetime.date
    preamble: str
    articles: Sequence[ArticleText]


def write_canonical_form(text: CharterText) -> bytes:
    """Return the bytes that the digest is made of."""
    return json.dumps(
        _normalise(asdict(text)),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode()


def compute_digest(canonical_form: bytes) -> str:
    """Return the SHA-256 (FIPS 180-4), 64 hexadecimal digits."""
    return hashlib.sha256(canonical_form).hexdigest()


def _normalise(value: Any) -> Any:
    match value:
        case str():
            # A form sends CR LF, a file LF: the text is the same.
            lines = value.replace("\r\n", "\n").replace("\r", "\n")
            return unicodedata.normalize("NFC", lines)
        case datetime.date():
            return value.isoformat()
        case dict():
            return {key: _normalise(one) for key, one in value.items()}
        case list() | tuple():
            return [_normalise(one) for one in value]
    return value
