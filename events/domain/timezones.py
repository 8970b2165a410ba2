"""Time zones as calendar programs need them: a VTIMEZONE of our own.

The last line of a TZif file is a POSIX rule, valid from the last recorded change
on (RFC 9636 section 3.3). Written as two yearly rules with BYDAY that start in
1970, it is what Outlook, Thunderbird and Apple Calendar all read right: the
RDATE lists that libraries generate make some of them one hour late all summer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import import_module, resources
from typing import Final
from zoneinfo import ZoneInfo

from .errors import UnknownZone, UnsupportedZone

NETWORK_ZONE: Final = "Europe/Paris"
"""The zone of the network: bounds of the window, default of a feed."""

_WEEKDAYS: Final = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_NAME: Final = r"<[^>]+>|[A-Za-z]+"
_OFFSET: Final = r"[+-]?\d+(?::\d+){0,2}"
_FOOTER: Final = re.compile(
    rf"(?P<std>{_NAME})(?P<std_offset>{_OFFSET})"
    rf"(?:(?P<dst>{_NAME})(?P<dst_offset>{_OFFSET})?,(?P<begin>[^,]+),(?P<end>[^,]+))?"
)
_RULE: Final = re.compile(rf"M(\d+)\.(\d)\.(\d)(?:/({_OFFSET}))?")


@dataclass(frozen=True, slots=True)
class _Observance:
    """One half of a zone's year: from its onset on, clocks show `offset`."""

    name: str
    offset: timedelta
    offset_before: timedelta
    month: int = 1
    week: int = 0
    """1 to 4, or 5 for the last; 0 when the zone never changes its clocks."""
    weekday: int = 0
    at: time = time(0)

    def onset(self, year: int) -> datetime:
        """Return the naive local time of the change, on the clock before it."""
        if not self.week:
            return datetime.combine(date(year, 1, 1), self.at)
        first = date(year, self.month, 1)
        day = first + timedelta(days=(self.weekday - first.isoweekday()) % 7)
        day += timedelta(weeks=self.week - 1)
        if day.month != self.month:
            day -= timedelta(weeks=1)
        return datetime.combine(day, self.at)

    def onset_in_utc(self, year: int) -> datetime:
        return (self.onset(year) - self.offset_before).replace(tzinfo=UTC)

    def lines(self, kind: str) -> list[str]:
        week = -1 if self.week == 5 else self.week
        rule = (
            f"RRULE:FREQ=YEARLY;BYMONTH={self.month};"
            f"BYDAY={week}{_WEEKDAYS[self.weekday]}"
        )
        return [
            f"BEGIN:{kind}",
            f"DTSTART:{self.onset(1970):%Y%m%dT%H%M%S}",
            *([rule] if self.week else []),
            f"TZNAME:{self.name}",
            f"TZOFFSETFROM:{_as_utc_offset(self.offset_before)}",
            f"TZOFFSETTO:{_as_utc_offset(self.offset)}",
            f"END:{kind}",
        ]


def tzdata_version() -> str:
    """Return the IANA release of the database that zones are written from."""
    return str(import_module("tzdata").IANA_VERSION)


@lru_cache(maxsize=1)
def available() -> frozenset[str]:
    """Return the names of all zones, old aliases included."""
    names = resources.files("tzdata").joinpath("zones").read_text("ascii")
    return frozenset(names.split())


def load(zone: str) -> ZoneInfo:
    """Return the zone of that IANA name.

    Raises:
        UnknownZone: the database has no such zone.
    """
    if zone not in available():
        raise UnknownZone(zone)
    return ZoneInfo(zone)


def is_utc(zone: str) -> bool:
    """Tell whether `zone` is one of the names of UTC.

    Raises:
        UnknownZone: the database has no such zone.
    """
    return _footer(zone) == "UTC0"


@lru_cache(maxsize=256)
def component(zone: str) -> bytes:
    """Return the VTIMEZONE of `zone`, CRLF after each line, no line folded.

    Raises:
        UnknownZone: the database has no such zone.
        UnsupportedZone: no plain yearly rule says when its clocks change.
    """
    observances = _observances(zone)
    highest = max(observance.offset for observance in observances)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    for observance in observances:
        summer = len(observances) > 1 and observance.offset == highest
        lines += observance.lines("DAYLIGHT" if summer else "STANDARD")
    lines.append("END:VTIMEZONE")
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def describes(zone: str, instant: datetime) -> bool:
    """Tell whether `component` of `zone` gives the right offset at `instant`.

    False for an unsupported zone and for an instant before its present rule: a
    reader of the feed would show another hour, so such a time goes out in UTC.

    Raises:
        UnknownZone: the database has no such zone.
    """
    try:
        observances = _observances(zone)
    except UnsupportedZone:
        return False
    moment = instant.astimezone(UTC)
    latest = max(
        (observance.onset_in_utc(year), observance.offset)
        for observance in observances
        for year in (moment.year - 1, moment.year, moment.year + 1)
        if observance.onset_in_utc(year) <= moment
    )
    return latest[1] == moment.astimezone(load(zone)).utcoffset()


@lru_cache(maxsize=256)
def _observances(zone: str) -> tuple[_Observance, ...]:
    """Return one observance, or the two of a zone that changes its clocks."""
    footer = _footer(zone)
    match = _FOOTER.fullmatch(footer)
    if match is None:
        raise UnsupportedZone(zone, footer)
    # POSIX counts offsets westwards.
    standard = -_as_duration(match["std_offset"])
    name = match["std"].strip("<>")
    if match["dst"] is None:
        return (_Observance(name, standard, standard),)
    summer = (
        -_as_duration(match["dst_offset"])
        if match["dst_offset"]
        else standard + timedelta(hours=1)
    )
    rules = [_RULE.fullmatch(match[edge]) for edge in ("begin", "end")]
    observances = []
    for rule, label, offset, before in (
        (rules[0], match["dst"].strip("<>"), summer, standard),
        (rules[1], name, standard, summer),
    ):
        if rule is None:
            raise UnsupportedZone(zone, footer)
        at = _as_duration(rule[4] or "2")
        # A change before 0:00 or after 23:59 falls on another day than its rule.
        if not timedelta(0) <= at < timedelta(days=1):
            raise UnsupportedZone(zone, footer)
        month, week, weekday = (int(rule[group]) for group in (1, 2, 3))
        clock = time(at.seconds // 3600, at.seconds // 60 % 60, at.seconds % 60)
        observances.append(
            _Observance(label, offset, before, month, week, weekday, clock)
        )
    return tuple(observances)


@lru_cache(maxsize=256)
def _footer(zone: str) -> str:
    if zone not in available():
        raise UnknownZone(zone)
    file = resources.files("tzdata").joinpath("zoneinfo", *zone.split("/"))
    return file.read_bytes().rsplit(b"\n", 2)[-2].decode("ascii")


def _as_duration(text: str) -> timedelta:
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = [*text.lstrip("+-").split(":"), "0", "0"][:3]
    return sign * timedelta(
        hours=int(hours), minutes=int(minutes), seconds=int(seconds)
    )


def _as_utc_offset(offset: timedelta) -> str:
    minutes, seconds = divmod(int(abs(offset).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if offset < timedelta(0) else "+"
    return f"{sign}{hours:02}{minutes:02}" + (f"{seconds:02}" if seconds else "")
