"""The new dates of a calendar that is not trusted: approved or refused many at once.

None of them starts a workflow: forty dates would be forty mails. They wait as drafts
under their calendar. A refused one is locked: the calendar does not bring it back.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction

from events.models import Event, ImportedDate
from events.models.slugs import give_free_slugs
from events.services.many_dates import update_dates

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from cms.models import User
    from events.models import ExternalFeed
    from events.querysets import EventQuerySet


def list_waiting(feed: ExternalFeed, *, now: datetime.datetime) -> EventQuerySet:
    """Return the dates of ``feed`` to come that nobody has judged yet."""
    return _wait(now).filter(imported_from__feed=feed).distinct()


def count_waiting(
    feeds: Iterable[ExternalFeed], *, now: datetime.datetime
) -> Counter[int]:
    """Return how many dates of each of ``feeds``, by key, wait; one query."""
    waiting = ImportedDate.objects.filter(feed__in=feeds, event__in=_wait(now))
    pairs = waiting.values_list("feed", "event").distinct().order_by()
    return Counter(feed for feed, _event in pairs)


def _wait(now: datetime.datetime) -> EventQuerySet:
    events = Event.objects.filter(
        is_mirrored=True, live=False, locked=False, first_published_at__isnull=True
    )
    return events.upcoming(now)


@transaction.atomic
def approve_waiting(feed: ExternalFeed, *, by: User, now: datetime.datetime) -> int:
    """Publish every waiting date of ``feed``; return how many there were."""
    events = list(_lock(feed, now))
    if not events:
        return 0
    give_free_slugs(events)
    for event in events:
        event.live = True
        event.first_published_at = event.last_published_at = now
        event.has_unpublished_changes = False
    columns = ("live", "slug", "first_published_at", "last_published_at")
    update_dates(events, [*columns, "has_unpublished_changes"], now=now)
    return len(events)


@transaction.atomic
def refuse_waiting(feed: ExternalFeed, *, by: User, now: datetime.datetime) -> int:
    """Keep every waiting date of ``feed`` out for good; return how many there were."""
    keys = [event.pk for event in _lock(feed, now)]
    return Event.objects.filter(pk__in=keys).update(
        locked=True, locked_at=now, locked_by=by
    )


def _lock(feed: ExternalFeed, now: datetime.datetime) -> EventQuerySet:
    keys = list(list_waiting(feed, now=now).values_list("pk", flat=True))
    rows = Event.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return rows.select_related("type", "venue", "host")
