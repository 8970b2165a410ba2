"""How dates are read. Every method takes the moment it is asked about."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models

from events.enums import CALLED_OFF, Visibility


class EventQuerySet(models.QuerySet[Any]):
    """Dates, in the words of the agenda."""

    def published(self) -> EventQuerySet:
        """Live and open to everybody: what the public agenda and feeds may show."""
        return self.filter(live=True, visibility=Visibility.PUBLIC)

    def upcoming(self, now: datetime.datetime) -> EventQuerySet:
        """Not ended at ``now``, soonest first."""
        return self.filter(end_at__gt=now).order_by("start_at", "pk")

    def past(self, now: datetime.datetime) -> EventQuerySet:
        """Ended at ``now``, latest first."""
        return self.filter(end_at__lte=now).order_by("-start_at", "-pk")

    def overlapping(
        self, start_at: datetime.datetime, end_at: datetime.datetime
    ) -> EventQuerySet:
        """Dates that share a moment with the half-open span [start, end)."""
        return self.filter(start_at__lt=end_at, end_at__gt=start_at).order_by(
            "start_at", "pk"
        )

    def taking_place(self) -> EventQuerySet:
        """Neither cancelled nor postponed."""
        return self.exclude(status__in=CALLED_OFF)

    def hosted_by(self, space: models.Model) -> EventQuerySet:
        return self.filter(host=space)

    def with_row_relations(self) -> EventQuerySet:
        """Fetch, in the same query, what one line of the agenda shows."""
        return self.select_related("type", "venue", "host", "series")
