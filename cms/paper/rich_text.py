"""Reads the HTML of a rich text into paragraphs and lists of runs.

A run is a text with one look: ``{"text": "mot", "bold": True, "link": "https://…"}``. An
element that a rich text does not know degrades to its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag
from bs4.element import PreformattedString

Node = dict[str, Any]
Follow = Callable[[str], Mapping[str, str]]
"""What a run gets from the address of its link, such as ``{"link": "https://…"}``."""

_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    ]
)
_LISTS: Final = {"ul": False, "ol": True}
_LOOKS: Final = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
_SILENT: Final = frozenset({"script", "style", "template", "head", "title"})
_DEEPEST: Final = 12
"""Elements within elements; below, their text alone counts."""
_LONGEST_ADDRESS: Final = 2000
# A space that holds two words together stays.
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")


def read_rich_text(html: str, follow: Follow) -> list[Node]:
    """Return the paragraphs and lists of ``html``, none of them empty.

    ``{"block": "paragraph", "runs": […]}`` or ``{"block": "list", "is_ordered": False,
    "items": [[paragraph, list…], …]}``.
    """
    return _Reading(follow).read(BeautifulSoup(html, "html.parser"))


def make_absolute(address: str, site_url: str) -> str:
    """Return where a link of the site leads from paper; empty where nothing opens it."""
    address = address.strip()
    try:
        absolute = urljoin(f"{site_url}/", address)
        scheme = urlsplit(absolute).scheme
    except ValueError:
        return ""
    is_open = scheme in ("http", "https", "mailto", "tel")
    is_plain = absolute.isprintable() and " " not in absolute
    if not address or address.startswith("#") or not is_open or not is_plain:
        return ""
    return absolute if len(absolute) <= _LONGEST_ADDRESS else ""


class _Reading:
    """One reading of a text: the blocks that are done, and the runs of the next one."""

    def __init__(self, follow: Follow) -> None:
        self.follow = follow
        self.blocks: list[Node] = []
        self.runs: list[Node] = []

    def read(self, element: Tag, depth: int = 0) -> list[Node]:
        """Return the blocks within ``element``."""
        self._enter(element, {}, depth)
        self._end_paragraph()
        return self.blocks

    def _enter(self, element: Tag, look: Node, depth: int) -> None:
        for child in element.children:
            self._take(child, look, depth)

    def _take(self, child: PageElement, look: Node, depth: int) -> None:
        match child:
            # Comments, doctypes, CDATA.
            case PreformattedString():
                return
            case NavigableString():
                self._add(str(child), look)
            case Tag(name="br"):
                self.runs.append({"text": "\n"})
            case Tag(name=name) if name in _SILENT:
                return
            case Tag() if depth >= _DEEPEST:
                self._add(child.get_text(" "), look)
            case Tag(name=name) if name in _LISTS:
                self._end_paragraph()
                self.blocks += self._read_list(child, look, depth)
            case Tag(name=name) if name in _BLOCKS:
                self._end_paragraph()
                self._enter(child, look, depth + 1)
                self._end_paragraph()
            case Tag():
                self._enter(child, look | self._find_look(child), depth + 1)

    def _find_look(self, tag: Tag) -> Node:
        if tag.name in _LOOKS:
            return {_LOOKS[tag.name]: True}
        if tag.name == "a" and tag.get("href"):
            return dict(self.follow(str(tag["href"])))
        return {}

    def _read_list(self, tag: Tag, look: Node, depth: int) -> Iterator[Node]:
        items = [
            item
            # What stands in a list outside its items is an item of its own.
            for child in tag.children
            if (item := _Reading(self.follow)._read_item(child, look, depth))
        ]
        if items:
            yield {"block": "list", "is_ordered": _LISTS[tag.name], "items": items}

    def _read_item(self, child: PageElement, look: Node, depth: int) -> list[Node]:
        if isinstance(child, Tag) and child.name == "li":
            self._enter(child, look, depth + 1)
        else:
            self._take(child, look, depth + 1)
        self._end_paragraph()
        return self.blocks

    def _add(self, text: str, look: Node) -> None:
        text = _BLANKS.sub(" ", text)
        if not text:
            return
        last = self.runs[-1] if self.runs else None
        if (
            last is not None
            and last["text"] != "\n"
            and (last | {"text": ""}) == (look | {"text": ""})
        ):
            last["text"] += text
            return
        self.runs.append({**look, "text": text})

    def _end_paragraph(self) -> None:
        runs = list(_join_spaces(self.runs))
        self.runs = []
        if runs:
            self.blocks.append({"block": "paragraph", "runs": runs})


def _join_spaces(runs: list[Node]) -> Iterator[Node]:
    """Yield runs with one space between two words, and none at the edges of a line."""
    kept: list[Node] = []
    ends_blank = True
    for run in runs:
        text = run["text"]
        if text == "\n":
            _trim_end(kept)
            ends_blank = True
        else:
            text = _BLANKS.sub(" ", text)
            text = text.removeprefix(" ") if ends_blank else text
            if not text:
                continue
            ends_blank = text.endswith(" ")
        kept.append({**run, "text": text})
    while kept and kept[-1]["text"] == "\n":
        kept.pop()
    _trim_end(kept)
    while kept and kept[0]["text"] == "\n":
        kept.pop(0)
    yield from kept


def _trim_end(runs: list[Node]) -> None:
    if runs and runs[-1]["text"] != "\n":
        runs[-1]["text"] = runs[-1]["text"].rstrip(" ")
        if not runs[-1]["text"]:
            runs.pop()
