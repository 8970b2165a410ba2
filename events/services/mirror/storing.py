"""Bringing the stored dates of a calendar in step with what it says now.

Runs inside the transaction of the caller, which holds the feed. The number of queries
grows with the batches of dates, not with the dates.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Prefetch, Q

from events.domain.errors import CalendarError
from events.domain.foreign.fingerprints import (
    are_uids_unstable,
    identify_by_fingerprint,
)
from events.domain.foreign.values import Flag
from events.enums import EventStatus
from events.models import Event, ImportedDate, Registration
from events.services.announce import DateChange, announce_change
from events.services.many_dates import BATCH, create_dates, update_dates
from events.services.mirror.origin import make_series_uid
from events.services.mirror.rows import (
    FOLLOWED,
    STATUS_COLUMNS,
    build_event,
    say_status,
    set_status,
    write_date,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from events.domain.foreign.values import ReadCalendar, ReadDate
    from events.models import ExternalFeed

GONE_AFTER: Final = 2
"""Good readings without a date until it counts as cancelled."""

_SEEN: Final = ("content_hash", "source_url", "last_seen_at", "missing_count")


@dataclass(slots=True)
class Stored:
    """What one reading changed."""

    created: list[Event] = field(default_factory=list)
    changed: list[Event] = field(default_factory=list)
    cancelled: list[Event] = field(default_factory=list)
    shared: int = 0
    refused: list[ReadDate] = field(default_factory=list)


class Keeper:
    """Stores one reading of ``feed``, whose row the caller holds."""

    def __init__(self, feed: ExternalFeed, *, now: datetime.datetime) -> None:
        self.feed = feed
        self.now = now
        self.stored = Stored()
        self._before: dict[int, Event] = {}
        rows = feed.imported_dates.select_related(
            "event__type", "event__venue", "event__host"
        ).prefetch_related(
            Prefetch(
                "event__imported_from",
                queryset=ImportedDate.objects.filter(feed__isnull=False),
                to_attr="attributions",
            )
        )
        self.known = {(row.external_uid, row.recurrence_id): row for row in rows}

    def count_coming(self) -> int:
        """Return how many stored dates to come the calendar still had."""
        return sum(
            not row.event.is_past(self.now) and row.missing_count < GONE_AFTER
            for row in self.known.values()
        )

    def store(self, calendar: ReadCalendar, *, absences: int = 1) -> Stored:
        """Take the calendar in; a date that it lacks was absent ``absences`` times."""
        dates = self._identify(calendar.dates)
        seen: list[ImportedDate] = []
        new: list[ReadDate] = []
        for day in dates:
            row = self.known.get((day.external_uid, day.recurrence_key))
            if row is not None:
                self._follow(row, day)
                seen.append(row)
            elif day.end_at > self.now:
                new.append(day)
        self._add(new)
        missing = self._miss(dates, calendar, absences)
        ImportedDate.objects.bulk_update(seen + missing, _SEEN, batch_size=BATCH)
        update_dates(
            [*self.stored.changed, *self.stored.cancelled],
            [*FOLLOWED, *STATUS_COLUMNS, "start_at", "end_at"],
            now=self.now,
        )
        self._announce()
        return self.stored

    def _announce(self) -> None:
        """Tell who registered for a date what became of it; its space knows."""
        changed = {event.pk: event for event in self.stored.changed}
        changed |= {event.pk: event for event in self.stored.cancelled}
        told = Registration.objects.current().filter(event__in=changed)
        for key in sorted(set(told.order_by().values_list("event", flat=True))):
            change = DateChange(self._before[key], self.feed.added_by)
            announce_change(changed[key], change, now=self.now)

    def _identify(self, dates: Sequence[ReadDate]) -> Sequence[ReadDate]:
        """Return the dates by UID, or by what they say once the UIDs are worth nothing."""
        stored = [(row.external_uid, row.fingerprint) for row in self.known.values()]
        if not self.feed.uses_fingerprints:
            if not are_uids_unstable(stored, dates):
                return dates
            self.feed.uses_fingerprints = True
            self._rename()
        return identify_by_fingerprint(dates)

    def _rename(self) -> None:
        """Identify what is stored by fingerprint; of twins the first one is kept."""
        renamed: dict[tuple[str, str], ImportedDate] = {}
        for row in self.known.values():
            row.external_uid, row.recurrence_id = f"{row.fingerprint}@nowhere", ""
            renamed.setdefault((row.external_uid, ""), row)
        kept = list(renamed.values())
        others = self.feed.imported_dates.exclude(pk__in=[row.pk for row in kept])
        others.delete()
        ImportedDate.objects.bulk_update(
            kept, ["external_uid", "recurrence_id"], batch_size=BATCH
        )
        self.known = renamed

    def _follow(self, row: ImportedDate, day: ReadDate) -> None:
        """Note that a known date was seen, and what changed about it."""
        is_back = row.missing_count >= GONE_AFTER
        is_same = row.content_hash == day.content_hash
        row.last_seen_at, row.missing_count = self.now, 0
        row.content_hash, row.source_url = day.content_hash, day.url[:500]
        is_over = row.event.is_past(self.now) and day.end_at <= self.now
        if (is_same and not is_back) or is_over or not self._leads(row):
            return
        event = row.event
        before = copy(event)
        try:
            write_date(event, day, space=self.feed.space)
        except CalendarError:
            event.refresh_from_db()
            self.stored.refused.append(day)
            return
        self._before[event.pk] = before
        if event.start_at != before.start_at and event.live:
            event.previous_start_at = before.start_at
        status = say_status(day)
        if event.status != status:
            set_status(event, status, now=self.now)
        event.note_service_edits(FOLLOWED)
        self.stored.changed.append(event)

    def _leads(self, row: ImportedDate) -> bool:
        """Tell whether this calendar is the oldest one that gives the date."""
        if not row.event.is_mirrored:
            return False
        present = [
            other.pk
            for other in row.event.attributions
            if other.pk == row.pk or other.missing_count < GONE_AFTER
        ]
        return row.pk == min(present)

    def _add(self, days: Sequence[ReadDate]) -> None:
        """Store new dates; one that another calendar gave already gets a second one."""
        twins, of_series = self._find_twins(days), self._find_series_dates(days)
        attributions: list[ImportedDate] = []
        for day in days:
            event = twins.get((day.external_uid, day.recurrence_key, day.start_at))
            event = event or of_series.get((day.external_uid, day.start_at))
            if event is None:
                try:
                    event = build_event(self.feed, day)
                except CalendarError:
                    self.stored.refused.append(day)
                    continue
                if event.status == EventStatus.CANCELLED:
                    continue  # Nobody here has heard of it.
                self.stored.created.append(event)
            else:
                self.stored.shared += 1
            attributions.append(self._attribute(event, day))
        if self.feed.is_trusted or self.feed.space.is_trusted:
            create_dates(self.stored.created, now=self.now)
        else:
            Event.objects.bulk_create(self.stored.created, batch_size=BATCH)
        ImportedDate.objects.bulk_create(attributions, batch_size=BATCH)

    def _find_twins(self, days: Sequence[ReadDate]) -> dict[Any, Event]:
        """Return dates that another calendar gives, or that a file of the space gave."""
        kept = Q(feed__isnull=False, event__is_mirrored=True)
        kept |= Q(feed__isnull=True, space=self.feed.space)
        found: dict[Any, Event] = {}
        uids = sorted({day.external_uid for day in days})
        for start in range(0, len(uids), BATCH):
            rows = ImportedDate.objects.filter(
                kept, external_uid__in=uids[start : start + BATCH]
            ).exclude(feed=self.feed)
            for row in rows.select_related("event").order_by("-pk"):
                key = row.external_uid, row.recurrence_id, row.event.start_at
                found[key] = row.event
        return found

    def _find_series_dates(self, days: Sequence[ReadDate]) -> dict[Any, Event]:
        """Return dates that the clock made of a series that a file of the space gave."""
        external = {
            make_series_uid(self.feed.space, day.external_uid): day.external_uid
            for day in days
            if day.recurrence_key
        }
        uids = sorted(external)
        found: dict[Any, Event] = {}
        for start in range(0, len(uids), BATCH):
            dates = Event.objects.filter(series__uid__in=uids[start : start + BATCH])
            for event in dates.select_related("series"):
                if event.series is not None:
                    found[external[event.series.uid], event.start_at] = event
        return found

    def _attribute(self, event: Event, day: ReadDate) -> ImportedDate:
        return ImportedDate(
            feed=self.feed,
            space=self.feed.space,
            event=event,
            external_uid=day.external_uid,
            recurrence_id=day.recurrence_key,
            content_hash=day.content_hash,
            fingerprint=day.fingerprint,
            source_url=day.url[:500],
            first_seen_at=self.now,
            last_seen_at=self.now,
        )

    def _miss(
        self, dates: Iterable[ReadDate], calendar: ReadCalendar, absences: int
    ) -> list[ImportedDate]:
        """Count the dates to come that were not seen; call off those gone for good."""
        present = {(day.external_uid, day.recurrence_key) for day in dates}
        unreadable = {refused.uid for refused in calendar.rejected}
        if Flag.SHORTENED in calendar.flags or (
            unreadable and self.feed.uses_fingerprints
        ):
            return []
        missing = [
            row
            for key, row in self.known.items()
            if key not in present
            and row.external_uid not in unreadable
            and not row.event.is_past(self.now)
            and row.missing_count < GONE_AFTER
        ]
        unseen = []
        for row in missing:
            row.missing_count += absences
            if row.missing_count < GONE_AFTER or self._has_other_source(row):
                continue
            if row.event.first_published_at is None:
                unseen.append(row.event_id)
            elif row.event.is_mirrored and not row.event.is_called_off:
                self._before[row.event_id] = copy(row.event)
                set_status(row.event, EventStatus.CANCELLED, now=self.now)
                self.stored.cancelled.append(row.event)
        # What nobody saw leaves no trace.
        Event.objects.filter(pk__in=unseen).delete()
        return [row for row in missing if row.event_id not in unseen]

    def _has_other_source(self, row: ImportedDate) -> bool:
        return any(
            other.pk != row.pk and other.missing_count < GONE_AFTER
            for other in row.event.attributions
        )
