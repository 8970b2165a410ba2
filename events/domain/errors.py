"""What can be wrong with a date, a zone or a value meant for a calendar.

Each name says what is wrong; the base class says that it is an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta


class CalendarError(ValueError):
    """Base of every refusal of ``events.domain``: catch it to answer a person."""


class UnknownZone(CalendarError):
    """Raised when a name is not an IANA zone of the installed time zone database."""

    def __init__(self, zone: str) -> None:
        self.zone = zone
        super().__init__(f"Unknown time zone: {zone!r}")


class UnsupportedZone(CalendarError):
    """Raised when the rule of a zone cannot be written as a plain VTIMEZONE.

    The times of such a zone are exported in UTC.
    """

    def __init__(self, zone: str, footer: str) -> None:
        self.zone = zone
        self.footer = footer
        super().__init__(f"No plain VTIMEZONE for {zone}: {footer!r}")


class NonexistentTime(CalendarError):
    """Raised when clocks jump over a wall-clock time in spring.

    ``proposed`` is the aware time later by the length of the jump (one hour in
    France): what a person who typed the missing time most likely meant.
    """

    def __init__(self, wall: datetime, proposed: datetime) -> None:
        self.wall = wall
        self.proposed = proposed
        super().__init__(f"{wall:%Y-%m-%d %H:%M} does not exist in {proposed.tzinfo}")


class AmbiguousTime(CalendarError):
    """Raised when a wall-clock time occurs twice in autumn and nobody chose which.

    ``offsets`` are the two UTC offsets, first occurrence first: the index of the
    chosen one is the ``fold`` to pass.
    """

    def __init__(
        self, wall: datetime, zone: str, offsets: tuple[timedelta, timedelta]
    ) -> None:
        self.wall = wall
        self.zone = zone
        self.offsets = offsets
        super().__init__(f"{wall:%Y-%m-%d %H:%M} occurs twice in {zone}")


class IncompleteTimes(CalendarError):
    """Raised when an all-day event has a time, or a timed event lacks one."""


class EndBeforeStart(CalendarError):
    """Raised when something ends before it starts, or at the very same instant."""


class TooLong(CalendarError):
    """Raised when one date lasts longer than ``wall_clock.LONGEST``."""


class OutOfRange(CalendarError):
    """Raised when a day is outside the range that the calendar accepts.

    ``earliest`` and ``latest`` are both accepted.
    """

    def __init__(self, day: date, earliest: date, latest: date) -> None:
        self.day = day
        self.earliest = earliest
        self.latest = latest
        super().__init__(f"{day} is not between {earliest} and {latest}")


class PositionOutOfRange(CalendarError):
    """Raised when a latitude or longitude is not a place on Earth, NaN included."""


class UnsafeUrl(CalendarError):
    """Raised when an address is not an absolute http or https one."""


class InvalidValue(CalendarError):
    """Raised when a value object is given what its property cannot carry.

    It is a mistake of the calling code: an empty UID, a naive instant, a negative
    sequence.
    """


class BrokenFragment(CalendarError):
    """Raised when bytes are not exactly one well-formed VEVENT.

    Such bytes never reach a feed: one malformed line makes some programs drop the
    whole calendar.
    """


class InvalidRule(CalendarError):
    """Raised when the parts of a recurrence rule do not go together.

    ``part`` is the name of the field of ``recurrence.Rule`` to put right.
    """

    def __init__(self, part: str, reason: str) -> None:
        self.part = part
        self.reason = reason
        super().__init__(f"{part}: {reason}")


class NeverMatches(CalendarError):
    """Raised when a rule gives no day between ``first_day`` and ``latest``.

    Such as each 30 February: ``latest`` is the last day that the calendar accepts.
    """

    def __init__(self, first_day: date, latest: date) -> None:
        self.first_day = first_day
        self.latest = latest
        super().__init__(f"No day from {first_day} to {latest}")


class UntilBeforeFirst(CalendarError):
    """Raised when the last day of a rule, ``until``, is before its first date."""

    def __init__(self, until: date, first: date) -> None:
        self.until = until
        self.first = first
        super().__init__(f"Ends on {until}, before its first date {first}")


class TooManyDates(CalendarError):
    """Raised when a rule asks for more dates than ``most``."""

    def __init__(self, count: int, most: int) -> None:
        self.count = count
        self.most = most
        super().__init__(f"{count} dates, {most} at most")


class NothingFollows(CalendarError):
    """Raised when a rule has no date left on ``day`` or after: it cannot go on."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(f"No date on {day} or after")


class TurnNotHeld(CalendarError):
    """Raised when a turn cannot change hands: it is cancelled or has no host."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(f"The turn of {day} cannot change hands")


class NeedsFlatForm(CalendarError):
    """Raised when a series cannot be told as one rule that every program reads right."""
