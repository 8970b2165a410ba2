"""Template tags of charters."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from resources.domain.charter_changes import Mark, Piece

register = template.Library()


# What follows a word without a space.
_CLOSING = ",.;:!?)…"


@register.simple_tag
def changed_words(pieces: Iterable[Piece]) -> SafeString:
    """Words that stayed, went and came.

    Most screen readers say nothing of ``<ins>`` and ``<del>``: what went and what came
    is also said, out of sight.
    """
    shown = list(pieces)
    parts = []
    for before, piece in zip([None, *shown], shown, strict=False):
        parts.append((_part(before, piece), _write_piece(piece)))
    return format_html_join("", "{}{}", parts)


def _part(before: Piece | None, piece: Piece) -> str:
    """Return the space that what went leaves between words of two texts."""
    if before is None or Mark.REMOVED not in (before.mark, piece.mark):
        return ""
    is_apart = before.text[-1].isspace() or piece.text[0] in _CLOSING
    return "" if is_apart else " "


def _write_piece(piece: Piece) -> SafeString | str:
    if piece.mark == Mark.SAME:
        return piece.text
    tag, said = (
        ("del", gettext("[removed:"))
        if piece.mark == Mark.REMOVED
        else ("ins", gettext("[added:"))
    )
    words = piece.text.rstrip()
    return format_html(
        '<{tag}><span class="visually-hidden">{said} </span>{words}'
        '<span class="visually-hidden">]</span></{tag}>{space}',
        tag=tag,
        said=said,
        words=words,
        space=piece.text[len(words) :],
    )
