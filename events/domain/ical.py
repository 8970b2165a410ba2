"""The bytes of a calendar (RFC 5545, RFC 7986), the same for the same values.

Nothing here asks for the time, the request or the order of a set. Events are
serialised once per change and kept as fragments; a feed joins them. All refusals
are exceptions, never assertions: they hold under ``python -O`` too.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from importlib import metadata
from typing import TYPE_CHECKING, Final

import icalendar
from icalendar import vText
from icalendar.prop import vCategory, vInline

from .calendar_values import CalendarEvent, CalendarFeed, CalendarStatus
from .errors import BrokenFragment, UnsupportedZone
from .timezones import NETWORK_ZONE, component, describes, is_utc
from .wall_clock import localise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from .window import Window

PRODID: Final = "-//Hub//Agenda 1.0//FR"

PREFIXES: Final[dict[str, dict[CalendarStatus, str]]] = {
    "fr": {
        CalendarStatus.CANCELLED: "Annulé : ",
        CalendarStatus.POSTPONED: "Reporté : ",
    },
    "en": {
        CalendarStatus.CANCELLED: "Cancelled: ",
        CalendarStatus.POSTPONED: "Postponed: ",
    },
    "br": {
        CalendarStatus.CANCELLED: "Nullet : ",
        CalendarStatus.POSTPONED: "Ampellet : ",
    },
}
"""What goes before a title, by language and status.

