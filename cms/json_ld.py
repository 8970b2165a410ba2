"""Facts for search engines and assistants, as a JSON-LD data block of a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# What could end the script element, or a line in an old engine.
_ESCAPES: Final = {ord(one): f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"}


def write_data_block(facts: Mapping[str, Any]) -> SafeString:
    """Return a script element that browsers do not run; no fact can close it."""
    text = json.dumps(facts, ensure_ascii=False).translate(_ESCAPES)
    escaped = mark_safe(text)  # noqa: S308 (escaped just above)
    return format_html('<script type="application/ld+json">{}</script>', escaped)
