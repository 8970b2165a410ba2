"""What follows when another text of a date is published, or none any more."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from events.services.announce import DateChange, announce_change
from events.services.change_date import keep_first_start
from events.services.departures import GROUPS, HOST, list_written, note_departures

if TYPE_CHECKING:
    import datetime

    from events.models import Event


def follow_publication(
    before: Event | None, event: Event, *, now: datetime.datetime
) -> None:
    """Note what the publication changed of ``event`` and announce it.

    ``before`` is the row as it was. Writes ``previous_start_at`` and, for a date of a
    series, in what it departs from it. The first publication announces nothing: nobody
    holds the date yet.
    """
    was_announced = before is not None and before.first_published_at is not None
    if before is not None and was_announced:
        keep_first_start(event, before)
    is_replaced = before is not None and before.live
    written = list_written(before, event) if before and is_replaced else [*GROUPS]
    note_departures(event, written)
    if HOST in written:
        event.host_is_chosen = HOST in event.overridden_fields
    event.save(
        update_fields=["previous_start_at", "overridden_fields", "host_is_chosen"]
    )
    if before is not None and was_announced:
        author = event.live_revision.user if event.live_revision else None
        announce_change(event, DateChange(before, author), now=now)


def follow_unpublication(event: Event, *, now: datetime.datetime) -> None:
    """Tell who holds ``event`` that it is no longer announced."""
    before = copy(event)
    before.live = True
    announce_change(event, DateChange(before), now=now)
