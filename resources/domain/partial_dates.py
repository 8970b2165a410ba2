"""Dates as a source gives them: a year, a month or a day, and never more than it says.

Written as ISO 8601-1 §5.2.2 allows with reduced precision: ``2011``, ``2011-10``,
``2011-10-26``.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Final

_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class UnreadableDate(ValueError):
    """A text that is no year, month or day."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year or a day.

    Raises:
        UnreadableDate: there is no such month or day, or a day stands without a month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise UnreadableDate("a day without its month")
        month = 1 if self.month is None else self.month
        day = 1 if self.day is None else self.day
        try:
            datetime.date(self.year, month, day)
        except ValueError as error:
            raise UnreadableDate(str(error)) from error

    def __str__(self) -> str:
        parts = [f"{self.year:04}"]
        parts += [f"{one:02}" for one in (self.month, self.day) if one is not None]
        return "-".join(parts)

    @property
    def first_day(self) -> datetime.date:
        """The earliest day it can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The latest day it can mean, included."""
        month = self.month or 12
        day = self.day or calendar.monthrange(self.year, month)[1]
        return datetime.date(self.year, month, day)

    def agrees_with(self, other: PartialDate) -> bool:
        """True when one says more precisely what the other says, or the same."""
        mine, theirs = str(self), str(other)
        return mine.startswith(theirs) or theirs.startswith(mine)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, both ends included; without an end it goes on."""

    starts: PartialDate
    ends: PartialDate | None = None

    @property
    def ends_before_it_begins(self) -> bool:
        """True when no reading of the two dates puts them in order."""
        return self.ends is not None and self.ends.last_day < self.starts.first_day

    def may_hold(self, day: datetime.date) -> bool:
        """True when ``day`` is inside, as far as the dates tell."""
        return self.starts.first_day <= day and not self.is_over(day)

    def is_over(self, day: datetime.date) -> bool:
        """True when it has ended before ``day``."""
        return self.ends is not None and self.ends.last_day < day

    def overlaps(self, later: Span) -> bool:
        """True when it surely goes on after ``later`` has begun.

        Two phases that meet in 2012, with no month, may well follow each other.
        """
        if self.ends is None:
            return True
        if later.ends is not None and later.ends.last_day < self.starts.first_day:
            return False
        return self.ends.first_day >= later.starts.last_day


def read_partial_date(text: str) -> PartialDate:
    """Read what ``str`` writes.

    Raises:
        UnreadableDate: anything else.
    """
    found = _ISO.fullmatch(text)
    if found is None:
        raise UnreadableDate(text[:20])
    year, month, day = (int(one) if one else None for one in found.groups())
    return PartialDate(year or 0, month, day)