Here rather than in gettext, because a fragment is written outside any request,
and several programs show no status at all.
"""

_FORMAT: Final = (1, PRODID, metadata.version("icalendar"))
_BEGIN: Final = b"BEGIN:VEVENT\r\n"
_END: Final = b"END:VEVENT\r\n"
_ESCAPES: Final = str.maketrans({c: f"\\{c}" for c in "\\;,"} | {"\n": "\\n"})
_CONTROLS: Final = bytes({*range(0x20), 0x7F} - set(b"\t\r\n"))
_NESTED: Final = re.compile(rb"\n(?:BEGIN|END)[:;]", re.IGNORECASE)


class _Text(vText):
    r"""TEXT as RFC 5545 section 3.3.11 escapes it.

    The library's own takes a backslash and an N that a person typed for a line
    break: the title ``C:\Notes`` would come out on two lines.
    """

    def to_ical(self) -> bytes:
        return self.translate(_ESCAPES).encode()


def serialise_event(event: CalendarEvent, *, language: str = "fr") -> bytes:
    """Return the VEVENT of `event`, from BEGIN to END, lines folded at 75 octets.

    `language` (with or without a region) chooses the words before the title of an
    event that is off; an unknown language gets French ones.

    Times go out with their zone, or in UTC when a VTIMEZONE of ours would make a
    program show another hour, or when the wall-clock time alone is ambiguous.
    """
    return close_event(build_event(event, language=language))


def build_event(event: CalendarEvent, *, language: str) -> icalendar.Event:
    """Return the VEVENT of `event` as a component, to which properties can be added."""
    vevent = icalendar.Event()
    vevent.add("uid", _Text(event.uid))
    vevent.add("dtstamp", event.modified_at.astimezone(UTC))
    vevent.add("last-modified", event.modified_at.astimezone(UTC))
    vevent.add("created", event.created_at.astimezone(UTC))
    vevent.add("sequence", event.sequence)
    start, end = _bounds(event)
    vevent.add("dtstart", start)
    vevent.add("dtend", end)
    prefixes = PREFIXES.get(language.split("-")[0].lower(), PREFIXES["fr"])
    vevent.add("summary", _Text(prefixes.get(event.status, "") + event.summary))
    for name, text in (
        ("description", event.description),
        ("location", event.location),
        ("contact", event.contact),
    ):
        if text:
            vevent.add(name, _Text(text))
    if event.geo is not None:
        vevent.add("geo", vInline(";".join(map(_as_decimal, event.geo))))
    if event.url:
        vevent.add("url", event.url)
    off = event.status.is_off
    vevent.add("status", "CANCELLED" if off else event.status.upper())
    is_free = event.transparent or event.all_day or off
    vevent.add("transp", "TRANSPARENT" if is_free else "OPAQUE")
    vevent.add("class", "PRIVATE" if event.is_private else "PUBLIC")
    if event.categories:
        categories = vCategory([])
        categories.cats = [_Text(category) for category in event.categories]
        vevent.add("categories", categories)
    if event.conference is not None:
        parameters = {"VALUE": "URI", "FEATURE": "VIDEO"}
        if event.conference.label:
            parameters["LABEL"] = event.conference.label
        vevent.add("conference", event.conference.url, parameters=parameters)
    if event.series_uid:
        vevent.add(
            "related-to", _Text(event.series_uid), parameters={"RELTYPE": "SIBLING"}
        )
    return vevent


def close_event(vevent: icalendar.Event) -> bytes:
    """Return the bytes of a VEVENT.

    Raises:
        BrokenFragment: a property let something else than one VEVENT through.
    """
    return _require_event(vevent.to_ical())


def has_one_clock(event: CalendarEvent) -> bool:
    """Tell whether `event` goes out on the clock of its zone rather than in UTC."""
    start, end = _bounds(event)
    return not any(
        isinstance(moment, datetime) and moment.tzinfo is UTC for moment in (start, end)
    ) or is_utc(event.zone)


def assemble_feed(
    feed: CalendarFeed, fragments: Iterable[bytes], zones: Collection[str]
) -> bytes:
    """Return a whole subscribed calendar, fragments in the order given.

    `zones` are those of the events, in any order; the network's own is always
    there, so that a feed without events is a valid calendar too.

    Raises:
        BrokenFragment: a fragment is not exactly one VEVENT.
        UnknownZone: the database has no such zone.
    """
    calendar = _calendar()
    for names, text in (
        (("name", "x-wr-calname"), feed.name),
        (("description", "x-wr-caldesc"), feed.description),
        (("color",), feed.color),
    ):
        for name in names if text else ():
            # The library escapes none of these on its own.
            calendar.add(name, _Text(text))
    calendar.add("x-wr-timezone", _Text(NETWORK_ZONE))
    calendar.add("last-modified", feed.modified_at.astimezone(UTC))
    calendar.add("refresh-interval", feed.refresh, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(feed.refresh))
    if feed.url:
        calendar.add("url", feed.url)
    if feed.source is not None:
        calendar.add("source", feed.source, parameters={"VALUE": "URI"})
    return _assemble(calendar, fragments, {NETWORK_ZONE, *zones})


def assemble_single(fragment: bytes, zones: Collection[str]) -> bytes:
    """Return a calendar of one event, to be opened and not subscribed to.

    Raises:
        BrokenFragment: `fragment` is not exactly one VEVENT.
        UnknownZone: the database has no such zone.
    """
    return assemble_file([fragment], zones)


def assemble_file(fragments: Iterable[bytes], zones: Collection[str]) -> bytes:
    """Return a calendar to be opened and not subscribed to: one event, or one series.

    It has no name: Outlook would make a new calendar of it.

    Raises:
        BrokenFragment: a fragment is not exactly one VEVENT.
        UnknownZone: the database has no such zone.
    """
    return _assemble(_calendar(), fragments, set(zones))


def content_hash(event: CalendarEvent) -> str:
    """Return the SHA-256 of all that `event` exports, in hexadecimal.

    The sequence and the moment of the change are left out: they change because
    this hash does. So is the time zone database, whose new release is no edit.
    """
    stamps = {"sequence", "modified_at"}
    # What an event lacks is not hashed: a release that adds a property must not
    # bump the sequence of every event.
    return _digest(
        {
            name: value
            for name, value in asdict(event).items()
            if name not in stamps and value not in (None, "", (), False)
        }
    )


def feed_etag(
    feed: CalendarFeed,
    window: Window,
    entries: Iterable[tuple[str, str]],
    tzdata: str,
) -> str:
    """Return the strong entity tag of a feed, quotes included, without its bytes.

    `entries` are the (UID, content hash) of its events in the feed's order;
    `tzdata` is `timezones.tzdata_version()`. `feed.modified_at` is part of it: an
    event moved there and back has its old hash and a new sequence.
    """
    parts = [_FORMAT, asdict(feed), asdict(window), [list(e) for e in entries], tzdata]
    return f'"{_digest(parts)[:32]}"'


def _bounds(event: CalendarEvent) -> tuple[date | datetime, date | datetime]:
    """Return DTSTART and the exclusive DTEND."""
    if event.start_time is None or event.end_time is None:
        return event.start_date, event.end_date + timedelta(days=1)
    start = localise(
        event.start_date, event.start_time, event.zone, fold=event.start_fold
    )
    end = localise(event.end_date, event.end_time, event.zone, fold=event.end_fold)
    if is_utc(event.zone) or not all(_tells_all(each) for each in (start, end)):
        return start.astimezone(UTC), end.astimezone(UTC)
    if not all(describes(event.zone, each) for each in (start, end)):
        return start.astimezone(UTC), end.astimezone(UTC)
    return start, end


def _tells_all(moment: datetime) -> bool:
    """Tell whether the wall-clock time and its zone denote one instant only."""
    return moment.utcoffset() == moment.replace(fold=1 - moment.fold).utcoffset()


def _calendar() -> icalendar.Calendar:
    """Return an empty calendar.

    Not ``Calendar.new()``: its random UID makes vdirsyncer take a whole calendar
    for one item. No METHOD either: DTSTAMP would then mean "now".
    """
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _assemble(
    calendar: icalendar.Calendar, fragments: Iterable[bytes], zones: Collection[str]
) -> bytes:
    properties, end, _ = calendar.to_ical().rpartition(b"END:VCALENDAR\r\n")
    parts = [properties]
    for zone in sorted(zones):
        if is_utc(zone):
            continue
        try:
            parts.append(component(zone))
        except UnsupportedZone:
            continue  # its events are in UTC
    parts.extend(map(_require_event, fragments))
    parts.append(end)
    return b"".join(parts)


def _require_event(fragment: bytes) -> bytes:
    """Return `fragment` when it is one VEVENT and nothing else."""
    inside = fragment[len(_BEGIN) : -len(_END)]
    breaks = fragment.count(b"\r\n")
    if (
        not fragment.startswith(_BEGIN)
        or not fragment.endswith(b"\r\n" + _END)
        or fragment.count(b"\r") != breaks
        or fragment.count(b"\n") != breaks
        or b"\r\n\r\n" in fragment
        or len(fragment.translate(None, _CONTROLS)) != len(fragment)
        or _NESTED.search(b"\n" + inside)
        or b"\nUID:" not in fragment
    ):
        raise BrokenFragment("Not exactly one well-formed VEVENT")
    return fragment


def _as_decimal(degrees: float) -> str:
    """Write without exponent, whatever the locale."""
    return f"{degrees:.6f}".rstrip("0").rstrip(".")


def _digest(value: object) -> str:
    """Return the SHA-256 of the canonical JSON of `value`."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=_as_json)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _as_json(value: object) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value.total_seconds())
    raise TypeError(f"Not a calendar value: {value!r}")
