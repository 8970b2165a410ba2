"""One VEVENT as it stands: its words, its first time and how it repeats."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from icalendar.prop import vDuration

from events.domain.calendar_values import CalendarStatus
from events.domain.errors import UnsafeUrl
from events.domain.text import clean_line, clean_text, clean_url, html_to_text
from events.domain.wall_clock import LONGEST

from .moments import DAY, EventRefused, Moment, split_line
from .rules import ForeignRule, read_rule
from .values import (
    DESCRIPTION_LENGTH,
    LOCATION_LENGTH,
    TITLE_LENGTH,
    UID_LENGTH,
    Reason,
)

if TYPE_CHECKING:
    from .lines import Component, Line
    from .moments import TimeReader

ASSUMED_LENGTH: Final = timedelta(hours=1)
MOST_CATEGORIES: Final = 20

_CATEGORY_LENGTH: Final = 100
_MARKUP_LENGTH: Final = 12_000
_TAGS: Final = (
    "a|abbr|b|blockquote|body|br|code|div|em|font|form|h[1-6]|head|hr|html|i|iframe|"
    "img|input|li|link|meta|object|ol|p|pre|s|script|small|span|strong|style|sub|sup|"
    "svg|table|tbody|td|th|thead|tr|u|ul|video"
)
_MARKUP: Final = re.compile(
    rf"</?(?:{_TAGS})\b[^>]*>|<!--|&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE
)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
# What opens a tag and never closes it takes the standard library's parser a time
# that grows with the cube of the text.
_UNCLOSED: Final = re.compile(r"<(?![^<>]*>)")
# An address in angle brackets is how plain text marks it, not a tag.
_ANGLED: Final = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>", re.IGNORECASE)
_BLOCKS: Final = re.compile(r"<(?:br|p|div|li|ul|ol|h[1-6]|table)\b", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_NOT_IN_UID: Final = re.compile(r"[^\x21-\x7e]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A VEVENT that can be taken; ``span`` is its length on the clock of its start.

    ``overridden`` is the RECURRENCE-ID. ``stamp`` only serves to tell which of two
    versions is younger.
    """

    line: int
    uid: str
    sequence: int
    stamp: str
    start: Moment
    span: timedelta
    assumed_end: bool
    rule: ForeignRule | None
    rule_line: Line | None
    additions: tuple[tuple[Moment, timedelta | None], ...]
    exclusions: tuple[Moment, ...]
    overridden: Moment | None
    and_future: bool
    title: str
    description: str
    location: str
    url: str
    categories: tuple[str, ...]
    status: CalendarStatus

    @property
    def repeats(self) -> bool:
        return self.rule is not None or bool(self.additions)

    @property
    def words(self) -> list[object]:
        """All that a reader sees of it but its time."""
        return [
            self.title,
            self.description,
            self.location,
            self.url,
            self.categories,
            self.status.value,
        ]


def digest(parts: object) -> str:
    """Return one hash for equal parts; SHA-1 is short and nobody's secret."""
    content = json.dumps(parts, ensure_ascii=True, default=str)
    return hashlib.sha1(content.encode("ascii"), usedforsecurity=False).hexdigest()


def read_uid(component: Component) -> str:
    """Return the UID of a VEVENT, as far as it can be read; empty if it has none."""
    line = component.find("UID")
    if line is None:
        return ""
    try:
        uid = _text(line).strip()
    except EventRefused:
        return ""
    if len(uid) > UID_LENGTH or _NOT_IN_UID.search(uid):
        # Still one identity, in a form that every column can hold.
        return f"{_NOT_IN_UID.sub('-', uid)[:200]}-{digest(uid)}"
    return uid


def read_title(component: Component) -> str:
    """Return the title of a VEVENT, as far as it can be read."""
    line = component.find("SUMMARY")
    return "" if line is None else _words(line, TITLE_LENGTH, one_line=True)


