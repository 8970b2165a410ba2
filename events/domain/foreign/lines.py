"""From bytes to the lines that matter, before any parser sees them.

A file is cut into its components here, and each event holds only the properties that
are read: what a parser does with alarms, attachments, people and private properties
is of no concern. All limits are those of `values.Limits`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .values import Problem, UnreadableCalendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .values import Limits

_READ: Final[dict[str, frozenset[str]]] = {
    "VCALENDAR": frozenset({"X-WR-CALNAME", "NAME", "X-WR-TIMEZONE"}),
    "VTIMEZONE": frozenset({"TZID", "X-LIC-LOCATION"}),
    "STANDARD": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"}),
    "DAYLIGHT": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"}),
    "VEVENT": frozenset(
        {
            "UID",
            "DTSTART",
            "DTEND",
            "DURATION",
            "RRULE",
            "EXRULE",
            "RDATE",
            "EXDATE",
            "RECURRENCE-ID",
            "SEQUENCE",
            "DTSTAMP",
            "SUMMARY",
            "DESCRIPTION",
            "LOCATION",
            "URL",
            "STATUS",
            "CLASS",
            "CATEGORIES",
        }
    ),
}
_NEVER_NESTED: Final = frozenset(
    {"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"}
)
_NAME: Final = re.compile(r"\s*([A-Za-z0-9-]+)\s*[;:]")
# Names of encodings come from the other side; most of what Python knows by a name
# is no encoding of calendars.
_CHARSETS: Final = frozenset({"cp1250", "cp1252", "iso8859-15", "mac-roman"})


@dataclass(frozen=True, slots=True)
class Line:
    """One unfolded line and the number of its first physical one, from 1."""

    number: int
    name: str
    """In capitals."""
    text: str


@dataclass(slots=True)
class Component:
    """A component with the lines of it that are read, in order."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    children: list[Component] = field(default_factory=list)
    closed: bool = True
    long_line: Line | None = None

    def find(self, name: str) -> Line | None:
        """Return the first line of that name."""
        return next((line for line in self.lines if line.name == name), None)


@dataclass(slots=True)
class Outline:
    """The components of a file that are read."""

    calendars: list[Component] = field(default_factory=list)
    zones: list[Component] = field(default_factory=list)
    events: list[Component] = field(default_factory=list)
    assumed_charset: bool = False


def outline(data: bytes, limits: Limits, charset: str = "") -> Outline:
    """Return the components of the calendars in `data`.

    `charset` is what the answer declared; only what is not UTF-8 asks for it.

    Raises:
        UnreadableCalendar: it is none, not whole, or larger than `limits`.
    """
    _check_beginning(data)
    if len(re.findall(rb"\r\n?|\n", data)) > limits.lines:
        raise UnreadableCalendar(Problem.TOO_MANY_LINES)
    sketch = _Sketch(limits)
    decode = _Decoder(charset)
    for number, raw in _unfold(data):
        sketch.add(number, raw, decode)
    if sketch.path:
        raise UnreadableCalendar(Problem.INCOMPLETE)
    sketch.outline.assumed_charset = decode.assumed
    return sketch.outline


def _check_beginning(data: bytes) -> None:
    beginning = data[:4096].removeprefix(codecs.BOM_UTF8).lstrip()
    if not beginning:
        raise UnreadableCalendar(Problem.EMPTY)
    if beginning.startswith(b"<"):
        raise UnreadableCalendar(Problem.WEB_PAGE)
    if not re.match(rb"BEGIN[ \t]*:[ \t]*VCALENDAR(\s|$)", beginning, re.IGNORECASE):
        raise UnreadableCalendar(Problem.NOT_A_CALENDAR)


def _unfold(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give each line with its number; bytes, as a fold may cut a character in two."""
    first = 0
    parts: list[bytes] = []
    for number, line in enumerate(
        data.removeprefix(codecs.BOM_UTF8).splitlines(), start=1
    ):
        if line[:1] in {b" ", b"\t"} and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield first, b"".join(parts)
        first, parts = number, [line] if line.strip() else []
    if parts:
        yield first, b"".join(parts)


class _Decoder:
    """UTF-8; a line that is not falls back to what was declared, else cp1252."""

    def __init__(self, charset: str) -> None:
        self.assumed = False
        self._charset = _known_charset(charset)

    def __call__(self, raw: bytes) -> str:
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            self.assumed = self.assumed or not self._charset
            return raw.decode(self._charset or "cp1252", "replace")


def _known_charset(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip(" \"'")).name if charset else ""
    except (LookupError, ValueError):
        return ""
    # Who says ISO 8859-1 writes the quotes and the € of Windows all the same.
    name = "cp1252" if name == "iso8859-1" else name
    return name if name in _CHARSETS else ""


class _Sketch:
    """The outline while it is drawn; `path` leads to the component that is open."""

    def __init__(self, limits: Limits) -> None:
        self.outline = Outline()
        self.path: list[Component] = []
        self._limits = limits

    def add(self, number: int, raw: bytes, decode: _Decoder) -> None:
        match = _NAME.match(raw[:80].decode("latin-1"))
        if match is None:
            return
        name = match[1].upper()
        if name in {"BEGIN", "END"}:
            edge = raw[match.end() :][:80].decode("latin-1").strip().upper()
            self._begin(edge, number) if name == "BEGIN" else self._end(edge)
            return
        if not self.path or name not in _READ.get(self.path[-1].name, ()):
            return
        component = self.path[-1]
        if len(raw) > self._limits.line_bytes:
            component.long_line = Line(number, name, raw[:80].decode("latin-1"))
            return
        component.lines.append(Line(number, name, decode(raw).strip("\x00")))

    def _begin(self, name: str, number: int) -> None:
        if name == "VCALENDAR":
            self._close_down_to(0)
        elif name in _NEVER_NESTED:
            for depth, part in enumerate(self.path):
                if part.name in _NEVER_NESTED:
                    # It was never ended: it alone is broken.
                    self._close_down_to(depth)
                    break
        if len(self.path) >= self._limits.depth:
            raise UnreadableCalendar(Problem.TOO_DEEP)
        component = Component(name, number)
        if self.path:
            parent = self.path[-1]
            if parent.name == "VTIMEZONE":
                parent.children.append(component)
        self.path.append(component)
        self._keep(component)

    def _keep(self, component: Component) -> None:
        outline, limits = self.outline, self._limits
        if component.name == "VCALENDAR":
            outline.calendars.append(component)
        elif component.name == "VTIMEZONE":
            outline.zones.append(component)
            if len(outline.zones) > limits.zones:
                raise UnreadableCalendar(Problem.TOO_MANY_ZONES)
        elif component.name == "VEVENT":
            outline.events.append(component)
            if len(outline.events) > limits.events:
                raise UnreadableCalendar(Problem.TOO_MANY_EVENTS)

    def _end(self, name: str) -> None:
        """Leave the innermost component of that name, and those inside it."""
        for depth in range(len(self.path) - 1, -1, -1):
            if self.path[depth].name == name:
                self._close_down_to(depth + 1)
                self.path.pop()
                return

    def _close_down_to(self, depth: int) -> None:
        while len(self.path) > depth:
            self.path.pop().closed = False
