"""Reading a calendar that somebody else wrote, event by event.

Pure and without a clock: the same bytes and window give the same values. Nothing
here limits time or memory: who reads what strangers sent reads it in the child
process of ``events.importing``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from events.domain.text import clean_line
from events.domain.timezones import NETWORK_ZONE

from .entries import Entry, read_entry, read_title, read_uid, unescape
from .expansion import expand, in_order
from .lines import Component, Line, Outline, outline
from .moments import EventRefused, TimeReader, split_line
from .values import (
    EXCERPT_LENGTH,
    FEED_LIMITS,
    TITLE_LENGTH,
    Flag,
    Limits,
    ReadCalendar,
    ReadDate,
    ReadSeries,
    Reason,
    Rejected,
)
from .zones import ZoneBook, find_zone, load_clock

if TYPE_CHECKING:
    from events.domain.window import Window


@dataclass(slots=True)
class _Report:
    """What is gathered while the events are read."""

    dates: list[ReadDate] = field(default_factory=list)
    series: list[ReadSeries] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    flags: set[Flag] = field(default_factory=set)
    own: int = 0
    outside: int = 0


def read(
    data: bytes,
    window: Window,
    *,
    assumed_zone: str = NETWORK_ZONE,
    own_domain: str = "",
    charset: str = "",
    limits: Limits = FEED_LIMITS,
) -> ReadCalendar:
    """Return what a calendar says of the days in `window`.

    `assumed_zone` is for times without one where the calendar names none either.
    `own_domain` is the right side of our own UIDs: events that bear it are counted,
    not taken. `charset` is what the HTTP answer declared.

    Raises:
        UnreadableCalendar: nothing of it can be taken.
        UnknownZone: `assumed_zone` is not a zone.
    """
    sketch = outline(data, limits, charset)
    own_zone = find_zone(_calendar_text(sketch, "X-WR-TIMEZONE"))
    zone = own_zone or assumed_zone
    display = load_clock(zone)
    times = TimeReader(
        zones=ZoneBook(sketch.zones, tuple(dict.fromkeys((zone, assumed_zone)))),
        floating=display,
        utc=load_clock("UTC"),
        assumptions=[],
        has_own_zone=own_zone is not None,
    )
    report = _Report()
    groups = _read_entries(sketch, times, own_domain, limits, report)
    for entries in groups.values():
        try:
            expansion = expand(entries, window, display, limits)
        except EventRefused as refusal:
            _reject(report, entries[0], refusal.reason, refusal.line)
            continue
        report.dates += expansion.dates
        report.outside += not expansion.dates
        if expansion.series is not None and expansion.dates:
            report.series.append(expansion.series)
        for entry, reason in expansion.refused:
            _reject(report, entry, reason)
        if expansion.shortened:
            report.flags.add(Flag.SHORTENED)
            _reject(report, entries[0], Reason.TOO_MANY_DATES)
    report.dates.sort(key=in_order)
    if len(report.dates) > limits.dates:
        del report.dates[limits.dates :]
        report.flags.add(Flag.SHORTENED)
    if sketch.assumed_charset:
        report.flags.add(Flag.ASSUMED_CHARSET)
    if times.assumptions and own_zone is None:
        report.flags.add(Flag.ASSUMED_ZONE)
    name = _calendar_text(sketch, "X-WR-CALNAME") or _calendar_text(sketch, "NAME")
    return ReadCalendar(
        name=clean_line(unescape(name), limit=TITLE_LENGTH),
        zone=zone,
        dates=tuple(report.dates),
        series=tuple(sorted(report.series, key=lambda part: part.external_uid)),
        rejected=tuple(sorted(report.rejected, key=lambda part: part.line)),
        events=len(sketch.events),
        own=report.own,
        outside=report.outside,
        flags=frozenset(report.flags),
    )


def _read_entries(
    sketch: Outline,
    times: TimeReader,
    own_domain: str,
    limits: Limits,
    report: _Report,
) -> dict[str, list[Entry]]:
    """Return the entries by UID; what cannot be taken goes into the report."""
    groups: dict[str, list[Entry]] = {}
    ours = f"@{own_domain}".casefold() if own_domain else None
    for component in sketch.events:
        uid = read_uid(component)
        if ours and uid.casefold().endswith(ours):
            report.own += 1
            continue
        try:
            entry = read_entry(component, times, limits.exceptions)
        except EventRefused as refusal:
            report.rejected.append(_describe(component, uid, refusal))
            continue
        if entry.assumed_end:
            report.flags.add(Flag.ASSUMED_END)
        groups.setdefault(entry.uid, []).append(entry)
    return groups


def _describe(component: Component, uid: str, refusal: EventRefused) -> Rejected:
    """Tell which event is left out; a private one keeps its title for itself."""
    is_private = refusal.reason is Reason.PRIVATE
    return Rejected(
        reason=refusal.reason,
        line=component.number,
        uid=uid,
        title="" if is_private else read_title(component),
        excerpt=_excerpt(refusal.line),
    )


def _reject(
    report: _Report, entry: Entry, reason: Reason, line: Line | None = None
) -> None:
    report.rejected.append(
        Rejected(
            reason=reason,
            line=entry.line,
            uid=entry.uid,
            title=entry.title,
            excerpt=_excerpt(line),
        )
    )


def _excerpt(line: Line | None) -> str:
    return "" if line is None else clean_line(line.text[:500], limit=EXCERPT_LENGTH)


def _calendar_text(sketch: Outline, name: str) -> str:
    """Return a property of the calendar itself, as written; empty if it has none."""
    for calendar in sketch.calendars:
        line = calendar.find(name)
        if line is not None:
            try:
                return split_line(line)[1]
            except EventRefused:
                return ""
    return ""
