"""Links typed one a line: their words, then their address.

Only the web is linked to: an address of another kind, such as ``javascript:``, is
refused on writing and shown as plain words on reading.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SCHEMES = ("http", "https")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]")


class UnreadableLink(ValueError):
    """A line that ends with no address of the web."""

    def __init__(self, line: str) -> None:
        self.line = line
        super().__init__(line)


def read_links(text: str) -> list[tuple[str, str]]:
    """Return (words, address) of each line that is not blank.

    A line of an address alone is its own words.

    Raises:
        UnreadableLink: a line has no address of the web at its end.
    """
    found = split_links(text)
    for line, url in found:
        if not url:
            raise UnreadableLink(line)
    return found


def split_links(text: str) -> list[tuple[str, str]]:
    """Return (words, address) of each line; an unreadable one has no address."""
    lines = (line.strip() for line in text.splitlines())
    return [_split(line) for line in lines if line]


def _split(line: str) -> tuple[str, str]:
    *before, url = line.rsplit(None, 1)
    if not _is_safe(url):
        return line, ""
    return "".join(before).rstrip(" \t\xa0:–—-") or url, url


def _is_safe(url: str) -> bool:
    if _UNSAFE.search(url):
        return False
    try:
        parts = urlsplit(url)
        # Reading the port finds what is no number.
        known = parts.port != 0
    except ValueError:
        return False
    # A name before the host makes one site look like another.
    is_web = parts.scheme in _SCHEMES and bool(parts.hostname)
    return known and is_web and parts.username is None
