"""Text that is safe in a calendar: no control character, a known length.

Programs disagree on what ends a line; some take NEL, VT or U+2028 for one. What
survives here holds no character that any of them could take for a line break,
apart from the line feeds of `clean_text`, which the serialiser escapes.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from .errors import UnsafeUrl

ELLIPSIS: Final = "…"

# C0 without tab and line feed, DEL, C1, and the two Unicode line breaks.
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_LINE_BREAK: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Not `\s`: the no-break spaces of French typography must stay.
_BLANKS: Final = re.compile("[ \t\n]+")
_LINE_EDGES: Final = re.compile("[ \t]*\n[ \t]*")
_EMPTY_LINES: Final = re.compile("\n{3,}")
# Marks that change the character before them, and the joiner of emoji.
_COMBINING: Final = re.compile(
    "[\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)


def clean_line(text: str, *, limit: int | None = None) -> str:
    """Return `text` on one line, every run of blanks one space, none at the edges.

    `limit` counts characters, the final ellipsis of a shortened text included.
    """
    return _shorten(_BLANKS.sub(" ", _without_controls(text)).strip(), limit)


def clean_text(text: str, *, limit: int | None = None) -> str:
    r"""Return `text` with ``\n`` as the only line break and at most one empty line.

    `limit` counts characters, the final ellipsis of a shortened text included.
    """
    lines = _LINE_EDGES.sub("\n", _without_controls(text))
    return _shorten(_EMPTY_LINES.sub("\n\n", lines).strip(), limit)


def clean_url(url: str) -> str:
    """Return `url` in ASCII, its foreign and forbidden characters percent-encoded.

    Raises:
        UnsafeUrl: it is not absolute, or neither http nor https.
    """
    try:
        # urlsplit drops tabs and line breaks silently; a cleaned URL has none.
        parts = urlsplit(_without_controls(url).replace("\n", "").strip())
        host = parts.netloc.encode("ascii").decode()
    except UnicodeEncodeError:
        host = _ascii_host(parts.netloc, url)
    except ValueError as error:
        raise UnsafeUrl(url) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UnsafeUrl(url)
    if not re.fullmatch(r"[A-Za-z0-9._~:@\[\]%!$&'()*+,;=-]+", host):
        raise UnsafeUrl(url)
    path, query, fragment = (
        quote(part, safe="/%:@!$&'()*+,;=~?-._")
        for part in (parts.path, parts.query, parts.fragment)
    )
    return urlunsplit((parts.scheme, host, path, query, fragment))


def html_to_text(html: str) -> str:
    """Return the words of `html` as `clean_text` would, a link as ``label (url)``.

    Paragraphs and headings are set apart by an empty line, each item of a list
    stands on a line of its own. Never raises: what is not HTML is text.
    """
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    return reader.text()


def _without_controls(text: str) -> str:
    """Normalise line breaks to line feeds, drop what no calendar may carry."""
    whole = text.encode("utf-8", "replace").decode()
    return _CONTROL.sub("", _LINE_BREAK.sub("\n", whole))


def _shorten(text: str, limit: int | None) -> str:
    """Cut at a space when one is near, never in the middle of a written sign."""
    if limit is None or len(text) <= limit:
        return text
    cut = max(limit - len(ELLIPSIS), 0)
    space = max(text.rfind(" ", 0, cut + 1), text.rfind("\n", 0, cut + 1))
    if space > cut * 2 // 3:
        cut = space
    while cut and (_COMBINING.match(text[cut]) or text[cut - 1] == "\u200d"):
        cut -= 1
    return (text[:cut].rstrip() + ELLIPSIS)[:limit]


def _ascii_host(host: str, url: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise UnsafeUrl(url) from error


class _TextReader(HTMLParser):
    """Collects text between tags; knows paragraphs, headings, items and links."""

    headings: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
    lists: Final = frozenset({"ul", "ol", "dl"})
    paragraphs: Final = (
        headings | lists | {"p", "blockquote", "figure", "table", "hr", "pre"}
    )
    lines: Final = frozenset({"br", "li", "tr", "div", "dt", "dd", "figcaption"})
    unread: Final = frozenset({"script", "style", "template", "head", "title"})
    bullet: Final = "- "

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._unread: list[str] = []
        self._depth = 0
        self._link: tuple[str, int] | None = None

    def text(self) -> str:
        self._end_link()
        return clean_text("".join(self._parts))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.unread:
            self._unread.append(tag)
        self._break(tag)
        if tag in self.lists:
            self._depth += 1
        elif tag == "li":
            self._parts.append(self.bullet)
        elif tag == "a":
            self._end_link()
            self._link = (dict(attrs).get("href") or "", len(self._parts))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unread:
            del self._unread[self._unread.index(tag) :]
        if tag in self.lists:
            self._depth = max(self._depth - 1, 0)
        if tag == "a":
            self._end_link()
        elif tag != "br":
            self._break(tag)

    def handle_data(self, data: str) -> None:
        # Line breaks in the source of a page are plain spaces.
        words = _BLANKS.sub(" ", _without_controls(data))
        if not self._unread and (words != " " or self._last() not in {"", " ", "\n"}):
            self._parts.append(words)

    def _last(self) -> str:
        return self._parts[-1][-1:] if self._parts else ""

    def _break(self, tag: str) -> None:
        if self._parts[-1:] == [self.bullet]:
            return
        if tag in self.paragraphs and not self._depth:
            self._parts.append("\n\n")
        elif tag in self.paragraphs | self.lines and self._last() != "\n":
            self._parts.append("\n")

    def _end_link(self) -> None:
        if self._link is None:
            return
        href, start = self._link
        self._link = None
        label = clean_line("".join(self._parts[start:]))
        try:
            address = clean_url(href)
        except UnsafeUrl:
            return
        if label in {href.strip(), address}:
            return
        self._parts.append(f" ({address})" if label else address)
