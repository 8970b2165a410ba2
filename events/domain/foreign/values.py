"""What reading somebody else's calendar gives: plain values, safe to store and show.

Nothing in them is markup, an unknown zone or a time that no clock shows. Names of
properties are those of RFC 5545.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from events.domain.calendar_values import CalendarStatus
from events.domain.errors import CalendarError
from events.domain.wall_clock import localise, midnight

TITLE_LENGTH: Final = 255
LOCATION_LENGTH: Final = 255
DESCRIPTION_LENGTH: Final = 4000
UID_LENGTH: Final = 255
EXCERPT_LENGTH: Final = 80


class Problem(StrEnum):
    """Why a calendar as a whole cannot be read: nothing of it is taken."""

    EMPTY = "empty"
    WEB_PAGE = "web-page"
    NOT_A_CALENDAR = "not-a-calendar"
    INCOMPLETE = "incomplete"
    TOO_MANY_LINES = "too-many-lines"
    TOO_DEEP = "too-deep"
    TOO_MANY_EVENTS = "too-many-events"
    TOO_MANY_ZONES = "too-many-zones"
    TOO_COSTLY = "too-costly"
    """It took more time or memory than one calendar may take."""
    BROKEN = "broken"
    """Reading it failed in a way that nobody foresaw; the log knows more."""


class Reason(StrEnum):
    """Why one event, or a part of its dates, is left out; the others are taken."""

    UNREADABLE_LINE = "unreadable-line"
    LONG_LINE = "long-line"
    UNCLOSED = "unclosed"
    NO_START = "no-start"
    UNREADABLE_START = "unreadable-start"
    UNREADABLE_END = "unreadable-end"
    UNREADABLE_EXCEPTION = "unreadable-exception"
    """An EXDATE, RDATE or RECURRENCE-ID is no date or time."""
    UNKNOWN_ZONE = "unknown-zone"
    ENDS_BEFORE_START = "ends-before-start"
    TOO_LONG = "too-long"
    OUT_OF_RANGE = "out-of-range"
    UNREADABLE_RULE = "unreadable-rule"
    UNSUPPORTED_RULE = "unsupported-rule"
    TOO_MANY_EXCEPTIONS = "too-many-exceptions"
    UNTITLED = "untitled"
    PRIVATE = "private"
    DUPLICATE = "duplicate"
    """Another event with the same UID, but another start, was preferred."""
    TOO_MANY_DATES = "too-many-dates"
    """The latest of its dates are left out."""


class Flag(StrEnum):
    """What had to be guessed, or was cut, for the calendar as a whole."""

    ASSUMED_CHARSET = "assumed-charset"
    ASSUMED_ZONE = "assumed-zone"
    ASSUMED_END = "assumed-end"
    """An event had no end: it is taken to last one hour."""
    SHORTENED = "shortened"
    """Dates were left out for their number: an absent one is not a vanished one."""


class UnreadableCalendar(CalendarError):
    """Raised when nothing of a calendar can be taken; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one calendar may hold.

    Attributes:
        lines: physical lines.
        line_bytes: bytes of one line once unfolded, for those that are read.
        depth: components inside one another; a VALARM is the third.
        events: VEVENT components.
        zones: VTIMEZONE components.
        exceptions: EXDATE, RDATE and overrides of one UID, each.
        dates_of_one: dates of one UID in the window.
        dates: dates of the calendar in the window.
    """

    lines: int = 100_000
    line_bytes: int = 64 * 1024
    depth: int = 4
    events: int = 2_000
    zones: int = 50
    exceptions: int = 500
    dates_of_one: int = 400
    dates: int = 2_000


FEED_LIMITS: Final = Limits()
"""For a calendar that is read again every few hours."""

ARCHIVE_LIMITS: Final = Limits(
    lines=2_000_000, events=20_000, dates_of_one=12_000, dates=100_000
)
"""For a whole agenda that an operator brings over once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDate:
    """One date of a foreign calendar.

    ``(external_uid, recurrence_key)`` identifies it within its calendar. The key is
    the original local start (``20260409T183000`` or ``20260409``), empty where the
    event does not repeat; it stays when a date is moved. Without times the date
    lasts whole days, `end_date` included. The folds choose between the two
    occurrences of an ambiguous time.

    Attributes:
        fingerprint: equal for two dates with the same start, title and place,
            whatever their UIDs.
        content_hash: changes whenever anything that a reader sees changes.
    """

    external_uid: str
    recurrence_key: str
    start_date: date
    start_time: time | None
    end_date: date
    end_time: time | None
    zone: str
    start_fold: int
    end_fold: int
    title: str
    description: str
    location: str
    url: str
    categories: tuple[str, ...]
    status: CalendarStatus
    sequence: int
    fingerprint: str
    content_hash: str

    @property
    def all_day(self) -> bool:
        return self.start_time is None

    @property
    def start_at(self) -> datetime:
        """The first instant, in UTC."""
        if self.start_time is None:
            return midnight(self.start_date, self.zone)
        return localise(
            self.start_date, self.start_time, self.zone, fold=self.start_fold
        ).astimezone(UTC)

    @property
    def end_at(self) -> datetime:
        """The first instant after, in UTC."""
        if self.end_time is None:
            return midnight(self.end_date + timedelta(days=1), self.zone)
        return localise(
            self.end_date, self.end_time, self.zone, fold=self.end_fold
        ).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRule:
    """A repetition in the words of our own series: the fields of `recurrence.Rule`.

    ``Rule(first_day=series.first.start_date, **asdict(rule))`` gives the same days;
    it may still refuse them, for a day that our calendar does not accept.

    Attributes:
        frequency: ``daily``, ``weekly``, ``monthly`` or ``yearly``.
        weekdays: Monday is 0, in order; one of them where `nth` is set.
        nth: which such weekday of the month, 1 to 5, -1 the last.
        month_day: 1 to 31, -1 the last of the month.
        months: the only ones with dates, all by default.
        until: the last day on which it may happen, on the wall clock.
        count: the number of dates, excluded ones among them, additions not.
    """

    frequency: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    month_day: int | None = None
    months: tuple[int, ...] = ()
    until: date | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSeries:
    """A repeating event as its calendar tells it, its exceptions apart.

    Attributes:
        rrule: the text of the RRULE, empty where only RDATEs repeat it.
        rule: the same in our words; None where we have none for it, so that its
            dates stand each for itself.
        first: the first date, with the words that the others share.
        exclusions: keys of the dates that do not take place, in order.
        additions: keys of the dates outside the rule, in order; the first date is
            among them where the rule does not match it.
        overrides: dates that differ from the first in more than their day, by
            key, whether in the window or not.
    """

    external_uid: str
    rrule: str
    rule: ReadRule | None
    first: ReadDate
    exclusions: tuple[str, ...]
    additions: tuple[str, ...]
    overrides: tuple[ReadDate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """One event that was left out, or some of its dates.

    Attributes:
        line: where it begins in the file, counted from 1.
        title: as far as it could be read; empty for a private one.
        excerpt: the line that is wrong, shortened; may be empty.
    """

    reason: Reason
    line: int
    uid: str
    title: str
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCalendar:
    """All that was taken from one calendar.

    Attributes:
        name: what the calendar calls itself; may be empty.
        zone: the zone of times without one: the calendar's own, else the assumed.
        dates: those in the window, by start, then UID and key.
        series: those with a date in the window, by UID.
        rejected: in the order of the file.
        events: VEVENT components in the file.
        own: those that bear our own domain in their UID: a calendar that takes
            ours over. None of them is in `dates`.
        outside: UIDs that were read and have no date in the window.
        flags: what had to be guessed or cut.
    """

    name: str
    zone: str
    dates: tuple[ReadDate, ...]
    series: tuple[ReadSeries, ...]
    rejected: tuple[Rejected, ...]
    events: int
    own: int
    outside: int
    flags: frozenset[Flag]
