"""Which clock a foreign calendar means.

A name that is known, in whatever spelling, means the zone of our own database. The
rules that a file brings along are never trusted for such a name, and only computed
with when they are two plain yearly ones: a rule per second is written as easily.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from events.domain import timezones

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from .lines import Component

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_OFFSET_NAME: Final = re.compile(r"(?:UTC|GMT)([+-])(\d{1,2})(?::?(\d\d))?", re.I)
_OFFSET: Final = re.compile(r"([+-]?)(\d\d):?(\d\d):?(\d\d)?")
_YEARLY: Final = re.compile(r"(-?\d)?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True, slots=True)
class Clock:
    """One way of telling the time; `name` is IANA's, empty for a calendar's own."""

    name: str
    rules: ZoneInfo | timezone | FeedZone

    def to_utc(self, wall: datetime) -> datetime:
        """Return the instant of a naive time, the first of two.

        A time that clocks jump over counts on the offset before the jump (RFC 5545
        section 3.3.5).
        """
        if isinstance(self.rules, FeedZone):
            return (wall - self.rules.offset(wall)).replace(tzinfo=UTC)
        return wall.replace(tzinfo=self.rules, fold=0).astimezone(UTC)

    def from_utc(self, instant: datetime) -> datetime:
        """Return what the clock shows, naive; its fold tells the second of two."""
        if isinstance(self.rules, FeedZone):
            return self.rules.show(instant.replace(tzinfo=None))
        return instant.astimezone(self.rules).replace(tzinfo=None)

    @property
    def is_utc(self) -> bool:
        return bool(self.name) and timezones.is_utc(self.name)


def load_clock(zone: str) -> Clock:
    """Return the clock of an IANA name.

    Raises:
        UnknownZone: the database has no such zone.
    """
    return Clock(zone, timezones.load(zone))


@dataclass(frozen=True, slots=True)
class _Observance:
    """One half of a zone's year, from its onset on, or for ever from one onset."""

    first: datetime
    before: timedelta
    after: timedelta
    month: int = 0
    week: int = 0
    """1 to 5, or -1 to -5 from the end; 0 without a yearly rule."""
    weekday: int = 0
    last_year: int = date.max.year

    def onset(self, year: int) -> datetime | None:
        """Return the local time of the change in `year`, on the clock before it."""
        if not self.week:
            return self.first if self.first.year <= year else None
        if not self.first.year <= year <= self.last_year:
            return None
        if self.week > 0:
            day = date(year, self.month, 1)
            day += timedelta(days=(self.weekday - day.weekday()) % 7)
            day += timedelta(weeks=self.week - 1)
        else:
            day = date(year + self.month // 12, self.month % 12 + 1, 1)
            day -= timedelta(days=1)
            day -= timedelta(days=(day.weekday() - self.weekday) % 7)
            day += timedelta(weeks=self.week + 1)
        # Not every month has a fifth one.
        return (
            datetime.combine(day, self.first.time())
            if day.month == self.month
            else None
        )


@dataclass(frozen=True, slots=True)
class FeedZone:
    """A zone by the yearly rules of the calendar itself."""

    observances: tuple[_Observance, ...]

    def offset(self, wall: datetime) -> timedelta:
        """Return what lies between the naive `wall` and UTC."""
        return self._after_changes(
            (onset, part)
            for onset, part in self._list_onsets(wall.year)
            if onset <= wall
        )

    def show(self, instant: datetime) -> datetime:
        """Return the local time of a naive UTC one."""
        return instant + self._after_changes(
            (onset, part)
            for onset, part in self._list_onsets(instant.year)
            if onset - part.before <= instant
        )

    def _list_onsets(self, year: int) -> Iterator[tuple[datetime, _Observance]]:
        for part in self.observances:
            for near in (year - 1, year, year + 1):
                onset = part.onset(near)
                if onset is not None:
                    yield onset, part

    def _after_changes(
        self, changes: Iterable[tuple[datetime, _Observance]]
    ) -> timedelta:
        latest = max(changes, key=lambda change: change[0], default=None)
        if latest is not None:
            return latest[1].after
        return min(self.observances, key=lambda part: part.first).before


class ZoneBook:
    """The clocks that a calendar names, each looked up once."""

    def __init__(self, components: Iterable[Component], likely: Sequence[str]) -> None:
        """Keep the calendar's own rules, and the zones that they most likely mean."""
        self._likely = likely
        self._found: dict[str, Clock | None] = {}
        self._components: dict[str, Component] = {}
        for component in components:
            line = component.find("TZID")
            if line is not None:
                name = _clean_name(line.text.partition(":")[2])
                self._components.setdefault(name, component)

    def find(self, name: str) -> Clock | None:
        """Return the clock of that TZID, None where nobody can tell."""
        name = _clean_name(name)
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def _search(self, name: str) -> Clock | None:
        zone = find_zone(name)
        if zone is not None:
            return load_clock(zone)
        component = self._components.get(name)
        if component is None:
            return _read_offset_name(name)
        line = component.find("X-LIC-LOCATION")
        zone = find_zone(line.text.partition(":")[2]) if line is not None else None
        if zone is not None:
            return load_clock(zone)
        rules = _read_rules(component)
        if rules is None:
            return _read_offset_name(name)
        for candidate in self._likely:
            if _agree(rules, candidate):
                return load_clock(candidate)
        return Clock("", rules)


def find_zone(name: str) -> str | None:
    """Return the IANA name that `name` spells, None if there is none.

    Knows the names of Windows, any capitals, and names behind a path
    (``/freeassociation.sourceforge.net/Europe/Paris``).
    """
    name = _clean_name(name)
    known = _zones_by_folded_name()
    parts = name.strip("/").split("/")
    for start in (0, *range(max(len(parts) - 3, 0), len(parts))):
        zone = known.get("/".join(parts[start:]).casefold())
        if zone is not None:
            return zone
    return None


@lru_cache(maxsize=1)
def _zones_by_folded_name() -> dict[str, str]:
    windows = {
        name.casefold(): zone
        for name, zone in WINDOWS_TO_OLSON.items()
        if zone in timezones.available()
    }
    own = {zone.casefold(): zone for zone in timezones.available()}
    return {**windows, **own, "z": "UTC"}


def _clean_name(name: str) -> str:
    return name.strip().strip("\"'").strip()


def _read_offset_name(name: str) -> Clock | None:
    match = _OFFSET_NAME.fullmatch(name)
    if match is None:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if offset >= timedelta(hours=24):
        return None
    return Clock("", timezone(-offset if match[1] == "-" else offset))


def _read_rules(component: Component) -> FeedZone | None:
    """Return the zone of a VTIMEZONE whose rules are all plain yearly ones."""
    observances = [
        _read_observance(child)
        for child in component.children[:4]
        if child.name in {"STANDARD", "DAYLIGHT"}
    ]
    whole = tuple(part for part in observances if part is not None)
    if not whole or len(whole) != len(component.children):
        return None
    return FeedZone(whole)


def _read_observance(component: Component) -> _Observance | None:
    values = {
        line.name: line.text.partition(":")[2].strip() for line in component.lines
    }
    before = _read_offset(values.get("TZOFFSETFROM", ""))
    after = _read_offset(values.get("TZOFFSETTO", ""))
    try:
        first = datetime.strptime(  # noqa: DTZ007 - a wall-clock time
            values.get("DTSTART", "")[:15], "%Y%m%dT%H%M%S"
        )
    except ValueError:
        return None
    if before is None or after is None or "RDATE" in values:
        return None
    if "RRULE" not in values:
        return _Observance(first, before, after)
    rule = dict(part.partition("=")[::2] for part in values["RRULE"].upper().split(";"))
    until = rule.pop("UNTIL", "")
    # The first onset says at what time; some programs repeat it here.
    for part in ("WKST", "BYHOUR", "BYMINUTE", "BYSECOND"):
        rule.pop(part, None)
    day = _YEARLY.fullmatch(rule.get("BYDAY", ""))
    month = rule.get("BYMONTH", "")
    plain = {"FREQ", "BYMONTH", "BYDAY", "INTERVAL"}
    if (
        day is None
        or not 1 <= abs(int(day[1] or 1)) <= 5
        or not re.fullmatch("0?[1-9]|1[0-2]", month)
        or (rule.get("FREQ"), rule.get("INTERVAL", "1")) != ("YEARLY", "1")
        or not rule.keys() <= plain
        or (until and not re.match(r"\d{4}", until))
    ):
        return None
    last_year = int(until[:4]) if until else date.max.year
    return _Observance(
        first,
        before,
        after,
        int(month),
        int(day[1] or 1),
        WEEKDAYS.index(day[2]),
        last_year,
    )


def _read_offset(text: str) -> timedelta | None:
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = (int(match[group] or 0) for group in (2, 3, 4))
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if offset >= timedelta(hours=24):
        return None
    return -offset if match[1] == "-" else offset


def _agree(rules: FeedZone, zone: str) -> bool:
    """Tell whether both show the same offset twice a month for five years."""
    clock = load_clock(zone)
    days = (
        datetime(year, month, day, 12)  # noqa: DTZ001 - a wall-clock time
        for year in range(2024, 2029)
        for month in range(1, 13)
        for day in (1, 15)
    )
    return all(
        (day - rules.offset(day)).replace(tzinfo=UTC) == clock.to_utc(day)
        for day in days
    )
