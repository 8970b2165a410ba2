"""Writes the parts of a passage, with the reader's words marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search.domain.highlight import Part

register = template.Library()

_OPEN, _CLOSE, _NOTHING = mark_safe("<mark>"), mark_safe("</mark>"), ""


@register.simple_tag
def marked(parts: Iterable[Part]) -> SafeString:
    """Return the text of the parts, escaped, matches in ``<mark>``."""
    return format_html_join(
        "",
        "{}{}{}",
        (
            (_OPEN, part.text, _CLOSE)
            if part.is_match
            else (_NOTHING, part.text, _NOTHING)
            for part in parts
        ),
    )
