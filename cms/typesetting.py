"""Sets a sheet: plain values in, a PDF or a PNG out.

The sources, in a folder ``typst/`` of each room that prints, are constant; what differs
goes in as JSON, which they show as text. Nothing that a person typed is ever read as
markup.

Only the fonts that typst carries are used, so that a sheet is the same on a machine
without fonts. They hold no emoji and no script of Asia, and PDF/UA-1 (ISO 14289-1)
refuses a sign without a drawing: where they lack one, the rarer signs are left out.
"""

from __future__ import annotations

import hashlib
import io
import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Literal

import segno
import typst

LONGEST_WORD: Final = 22
"""Letters after which a word may be broken without a hyphen, so that none runs out."""

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """What one file is made of; ``values`` hold texts, numbers, lists and mappings.

    ``folder`` holds ``source`` and whatever it imports. Its tag costs no typesetting: who
    has these bytes already is told without any.
    """

    source: str
    values: Values
    folder: Path

    @cached_property
    def etag(self) -> str:
        """A strong entity tag: the same one gives the same bytes."""
        return f'"{self.digest[:32]}"'

    @cached_property
    def digest(self) -> str:
        """What the bytes follow from, in hexadecimal."""
        parts = [_fingerprint(self.folder), self.source, self._inputs]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def write_pdf(self) -> bytes:
        """Return a tagged PDF (PDF/UA-1), a few hundredths of a second a page."""
        return self._typeset("pdf", self._readable_inputs)

    def write_png(self) -> bytes:
        """Return the first page, one pixel a point."""
        return self._typeset("png", self._readable_inputs)

    @cached_property
    def _inputs(self) -> str:
        return _write(self.values, tidy)

    @cached_property
    def _readable_inputs(self) -> str:
        """The values, without what the fonts cannot draw; the check is a typesetting."""
        try:
            self._typeset("pdf", self._inputs)
        except typst.TypstError:
            return _write(self.values, keep_common)
        return self._inputs

    def _typeset(self, form: Literal["pdf", "png"], inputs: str) -> bytes:
        options: Any = {"pdf_standards": ["ua-1"]} if form == "pdf" else {"ppi": 72.0}
        written: Any = typst.compile(
            str(self.folder / self.source),
            root=str(self.folder),
            format=form,
            font_paths=[],
            ignore_system_fonts=True,
            sys_inputs={"values": inputs},
            **options,
        )
        return bytes(written)


def draw_qr(address: str) -> str:
    """Return a QR code (ISO/IEC 18004) of an address, as SVG without its margin."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", xmldecl=False, svgclass=None, lineclass=None, border=0
    )
    return drawing.getvalue().decode()


def tidy(text: str) -> str:
    """Return text without control signs, its overlong words made breakable."""
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFC", " ".join(text.split(" ")))
        if sign == "\n" or unicodedata.category(sign) not in _UNSEEN
    )
    return " ".join(_let_break(word) for word in plain.split(" "))


def keep_common(text: str) -> str:
    """Return tidy text, of the signs that European languages are written with."""
    kept = (sign for sign in tidy(text) if sign in "\n\u200b" or _is_common(sign))
    return "".join(kept).strip()


def shorten(text: str, length: int) -> str:
    """Return ``text``, cut with “…” where it is longer than ``length``."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


_UNSEEN: Final = {"Cc", "Cf", "Cn", "Co", "Cs"}


def _is_common(sign: str) -> bool:
    # Latin with its diacritics, then punctuation, the euro and arrows.
    code = ord(sign)
    return code <= 0x17F or sign in "–—‘’“”„†•…‰‹›€→←№−\u2009\u202f"


def _let_break(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    pieces = range(0, len(word), LONGEST_WORD)
    return "\u200b".join(word[start : start + LONGEST_WORD] for start in pieces)


def _write(values: Values, clean: Callable[[str], str]) -> str:
    return json.dumps(_map_texts(values, clean), ensure_ascii=False, sort_keys=True)


def _map_texts(value: Any, clean: Callable[[str], str]) -> Any:
    """Clean every text within; drawings and addresses are ours and stay whole."""
    match value:
        case str():
            return clean(value)
        case Mapping():
            cleaned = {
                key: one if key in _OURS else _map_texts(one, clean)
                for key, one in value.items()
            }
            if "title" in cleaned and not cleaned["title"].strip("\u200b "):
                # A heading cannot be empty.
                cleaned["title"] = cleaned.get("kind") or "–"
            return cleaned
        case list() | tuple():
            return [_map_texts(one, clean) for one in value]
    return value


_OURS: Final = {"qr", "mark", "language", "link"}


@cache
def _fingerprint(folder: Path) -> str:
    """What else the bytes follow from: the sources and the typesetter."""
    sources = b"".join(path.read_bytes() for path in sorted(folder.glob("*.typ")))
    return f"{version('typst')} {hashlib.sha256(sources).hexdigest()}"
