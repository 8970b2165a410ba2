"""What the pages of shared resources say in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from resources.enums import ResourceKind
from resources.models import SharedResource

register = template.Library()


@register.simple_tag
def resource_origin(resource: SharedResource) -> SafeString:
    """Who shares it; of a work, its version, its day and its language."""
    author = resource.author_space
    parts: list[Any] = []
    if resource.version:
        parts.append(gettext("Version %(version)s") % {"version": resource.version})
    if resource.kind in ResourceKind.works() or resource.document_id:
        parts.append(formats.date_format(resource.published_on, "DATE_FORMAT"))
    if resource.language != get_language():
        parts.append(
            format_html(
                '<span lang="{}">{}</span>',
                resource.language,
                resource.get_language_display(),
            )
        )
    when = format_html(", ".join(["{}"] * len(parts)), *parts) if parts else ""
    if author is None:
        return format_html("{}", when)
    return format_html("{}. {}" if when else "{}", author.name, when)


@register.filter
def adapters(resource: SharedResource) -> str:
    """Who adapted it: each space once, or the adaptation where no space is public."""
    names = [
        one.author_space.name if one.author_space else f"« {one.title} »"
        for one in resource.public_adaptations
    ]
    return ", ".join(dict.fromkeys(names))
