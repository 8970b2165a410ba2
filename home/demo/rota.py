"""Whose turn it is, where the table stands and which number the meeting has.

The latest minutes hold turn 0; the months count from there, in both directions.
"""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Any

from dateutil.relativedelta import relativedelta

from events.models import Minutes
from home.demo.content_files import read_content
from home.demo.recurrence import count_months


class Rota:
    """The turns of one run."""

    def __init__(self, today: datetime.date) -> None:
        self.today = today
        self.minutes = {
            row["edition"]: row for row in read_content("minutes")["minutes"]
        }
        self.latest_edition = max(self.minutes)

    @cached_property
    def anchor(self) -> datetime.date:
        """A day of the month of turn 0: last month, as long as no minutes say more."""
        held = Minutes.objects.filter(edition=self.latest_edition)
        day = held.values_list("event__start_date", flat=True).first()
        return day or self.today - relativedelta(months=1)

    def find_turn(self, row: dict[str, Any], day: datetime.date) -> int:
        """Return the turn of a series on ``day``; a weekly one never turns."""
        if row["rule"]["freq"] == "weekly":
            return 0
        return count_months(day) - count_months(self.anchor)

    def find_title(self, row: dict[str, Any], turn: int) -> str:
        """Return the title of a turn: the one that its minutes give, if it has any."""
        minutes = self._find_minutes(row, turn)
        if minutes is not None:
            return minutes["title"]
        titles = row.get("titles", [row["title"]])
        return titles[turn % len(titles)].format(edition=self.latest_edition + turn)

    def find_host(self, row: dict[str, Any], turn: int) -> str:
        """Return the slug of the space that organises a turn."""
        return row["spaces"][turn % len(row["spaces"])]

    def find_venue(self, row: dict[str, Any], turn: int) -> dict[str, str] | None:
        """Return the table of a turn: the one that its minutes name, if it has any."""
        venues = row.get("venues")
        if not venues:
            return None
        minutes = self._find_minutes(row, turn)
        if minutes is None:
            return venues[turn % len(venues)]
        name = minutes["place"].partition(",")[0]
        return next(venue for venue in venues if venue["name"] == name)

    def _find_minutes(self, row: dict[str, Any], turn: int) -> dict[str, Any] | None:
        minutes = self.minutes.get(self.latest_edition + turn)
        if minutes is None or minutes["series"] != row["slug"]:
            return None
        return minutes
