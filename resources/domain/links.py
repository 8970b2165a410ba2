"""Whether a text leads to a website, or to an e-mail, as mail programs understand it."""

from __future__ import annotations

import re
from typing import Final

# Mail programs make a link of “example.com” too. The endings are those that people, and
# those who advertise, write most; a full stop without a space (“merci.Nous”) is none.
_LINK: Final = re.compile(
    r"""
    [a-z0-9]://                         # a scheme
    | \bwww\.
    | \w\.[^\W\d]{2,24}/               # a host and its path
    | \w@[\w-]{1,63}\.\w               # an e-mail
    | \w\.(?:com|net|org|info|biz|fr|bzh|eu|io|ru|cn|me|co|xyz|shop|top|site|online
        |club|app|link|click|live|store|pro|dev|vip|win|bet|casino)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def holds_link(text: str) -> bool:
    """Tell whether a mail program would make a link of a part of ``text``."""
    return _LINK.search(text) is not None
