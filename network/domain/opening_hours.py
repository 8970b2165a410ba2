"""Opening hours of a week, as a person writes them and as a page asks of them.

A day is a list of half-open spans [opening, closing) of local wall-clock time, in
order, that do not overlap. Monday is 0.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SPAN = re.compile(
    r"^\s*(\d{1,2})\s*[:hH]\s*(\d{2})?\s*[-–]\s*(\d{1,2})\s*[:hH]\s*(\d{2})?\s*$"
)
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class UnreadableHours(ValueError):
    """A text is no list of spans such as “09:00-12:30, 14:00-18:00”."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From an opening to a closing, on one day."""

    opens: datetime.time
    closes: datetime.time


def parse_day(text: str) -> tuple[Span, ...]:
    """Read “09:00-12:30, 14h-18h”; an empty text is a closed day.

    Raises:
        UnreadableHours: a span is not two clock times, closes before it opens, or
            overlaps another.
    """
    spans = sorted(
        _parse_span(part) for part in re.split(r"[,;/]", text) if part.strip()
    )
    for earlier, later in pairwise(spans):
        if later.opens < earlier.closes:
            raise UnreadableHours(text)
    return tuple(spans)


def _parse_span(text: str) -> Span:
    match = _SPAN.match(text)
    if match is None:
        raise UnreadableHours(text)
    hours = [int(number or 0) for number in match.groups()]
    try:
        span = Span(
            datetime.time(hours[0], hours[1]), datetime.time(hours[2], hours[3])
        )
    except ValueError:
        raise UnreadableHours(text) from None
    if span.closes <= span.opens:
        raise UnreadableHours(text)
    return span


def format_day(spans: Sequence[Span]) -> str:
    """Write spans the way ``parse_day`` reads them."""
    return ", ".join(f"{span.opens:%H:%M}-{span.closes:%H:%M}" for span in spans)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of spans, Monday first."""

    days: tuple[tuple[Span, ...], ...]

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Week:
        """Build a week from texts by day name (``mon`` … ``sun``); missing is closed.

        Raises:
            UnreadableHours: a day's text cannot be read.
        """
        return cls(tuple(parse_day(texts.get(name, "")) for name in DAY_NAMES))

    @property
    def is_empty(self) -> bool:
        """True where no day has hours: they are unknown rather than never open."""
        return not any(self.days)

    def closing_after(self, moment: datetime.datetime) -> datetime.time | None:
        """Return when the space that is open at local ``moment`` closes, else None."""
        for span in self.days[moment.weekday()]:
            if span.opens <= moment.time() < span.closes:
                return span.closes
        return None

    def next_opening(self, moment: datetime.datetime) -> datetime.datetime | None:
        """Return the first opening after local ``moment``, within seven days, else None.

        The answer has the zone of ``moment``; an opening at that very minute counts.
        """
        for days in range(8):
            day = moment.date() + datetime.timedelta(days=days)
            for span in self.days[day.weekday()]:
                opening = datetime.datetime.combine(day, span.opens, moment.tzinfo)
                if opening >= moment:
                    return opening
        return None


# The words of the opening_hours key of OpenStreetMap, which open data speaks.
_OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def format_osm(week: Week) -> str:
    """Write a week as OpenStreetMap does: “Mo 09:00-12:30,14:00-18:00; Tu …”.

    Source: https://wiki.openstreetmap.org/wiki/Key:opening_hours. Days without hours
    are left out, so that an unknown week is an empty text.
    """
    return "; ".join(
        f"{name} {format_day(spans).replace(', ', ',')}"
        for name, spans in zip(_OSM_DAYS, week.days, strict=True)
        if spans
    )
