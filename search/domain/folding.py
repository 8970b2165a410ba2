"""Letters without their case, accents and ligatures, so that “Œuvre” is “oeuvre”."""

from __future__ import annotations

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})


def fold(text: str) -> str:
    """Return the text in lower case, ligatures opened, marks removed.

    Compatibility forms are opened too: “m²” gives “m2”.
    """
    opened = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(letter for letter in opened if not unicodedata.combining(letter))


def compose(text: str) -> str:
    """Return the text with composed letters and without control characters.

    Positions in a text hold only after this: “e” + U+0301 becomes one letter.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        " " if unicodedata.category(letter) == "Cc" else letter for letter in composed
    )