def read_entry(component: Component, times: TimeReader, most_exceptions: int) -> Entry:
    """Return what a VEVENT says.

    Raises:
        EventRefused: it cannot be taken.
    """
    if not component.closed:
        raise EventRefused(Reason.UNCLOSED)
    if component.long_line is not None:
        raise EventRefused(Reason.LONG_LINE, component.long_line)
    if _word(component, "CLASS") in {"PRIVATE", "CONFIDENTIAL"}:
        raise EventRefused(Reason.PRIVATE)
    title = read_title(component)
    if not title:
        raise EventRefused(Reason.UNTITLED)
    start, span, assumed_end = _read_times(component, times)
    overridden, and_future = _read_recurrence_id(component, times)
    rule_line = component.find("RRULE")
    location = _plain(component, "LOCATION", LOCATION_LENGTH, one_line=True)
    return Entry(
        line=component.number,
        uid=read_uid(component) or f"{digest([start.key, title, location])}@nowhere",
        sequence=_read_sequence(component),
        stamp=_word(component, "DTSTAMP"),
        start=start,
        span=span,
        assumed_end=assumed_end,
        rule=None if overridden else _read_rule(component),
        rule_line=rule_line,
        additions=_read_moments(component, "RDATE", times, most_exceptions),
        exclusions=tuple(
            moment
            for moment, _span in _read_moments(
                component, "EXDATE", times, most_exceptions
            )
        ),
        overridden=overridden,
        and_future=and_future,
        title=title,
        description=_plain(component, "DESCRIPTION", DESCRIPTION_LENGTH),
        location=location,
        url=_read_url(component),
        categories=_read_categories(component),
        status=_read_status(component),
    )


def _read_times(
    component: Component, times: TimeReader
) -> tuple[Moment, timedelta, bool]:
    """Return the start, the length and whether the length had to be assumed."""
    line = component.find("DTSTART")
    if line is None:
        raise EventRefused(Reason.NO_START)
    start = times.read(line, Reason.UNREADABLE_START)
    end_line, length_line = component.find("DTEND"), component.find("DURATION")
    assumed = False
    if end_line is not None:
        span = _read_span(start, times.read(end_line, Reason.UNREADABLE_END))
    elif length_line is not None:
        span = _read_length(length_line)
    else:
        span, assumed = (DAY, False) if start.is_day else (ASSUMED_LENGTH, True)
    if not start.is_day and not span:
        span, assumed = ASSUMED_LENGTH, True
    if span <= timedelta(0) or (start.is_day and span % DAY):
        raise EventRefused(Reason.ENDS_BEFORE_START, end_line or length_line)
    if span > LONGEST:
        raise EventRefused(Reason.TOO_LONG, end_line or length_line)
    return (*_as_days(start, span, times), assumed)


def _read_span(start: Moment, end: Moment) -> timedelta:
    """Return how long it lasts, also where one end is a day and one a time."""
    if not start.is_day:
        return end.on(start.clock) - start.wall
    last = datetime.combine(end.wall.date(), time(0))
    if last < end.wall:
        # An end in the course of a day: that day belongs to it.
        last += DAY
    return (last - start.wall) or DAY


def _as_days(
    start: Moment, span: timedelta, times: TimeReader
) -> tuple[Moment, timedelta]:
    """Take whole days written in UTC for what they are.

    Some programs write a day as an instant to the next; only the calendar's own
    zone shows its midnights.
    """
    if start.is_day or not start.clock.is_utc or times.floating.is_utc:
        return start, span
    instants = (start.clock.to_utc(start.wall), start.clock.to_utc(start.wall + span))
    first, last = (times.floating.from_utc(instant) for instant in instants)
    if (first.time(), last.time()) != (time(0), time(0)) or not times.has_own_zone:
        return start, span
    return Moment(first.replace(fold=0), True, times.floating), last - first


def _read_length(line: Line) -> timedelta:
    _parameters, value = split_line(line)
    try:
        length = vDuration.from_ical(value)  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError) as error:
        raise EventRefused(Reason.UNREADABLE_END, line) from error
    if not isinstance(length, timedelta):
        raise EventRefused(Reason.UNREADABLE_END, line)
    return length


