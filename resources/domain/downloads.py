"""Which requests for a file are somebody who takes it away.

A number that people read must count people: programs that look ahead, the next pieces
of a file begun already and robots that give their name are left out. Nothing here, nor
anywhere else, tells one person from another: whoever comes twice counts twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Words that robots put in their own name (User-Agent), in lower case: search engines,
# site checkers, previews of links in messaging, libraries that scripts are written with.
ROBOT_WORDS: Final = (
    "bot", "crawl", "spider", "slurp", "archiver", "preview", "facebookexternalhit",
    "whatsapp", "monitor", "checker", "validator", "curl", "wget", "python-", "go-http",
    "java/", "headless",
)  # fmt: skip

# What browsers say of a request that nobody asked for yet: Sec-Purpose (Fetch standard,
# section 4.6), Purpose (Chromium and Safari before it), X-Moz (Firefox before it).
_LOOKING_AHEAD: Final = ("sec-purpose", "purpose", "x-purpose", "x-moz")


def counts_as_download(method: str, headers: Mapping[str, str]) -> bool:
    """Tell whether a request takes a file away for the first time.

    Args:
        method: as HTTP writes it; only ``GET`` brings the file.
        headers: by their names, in any case.
    """
    given = {name.lower(): value.strip().lower() for name, value in headers.items()}
    agent = given.get("user-agent", "")
    return (
        method == "GET"
        and not any(
            word in given.get(name, "")
            for name in _LOOKING_AHEAD
            for word in ("prefetch", "prerender", "preview")
        )
        and not _continues(given.get("range", ""))
        and not any(word in agent for word in ROBOT_WORDS)
    )


def _continues(range_: str) -> bool:
    """True for a later piece of a file (RFC 9110 section 14.2): not from its first byte.

    The last bytes alone (``bytes=-500``) are a later piece too.
    """
    return range_.startswith("bytes=") and not range_.startswith("bytes=0-")
