"""Writing many dates at once: a series has eighteen months of them.

What a publication does for one date is done here for all, in a number of queries that
does not grow with them: address, calendar state, search entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib.contenttypes.models import ContentType
from modelsearch.backends import get_search_backends
from modelsearch.models import IndexEntry

from cms.searchable import records_written
from events.models import Event
from events.models.slugs import give_free_slugs
from events.services.calendar import refresh_calendar_states

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

BATCH: Final = 200


def create_dates(events: Sequence[Event], *, now: datetime.datetime) -> None:
    """Store ``events`` as published at ``now``, each with an address of its own.

    They have no revision: the row is what Wagtail edits while there is none. Wagtail's
    index of references is left out too, since what a date shows its series shows.

    Raises:
        events.domain.errors.CalendarError: the clock of one of them shows no time.
    """
    if not events:
        return
    give_free_slugs(events)
    for event in events:
        event.live = True
        event.first_published_at = event.last_published_at = now
        event.derive_instants()
        event.derive_texts()
    Event.objects.bulk_create(events, batch_size=BATCH)
    _tell([event.pk for event in events], now=now)


def update_dates(
    events: Sequence[Event], columns: Iterable[str], *, now: datetime.datetime
) -> None:
    """Store ``columns`` of ``events`` and tell calendars and the search.

    The caller has noted its edits (``note_service_edits``) and derived the instants.
    """
    if not events:
        return
    for event in events:
        event.derive_texts()
    written = {*columns, "service_edits", *Event.TEXTS_FROM_ELSEWHERE}
    Event.objects.bulk_update(events, sorted(written), batch_size=BATCH)
    _tell([event.pk for event in events], now=now)


def _tell(keys: Sequence[Any], *, now: datetime.datetime) -> None:
    for start in range(0, len(keys), BATCH):
        rows = Event.objects.filter(pk__in=keys[start : start + BATCH])
        rows = rows.with_row_relations().prefetch_related("tagged_items__tag")
        refresh_calendar_states(rows, now=now)
        records_written.send(Event, records=rows)
        _index_for_admin(list(rows))


def _index_for_admin(events: Sequence[Event]) -> None:
    """Keep the admin's own index, which follows ``save`` otherwise.

    Entries are replaced: modelsearch updates those it knows one by one.
    """
    known = IndexEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Event),
        object_id__in=[str(event.pk) for event in events],
    )
    known.delete()
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Event, events)
