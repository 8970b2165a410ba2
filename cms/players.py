"""Video players that a page may load when a reader asks for one.

An address of a known host becomes the address of that host's player without
trackers; any other stays a link. ``PLAYER_ORIGINS`` is what the content policy lets
a frame show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

_IDENTIFIER = re.compile(r"^[\w-]{1,64}$")
_YOUTUBE = "https://www.youtube-nocookie.com"
_VIMEO = "https://player.vimeo.com"

PLAYER_ORIGINS = (_YOUTUBE, _VIMEO)


@dataclass(frozen=True, slots=True)
class Player:
    """Who holds a video, and the address of its player."""

    provider: str
    url: str


def find_player(address: str) -> Player | None:
    """Return the player of a video's address, None where no known host holds it."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    if host in {"youtube.com", "m.youtube.com"}:
        identifier = parse_qs(parts.query).get("v", [""])[0]
        return _player("YouTube", f"{_YOUTUBE}/embed/", identifier)
    if host == "youtu.be":
        return _player("YouTube", f"{_YOUTUBE}/embed/", parts.path.strip("/"))
    if host == "vimeo.com":
        return _player("Vimeo", f"{_VIMEO}/video/", parts.path.strip("/"))
    return None


def _player(provider: str, prefix: str, identifier: str) -> Player | None:
    if not _IDENTIFIER.match(identifier):
        return None
    return Player(provider, f"{prefix}{identifier}")
