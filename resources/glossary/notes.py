"""The definitions of a body's words, listed at its end: no script, no second page."""

from __future__ import annotations

import re
from typing import Final
from zlib import crc32

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from resources.models import GlossaryTerm

# What GlossaryLinkHandler writes.
_TERM: Final = re.compile(r'<a class="term" href="([^"]*#terme-(\d+))">')


def add_definitions(html: SafeString) -> SafeString:
    """Return a rendered body followed by the definitions of the words it marks.

    Each word is described by its definition for who hears the page. A word that is gone
    from the glossary stays as plain text. One query, none where no word is marked.
    """
    keys = {int(found[2]) for found in _TERM.finditer(html)}
    if not keys:
        return html
    terms = GlossaryTerm.objects.in_bulk(keys)
    # Several bodies may stand on one page, a printed guide: their ids differ.
    body_key = f"{crc32(html.encode()):08x}"

    def link_term(found: re.Match[str]) -> str:
        key = int(found[2])
        if key not in terms:
            return "<a>"
        return format_html(
            '<a class="term" href="{}" aria-describedby="mot-{}-{}">',
            mark_safe(found[1]),  # noqa: S308 (already escaped)
            key,
            body_key,
        )

    linked = _TERM.sub(link_term, html)
    notes = render_to_string(
        "resources/glossary/notes.html",
        {
            "terms": sorted(terms.values(), key=lambda term: term.sort_key),
            "body_key": body_key,
        },
    )
    return mark_safe(linked + notes if terms else linked)  # noqa: S308 (both are safe)
