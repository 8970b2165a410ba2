"""Several bodies read together, for a page that shows them all.

Read one by one, each asks for its own images, documents, pages and links; together they
cost the queries of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final
from uuid import uuid4

from django.db.models import Prefetch, prefetch_related_objects
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.images import get_image_model
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText, expand_db_html

# How a rich text stores a link to a page of the site.
_PAGE_LINK: Final = re.compile(
    r'<a(?=[^>]*\slinktype="page")[^>]*\sid="(\d{1,18})"[^>]*>'
)


class ExpandedText(RichText):
    """A rich text whose links were followed already: ``html`` asks for nothing."""

    def __init__(self, source: str, html: str) -> None:
        super().__init__(source)
        self.html = html

    def __html__(self) -> SafeString:
        return render_to_string("wagtailcore/shared/richtext.html", {"html": self.html})


def load_together(
    bodies: Sequence[StreamValue], *, filter_specs: Sequence[str] = ()
) -> list[StreamValue]:
    """Return the same bodies, read in a constant number of queries.

    Headings begin with a title, so that a level is never skipped. Images have their
    renditions of ``filter_specs`` at hand, where these were made before.
    """
    if not bodies:
        return []
    block = bodies[0].stream_block
    stored = [
        [one for one in body.raw_data if one["type"] in block.child_blocks]
        for body in bodies
    ]
    whole = list(block.to_python([one for body in stored for one in body]))
    _expand_together(list(_find_texts(whole)))
    _prefetch_renditions(list(find_images(whole)), filter_specs)
    loaded, start = [], 0
    for body in stored:
        children = whole[start : start + len(body)]
        start += len(body)
        _promote_first_headings(children)
        loaded.append(
            StreamValue(
                block, [(one.block_type, one.value, one.id) for one in children]
            )
        )
    return loaded


def find_images(values: Any) -> Iterator[Any]:
    """Yield each image of a body, or of the children of one."""
    for value, _replace in _walk(values):
        if isinstance(value, get_image_model()):
            yield value


def _find_texts(values: Any) -> Iterator[tuple[RichText, Callable[[RichText], None]]]:
    for value, replace in _walk(values):
        if isinstance(value, RichText):
            yield value, replace


def _walk(values: Any) -> Iterator[tuple[Any, Callable[[Any], None]]]:
    """Yield each single value with the way to put another in its place."""
    if isinstance(values, StructValue):
        for name, value in list(values.items()):
            yield from _walk_one(value, partial(values.__setitem__, name))
        return
    children = values.bound_blocks if isinstance(values, ListValue) else values
    for child in children:
        yield from _walk_one(child.value, partial(setattr, child, "value"))


def _walk_one(
    value: Any, replace: Callable[[Any], None]
) -> Iterator[tuple[Any, Callable[[Any], None]]]:
    if isinstance(value, (StructValue, ListValue, StreamValue)):
        yield from _walk(value)
    else:
        yield value, replace


def _expand_together(texts: list[tuple[RichText, Callable[[RichText], None]]]) -> None:
    # Nobody can have typed it.
    seam = f"<!--{uuid4().hex}-->"
    sources = [text.source for text, _replace in texts]
    whole = expand_db_html(_follow_page_links(seam.join(sources)))
    expanded = whole.split(seam)
    if len(expanded) != len(texts):
        # A text left a tag open over the seam.
        expanded = [expand_db_html(source) for source in sources]
    for (text, replace), html in zip(texts, expanded, strict=True):
        replace(ExpandedText(text.source, html))


def _follow_page_links(html: str) -> str:
    """Put addresses in place of the keys of pages; a page that is not live has none.

    Wagtail's own way asks for the language once for each link. Three queries, none where
    no page is linked.
    """
    keys = {int(found[1]) for found in _PAGE_LINK.finditer(html)}
    if not keys:
        return html
    pages = Page.objects.live().in_bulk(keys)
    translated = {
        page.translation_key: page
        for page in Page.objects.live().filter(
            translation_key__in=[page.translation_key for page in pages.values()],
            locale=Locale.get_active(),
        )
    }

    def write(found: re.Match[str]) -> str:
        page = pages.get(int(found[1]))
        url = page and translated.get(page.translation_key, page).url
        return format_html('<a href="{}">', url) if url else "<a>"

    return _PAGE_LINK.sub(write, html)


def _prefetch_renditions(images: list[Any], filter_specs: Sequence[str]) -> None:
    if not images or not filter_specs:
        return
    renditions = get_image_model().get_rendition_model().objects
    queryset = renditions.filter(filter_spec__in=filter_specs)
    # The same picture may be there twice.
    prefetch_related_objects(
        images, Prefetch("renditions", queryset, to_attr="prefetched_renditions")
    )


def _promote_first_headings(children: Sequence[Any]) -> None:
    """Make titles of the subtitles that no title stands above."""
    for child in children:
        if child.block_type != "heading":
            continue
        if child.value["level"] == "h2":
            return
        child.value["level"] = "h2"
