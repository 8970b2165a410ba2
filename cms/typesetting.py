"""Sets a sheet: plain values in, a PDF or a PNG out.

The sources, in a folder ``typst/`` of each room that prints, are constant; what differs
goes in as JSON, which they show as text. Nothing that a person typed is ever read as
markup.

Only the fonts that typst carries are used, so that a sheet is the same on a machine
without fonts. They hold no emoji and no script of Asia, and PDF/UA-1 (ISO 14289-1)
refuses a sign without a drawing: those that they lack are left out.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import re
import shutil
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

import segno
import typst

LONGEST_WORD: Final = 22
"""Letters after which a word may be broken without a hyphen, so that none runs out."""

logger = logging.getLogger(__name__)

SHARED: Final = Path(__file__).with_name("typst")
"""What the sources of every room may import."""
_MOST_ATTEMPTS: Final = 4

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """What one file is made of; ``values`` hold texts, numbers, lists and mappings.

    ``folder`` holds ``source`` and whatever it imports. Its tag costs no typesetting: who
    has these bytes already is told without any.

    ``images`` are read when it is set, by the names that values give them: a name stands
    for one content for ever. Those that could be read are listed to the source.
    """

    source: str
    values: Values
    folder: Path
    images: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)

    @cached_property
    def etag(self) -> str:
        """A strong entity tag: the same one gives the same bytes."""
        return f'"{self.digest[:32]}"'

    @cached_property
    def digest(self) -> str:
        """What the bytes follow from, in hexadecimal."""
        inputs = _write(self.values, tidy)
        parts = [_fingerprint(self.folder), self.source, inputs]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def write_pdf(self) -> bytes:
        """Return a tagged PDF (PDF/UA-1), a few hundredths of a second a page."""
        pdf, _inputs, _images = self._settled
        return pdf

    def write_png(self) -> bytes:
        """Return the first page, one pixel a point."""
        _pdf, inputs, images = self._settled
        return self._typeset("png", inputs, images)

    @cached_property
    def _settled(self) -> tuple[bytes, str, dict[str, bytes]]:
        """The PDF, the values and the images that it could be made from.

        It is set again without the signs that the fonts cannot draw; where anything else
        stands in the way, with common signs and without images.
        """
        images = self._read_images()
        undrawn: frozenset[str] = frozenset()
        for _attempt in range(_MOST_ATTEMPTS):
            inputs = _write(self.values, partial(leave_out, signs=undrawn))
            try:
                return self._typeset("pdf", inputs, images), inputs, images
            except typst.TypstError as error:
                found = find_undrawn(error.diagnostic)
                if found <= undrawn:
                    logger.warning(
                        "%s is set as plain as can be: %s", self.source, error
                    )
                    break
                undrawn |= found
        inputs = _write(self.values, keep_common)
        return self._typeset("pdf", inputs, {}), inputs, {}

    def _read_images(self) -> dict[str, bytes]:
        """Read what is there: a file may be lost while its record stays."""
        found = {}
        for name, read in self.images.items():
            with suppress(OSError):
                found[name] = read()
        return found

    def _typeset(
        self, form: Literal["pdf", "png"], inputs: str, images: Mapping[str, bytes]
    ) -> bytes:
        options: Any = {"pdf_standards": ["ua-1"]} if form == "pdf" else {"ppi": 72.0}
        with TemporaryDirectory() as root:
            for path in _list_sources(self.folder):
                shutil.copyfile(path, Path(root, path.name))
            for name, content in images.items():
                Path(root, name).write_bytes(content)
            written: Any = typst.compile(
                str(Path(root, self.source)),
                root=root,
                format=form,
                font_paths=[],
                ignore_system_fonts=True,
                sys_inputs={"values": inputs, "images": json.dumps(sorted(images))},
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
    return _OVERLONG.sub(_let_break, plain)


def keep_common(text: str) -> str:
    """Return tidy text, of the signs that European languages are written with."""
    plain = tidy(text)
    signs = {sign for sign in plain if sign not in "\n\u200b" and not _is_common(sign)}
    return leave_out(plain, frozenset(signs))


def leave_out(text: str, signs: frozenset[str]) -> str:
    """Return tidy text without ``signs``, nor the space that one leaves at its edge."""
    plain = tidy(text)
    kept = "".join(sign for sign in plain if sign not in signs)
    if kept != plain:
        # A text may be a piece of a line: the spaces that it had there separate words.
        before = " " if plain[:1].isspace() else ""
        after = " " if plain[-1:].isspace() else ""
        kept = f"{before}{kept.strip()}{after}"
    return kept


def find_undrawn(diagnostic: str) -> frozenset[str]:
    """Return the signs that typst says no font of its own has a drawing for."""
    texts = _UNDRAWN.findall(diagnostic)
    shown = (_ESCAPED.sub(lambda found: chr(int(found[1], 16)), one) for one in texts)
    return frozenset(sign for text in shown for sign in text if not _is_common(sign))


def shorten(text: str, length: int) -> str:
    """Return ``text``, cut with “…” where it is longer than ``length``."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


_UNDRAWN: Final = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_OVERLONG: Final = re.compile(rf"[^\s\u200b]{{{LONGEST_WORD + 1},}}")
_UNSEEN: Final = {"Cc", "Cf", "Cn", "Co", "Cs"}


def _is_common(sign: str) -> bool:
    # Latin with its diacritics, then punctuation, the euro and arrows.
    code = ord(sign)
    return code <= 0x17F or sign in "–—‘’“”„†•…‰‹›€→←№−\u2009\u202f"


def _let_break(found: re.Match[str]) -> str:
    word = found[0]
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


_OURS: Final = {"qr", "mark", "language", "link", "image"}


def _list_sources(folder: Path) -> list[Path]:
    return [*sorted(SHARED.glob("*.typ")), *sorted(folder.glob("*.typ"))]


@cache
def _fingerprint(folder: Path) -> str:
    """What else the bytes follow from: the sources and the typesetter."""
    sources = b"".join(path.read_bytes() for path in _list_sources(folder))
    return f"{version('typst')} {hashlib.sha256(sources).hexdigest()}"
