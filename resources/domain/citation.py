"""How to name a shared resource in somebody else's document."""

from __future__ import annotations

from collections.abc import Iterable


def compose_citation(
    *, authors: str, year: int, title: str, rest: Iterable[str], url: str
) -> str:
    """Return one line: who, when, what, then ``rest`` (version, licence…), where.

    Empty parts are left out, and no part ends in two full stops.
    """
    beginning = f"{authors} ({year})" if authors else f"({year})"
    parts = [beginning, title, *rest, url]
    return ". ".join(part.rstrip(". ") for part in parts if part.strip(". "))
