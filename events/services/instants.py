"""Keeping instants true to the clocks they come from."""

from __future__ import annotations

import datetime

from cms.tasks.clock import DueJob
from events.domain.errors import CalendarError
from events.domain.timezones import tzdata_version
from events.models import Event


def recompute_instants(*, now: datetime.datetime) -> int:
    """Derive again the instants of dates not ended at ``now``; return how many moved.

    For a new release of the time zone database: the clock on the wall stays, so does
    the sequence of the calendar, since what is exported is that clock. A date whose
    hour no longer exists keeps its instants until somebody moves it.
    """
    moved = []
    for event in Event.objects.upcoming(now):
        before = event.start_at, event.end_at
        try:
            event.derive_instants()
        except CalendarError:
            continue
        if (event.start_at, event.end_at) != before:
            moved.append(event)
    return Event.objects.bulk_update(moved, ["start_at", "end_at"], batch_size=200)


def make_time_zone_job() -> DueJob:
    """Return the job that follows the installed time zone database.

    It bears the name of the release: another release is another job, due at once,
    so that the clock keeps for us which release the instants come from.
    """
    return DueJob(
        f"events.recompute_instants_{tzdata_version()}",
        datetime.timedelta(days=28),
        _follow_release,
    )


def _follow_release(now: datetime.datetime) -> None:
    recompute_instants(now=now)
