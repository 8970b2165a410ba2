"""Cells that a spreadsheet reads as text, never as a formula.

Source: OWASP, “CSV Injection”. A text that starts like a formula gets an apostrophe
before it; numbers are no texts and keep their sign.
"""

from __future__ import annotations

import datetime

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | float | datetime.date | None


def write_cell(value: Cell) -> str:
    """Write one value: ISO 8601 for a date, an empty text for None."""
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" ").startswith(_FORMULA_STARTS) else value
    return str(value)
