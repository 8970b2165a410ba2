"""What the page of a series shows, for its view and for the editors' preview."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from events.enums import Visibility
from events.models import Event, Series
from events.plan_wording import Plan, make_plan
from events.querysets import EventQuerySet
from events.rota_page import list_next_hosts
from events.rows import EventRow, make_rows

# A year of months: tiles name no year, and the agenda holds the others.
MOST_UPCOMING: Final = 12
MOST_PAST: Final = 12


@dataclass
class SeriesPage:
    """One series as ``viewer`` may read it at the instant ``now``."""

    series: Series
    viewer: Any
    now: datetime.datetime

    @property
    def is_public(self) -> bool:
        return self.series.visibility == Visibility.PUBLIC

    @cached_property
    def upcoming(self) -> list[EventRow]:
        """The first dates to come, soonest first, the next one lit."""
        return make_rows(self._upcoming[:MOST_UPCOMING], now=self.now)

    @property
    def has_more_upcoming(self) -> bool:
        return len(self._upcoming) > MOST_UPCOMING

    @cached_property
    def past(self) -> list[EventRow]:
        return make_rows(self._dates.past(self.now)[:MOST_PAST])

    @cached_property
    def next_hosts(self) -> list[Any]:
        """Who hosts the next dates, where hosts take turns."""
        if self.series.pk is None:
            return []
        events = [row.event for row in self.upcoming]
        return list_next_hosts(self.series, visible=events, now=self.now)

    @property
    def is_visible(self) -> bool:
        """True for whoever may see the series or one of its dates."""
        return self.is_public or bool(self.upcoming or self.past)

    @cached_property
    def continued_by(self) -> Series | None:
        """The series that goes on with this one, once it is published."""
        return self._see(getattr(self.series, "continued_by", None))

    @cached_property
    def continues(self) -> Series | None:
        return self._see(self.series.continues)

    @cached_property
    def plan(self) -> Plan | None:
        """The days that a draft would have: for the editors' preview."""
        return make_plan(self.series, now=self.now)

    @property
    def upcoming_url(self) -> str:
        return f"{reverse('events:agenda')}?serie={self.series.slug}"

    @property
    def past_url(self) -> str:
        return f"{reverse('events:agenda')}?passes=1&serie={self.series.slug}"

    @property
    def subscribe_url(self) -> str:
        return f"{reverse('events:subscribe')}?serie={self.series.slug}"

    @cached_property
    def _upcoming(self) -> list[Event]:
        """One more than the page shows."""
        return list(self._dates.upcoming(self.now)[: MOST_UPCOMING + 1])

    @property
    def _dates(self) -> EventQuerySet:
        dates = Event.objects.visible_to(self.viewer, timezone.localdate(self.now))
        dates = dates.filter(series=self.series.pk) if self.series.pk else dates.none()
        return dates.with_row_relations()

    def _see(self, other: Series | None) -> Series | None:
        """Return ``other`` when whoever reads this page may read its page too."""
        if other is None or not other.live:
            return None
        if other.visibility not in (Visibility.PUBLIC, self.series.visibility):
            return None
        return other
