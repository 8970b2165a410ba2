"""The whole days that a feed covers.

A feed's bytes depend on its window and not on the second at which it is asked
for: the view computes the window once from today's date and passes it down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from .errors import EndBeforeStart
from .timezones import NETWORK_ZONE
from .wall_clock import midnight


@dataclass(frozen=True, slots=True)
class Window:
    """Whole local days from `first_day` to `last_day`, both included.

    Raises:
        EndBeforeStart: `last_day` is before `first_day`.
    """

    first_day: date
    last_day: date
    zone: str = NETWORK_ZONE

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise EndBeforeStart

    @classmethod
    def of_feed(cls, today: date, days_before: int = 60, days_after: int = 400) -> Self:
        """Return the days of a public feed; `today` is the day in `NETWORK_ZONE`."""
        return cls(
            today - timedelta(days=days_before), today + timedelta(days=days_after)
        )

    @property
    def start(self) -> datetime:
        """First instant inside, in UTC."""
        return midnight(self.first_day, self.zone)

    @property
    def end(self) -> datetime:
        """First instant after, in UTC."""
        return midnight(self.last_day + timedelta(days=1), self.zone)

    def contains(self, instant: datetime) -> bool:
        """Tell whether the aware `instant` is inside."""
        return self.start <= instant < self.end

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Tell whether the half-open aware [`start`, `end`) has an instant inside."""
        return start < self.end and end > self.start
