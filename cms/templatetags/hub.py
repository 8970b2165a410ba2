"""Template tags of every room."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from cms import querystrings
from cms.record_text import RecordText, RecordTextMixin

register = template.Library()


@register.simple_tag
def record_text(record: RecordTextMixin) -> RecordText:
    """The record's texts in the page's language, or in French."""
    return record.text_in(get_language() or "fr")


@register.simple_tag
def lang_attribute(text: Any) -> SafeString | str:
    """`` lang="fr"`` for a text that is not in the page's language."""
    language = getattr(text, "language", text)
    if not language or language == get_language():
        return ""
    return format_html(' lang="{}"', language)


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """The page's own query string with some parameters set (None removes one)."""
    parameters = dict(context["request"].GET.lists())
    return querystrings.with_parameter(
        parameters,
        **{k: None if v in (None, "") else str(v) for k, v in changes.items()},
    )


@register.filter
def weight(size: int) -> str:
    """A file's weight as people say it, in thousands of bytes: “46 kB”, “1.2 MB”."""
    kilobytes = max(size / 1000, 0.1)
    number, unit = (
        (kilobytes / 1000, gettext("%(number)s MB"))
        if kilobytes >= 1000
        else (kilobytes, gettext("%(number)s kB"))
    )
    return unit % {"number": number_format(number, 0 if number >= 10 else 1)}
