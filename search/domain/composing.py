"""Text whose positions hold: one sign for each letter, no control character."""

from __future__ import annotations

import unicodedata


def compose(text: str) -> str:
    """Return the text with composed letters and without control characters.

    Positions in a text hold only after this: “e” + U+0301 becomes one letter.
    """
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        " " if unicodedata.category(letter) == "Cc" else letter for letter in composed
    )