def _read_recurrence_id(
    component: Component, times: TimeReader
) -> tuple[Moment | None, bool]:
    line = component.find("RECURRENCE-ID")
    if line is None:
        return None, False
    parameters, _value = split_line(line)
    and_future = parameters.get("RANGE", "").upper() == "THISANDFUTURE"
    return times.read(line, Reason.UNREADABLE_EXCEPTION), and_future


def _read_rule(component: Component) -> ForeignRule | None:
    rules = {
        (line.name, value): line
        for line in component.lines
        if line.name in {"RRULE", "EXRULE"} and (value := split_line(line)[1])
    }
    if not rules:
        return None
    (name, value), line = rules.popitem()
    if rules or name == "EXRULE":
        raise EventRefused(Reason.UNSUPPORTED_RULE, line)
    return read_rule(value, line)


def _read_moments(
    component: Component, name: str, times: TimeReader, most: int
) -> tuple[tuple[Moment, timedelta | None], ...]:
    found: list[tuple[Moment, timedelta | None]] = []
    lines = [line for line in component.lines if line.name == name]
    if len(lines) > most:
        raise EventRefused(Reason.TOO_MANY_EXCEPTIONS, lines[most])
    for line in lines:
        found += times.read_all(line, Reason.UNREADABLE_EXCEPTION, most)
        if len(found) > most:
            raise EventRefused(Reason.TOO_MANY_EXCEPTIONS, line)
    spans = [span for _moment, span in found if span is not None]
    if any(not timedelta(0) < span <= LONGEST for span in spans):
        raise EventRefused(Reason.UNREADABLE_EXCEPTION, lines[0])
    return tuple(found)


def _read_sequence(component: Component) -> int:
    word = _word(component, "SEQUENCE")
    return int(word) if re.fullmatch("[0-9]{1,9}", word) else 0


def _read_status(component: Component) -> CalendarStatus:
    word = _word(component, "STATUS").lower()
    if word in {CalendarStatus.TENTATIVE, CalendarStatus.CANCELLED}:
        return CalendarStatus(word)
    return CalendarStatus.CONFIRMED


def _read_url(component: Component) -> str:
    line = component.find("URL")
    if line is None:
        return ""
    try:
        return clean_url(split_line(line)[1])
    except (EventRefused, UnsafeUrl):
        return ""


def _read_categories(component: Component) -> tuple[str, ...]:
    found: list[str] = []
    for line in component.lines:
        if line.name == "CATEGORIES" and len(found) < MOST_CATEGORIES:
            try:
                _parameters, value = split_line(line)
            except EventRefused:
                continue
            # A comma that is escaped belongs to the word.
            found += [
                clean_line(unescape(part), limit=_CATEGORY_LENGTH)
                for part in re.split(r"(?<!\\),", value, maxsplit=MOST_CATEGORIES)
            ]
    return tuple(dict.fromkeys(filter(None, found)))[:MOST_CATEGORIES]


def _word(component: Component, name: str) -> str:
    """Return a value that is one word, in capitals; empty where there is none."""
    line = component.find(name)
    if line is None:
        return ""
    try:
        return split_line(line)[1].strip().upper()[:100]
    except EventRefused:
        return ""


def _plain(
    component: Component, name: str, limit: int, *, one_line: bool = False
) -> str:
    line = component.find(name)
    return "" if line is None else _words(line, limit, one_line=one_line)


def _words(line: Line, limit: int, *, one_line: bool = False) -> str:
    """Return the text of a line without markup or control characters."""
    try:
        text = _ANGLED.sub(r"\1", _text(line)[:_MARKUP_LENGTH])
    except EventRefused:
        return ""
    if _MARKUP.search(text):
        if not _BLOCKS.search(text):
            text = text.replace("\n", "<br>")
        text = _UNCLOSED.sub("&lt;", _COMMENT.sub("", text))
        text = html_to_text(text)
    return clean_line(text, limit=limit) if one_line else clean_text(text, limit=limit)


def _text(line: Line) -> str:
    _parameters, value = split_line(line)
    return unescape(value)


def unescape(value: str) -> str:
    """Return a TEXT value as it was meant (RFC 5545 section 3.3.11)."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
