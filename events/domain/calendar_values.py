"""What a calendar shows: one event, one feed, as plain values.

Values are clean from their construction on: whatever text comes in, what is kept
can be written to a calendar and read back unchanged.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from .errors import (
    EndBeforeStart,
    IncompleteTimes,
    InvalidValue,
    PositionOutOfRange,
)
from .text import clean_line, clean_text, clean_url
from .timezones import load

if TYPE_CHECKING:
    from collections.abc import Callable

SUMMARY_LENGTH: Final = 255
LOCATION_LENGTH: Final = 255
DESCRIPTION_LENGTH: Final = 1500
LABEL_LENGTH: Final = 100

FEED_NAME_FORBIDDEN: Final = frozenset(",;\\\n")
"""Characters that no name of a feed of ours has.

They would be written right, but ical.js (Thunderbird, Nextcloud) shows them with
their backslashes.
"""


class CalendarStatus(StrEnum):
    """What a reader of a calendar has to know about an event's holding."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"

    @property
    def is_off(self) -> bool:
        """True when nobody should come at that time."""
        return self in {CalendarStatus.CANCELLED, CalendarStatus.POSTPONED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """Where to join online, and the words to click on.

    Raises:
        UnsafeUrl: `url` is not an absolute http or https address.
    """

    url: str
    label: str = ""

    def __post_init__(self) -> None:
        _keep(self, "url", clean_url(self.url))
        _keep(self, "label", clean_line(self.label, limit=LABEL_LENGTH))


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One dated event, in one language, as one VEVENT will tell it.

    Without times the event lasts whole days and `end_date` is its last one. The
    folds choose between the two occurrences of an ambiguous time. What only some
    may know (an online address, say) is left out by whoever makes the value;
    the online address is worth repeating in `description`, as few programs show
    a CONFERENCE.

    Raises:
        IncompleteTimes: one of the two times is missing.
        EndBeforeStart: the last day is before the first, or the times of a
            single day are in the wrong order.
        InvalidValue: the UID, the sequence or an instant is unusable.
        PositionOutOfRange: `geo` (latitude, longitude in degrees) is no place.
        UnsafeUrl: `url` is neither empty nor an absolute http or https address.
        UnknownZone: the database has no such zone.
    """

    uid: str
    sequence: int
    modified_at: datetime
    created_at: datetime
    start_date: date
    end_date: date
    zone: str
    summary: str
    start_time: time | None = None
    end_time: time | None = None
    start_fold: int = 0
    end_fold: int = 0
    description: str = ""
    location: str = ""
    geo: tuple[float, float] | None = None
    url: str = ""
    status: CalendarStatus = CalendarStatus.CONFIRMED
    categories: tuple[str, ...] = ()
    contact: str = ""
    conference: Conference | None = None
    transparent: bool = False
    is_private: bool = False
    series_uid: str = ""

    def __post_init__(self) -> None:
        _require_uid(self.uid)
        if self.series_uid:
            _require_uid(self.series_uid)
        if self.sequence < 0:
            raise InvalidValue("A sequence counts from 0")
        _keep(self, "modified_at", _whole_second(self.modified_at))
        _keep(self, "created_at", _whole_second(self.created_at))
        self._check_times()
        _keep(self, "summary", clean_line(self.summary, limit=SUMMARY_LENGTH))
        _keep(
            self, "description", clean_text(self.description, limit=DESCRIPTION_LENGTH)
        )
        _keep(self, "location", clean_line(self.location, limit=LOCATION_LENGTH))
        _keep(self, "contact", clean_line(self.contact, limit=LOCATION_LENGTH))
        _keep(self, "categories", _distinct(self.categories))
        if self.url:
            _keep(self, "url", clean_url(self.url))
        if self.geo is not None:
            _keep(self, "geo", _on_earth(*self.geo))

    @property
    def all_day(self) -> bool:
        return self.start_time is None

    def _check_times(self) -> None:
        load(self.zone)
        if (self.start_time is None) != (self.end_time is None):
            raise IncompleteTimes("A start and an end time go together")
        if self.end_date < self.start_date:
            raise EndBeforeStart
        # In an hour that comes twice the clock alone does not say what is later.
        if (
            self.start_time is not None
            and self.end_time is not None
            and (self.start_date, self.start_fold) == (self.end_date, self.end_fold)
            and self.end_time <= self.start_time
        ):
            raise EndBeforeStart


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeed:
    """What a subscribed calendar says of itself.

    `source` is the feed's canonical address, None when that address is a secret.
    `modified_at` is the last change of any of its events, removals included.
    `refresh` is how often a program should ask again, at least one minute.

    Raises:
        InvalidValue: the name is empty, the colour no CSS3 name, `modified_at`
            naive, or `refresh` too short.
        UnsafeUrl: `url` or `source` is not an absolute http or https address.
    """

    name: str
    modified_at: datetime
    description: str = ""
    url: str = ""
    source: str | None = None
    color: str = ""
    refresh: timedelta = timedelta(hours=4)

    def __post_init__(self) -> None:
        _keep(self, "name", clean_line(self.name, limit=SUMMARY_LENGTH))
        _keep(
            self, "description", clean_line(self.description, limit=DESCRIPTION_LENGTH)
        )
        if not self.name:
            raise InvalidValue("A feed has a name")
        if self.color and not re.fullmatch("[a-z]+", self.color):
            raise InvalidValue("A colour is a CSS3 name")
        if self.refresh < timedelta(minutes=1):
            raise InvalidValue("A feed is not asked for more than once a minute")
        _keep(self, "modified_at", _whole_second(self.modified_at))
        if self.url:
            _keep(self, "url", clean_url(self.url))
        if self.source is not None:
            _keep(self, "source", clean_url(self.source))


_keep: Final[Callable[[object, str, object], None]] = object.__setattr__


def _require_uid(uid: str) -> None:
    """A UID is an identity: one that needed cleaning would become another."""
    if not uid or len(uid) > 255 or not uid.isascii() or not uid.isprintable():
        raise InvalidValue("A UID is printable ASCII, 255 characters at most")


def _whole_second(instant: datetime) -> datetime:
    """Cut to what a calendar can write, so that equal values give equal bytes."""
    if instant.utcoffset() is None:
        raise InvalidValue("An instant is aware")
    return instant.replace(microsecond=0)


def _distinct(categories: tuple[str, ...]) -> tuple[str, ...]:
    cleaned = (clean_line(category, limit=LABEL_LENGTH) for category in categories)
    return tuple(dict.fromkeys(filter(None, cleaned)))


def _on_earth(latitude: float, longitude: float) -> tuple[float, float]:
    """Round to six decimals: a tenth of a metre."""
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        raise PositionOutOfRange("A position is made of two numbers")
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise PositionOutOfRange(f"No such place: {latitude}, {longitude}")
    return round(latitude, 6) + 0.0, round(longitude, 6) + 0.0
