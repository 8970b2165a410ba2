"""Reading one calendar: fetched and parsed outside any transaction, stored in one.

Whoever reads claims the calendar with one UPDATE of its next reading. The claim is
checked again before anything is stored: of two readings that overlap, one stores. A
process that dies leaves a claim that ends by itself, and nothing else.
"""

from __future__ import annotations

import datetime
import hashlib
import random
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from cms.outbound.fetching import Fetched, NotModified, fetch as fetch_outside
from cms.outbound.refusals import FetchRefused
from events.domain.foreign.values import UnreadableCalendar
from events.domain.timezones import NETWORK_ZONE, load
from events.domain.window import Window
from events.enums import FeedHealth
from events.importing.sandbox import read_calendar
from events.models import ExternalFeed
from events.services.mirror.mail import tell_moderators, tell_stopped
from events.services.mirror.storing import Keeper, Stored

if TYPE_CHECKING:
    from collections.abc import Callable

    from events.domain.foreign.values import ReadCalendar

CLAIM: Final = datetime.timedelta(minutes=10)
"""How long one reading may take before another process begins anew."""
EARLIEST: Final = datetime.timedelta(hours=1)
LATEST: Final = datetime.timedelta(hours=4)
LONGEST_PAUSE: Final = datetime.timedelta(days=1)
GIVEN_UP_AFTER: Final = datetime.timedelta(days=14)
READ_WHOLE_AFTER: Final = datetime.timedelta(days=7)
"""A calendar that never changes is read all the same: its series go on."""
DAYS_BEFORE: Final = 30
DAYS_AFTER: Final = 400
SUSPECT_SHARE: Final = 0.4
"""A calendar with a smaller share of its dates is believed at its second telling."""
MOST_REPORTED: Final = 50
OWN: Final = "own"


@task()
def read_calendar_task(feed_pk: int) -> None:
    """Read a calendar that is due; do nothing when it was removed or read meanwhile."""
    feed = ExternalFeed.objects.filter(pk=feed_pk).first()
    if feed is not None:
        read_feed(feed, now=timezone.now())


def read_due_feeds(now: datetime.datetime) -> None:
    """Store a task for each calendar that is due: the job of the clock."""
    for key in list_due(now).values_list("pk", flat=True):
        read_calendar_task.enqueue(key)


def list_due(now: datetime.datetime) -> Any:
    """Return the calendars to be read at ``now``, who waits longest first."""
    due = ExternalFeed.objects.filter(is_enabled=True, next_check_at__lte=now)
    return due.exclude(health=FeedHealth.STOPPED).order_by("next_check_at", "pk")


def read_feed(
    feed: ExternalFeed,
    *,
    now: datetime.datetime,
    fetch: Callable[..., Fetched | NotModified] = fetch_outside,
) -> bool:
    """Fetch, parse and store one calendar; return whether this call did it.

    False: it is not due, or another process reads it. Whatever goes wrong with the
    calendar is written on its row; the dates are then as they were.
    """
    claim = now + CLAIM
    if not list_due(now).filter(pk=feed.pk).update(next_check_at=claim):
        return False
    feed = ExternalFeed.objects.get(pk=feed.pk)
    try:
        answer = fetch(feed.url, **_choose_validators(feed, now))
        if isinstance(answer, NotModified):
            return _note_unchanged(feed, claim, now)
        calendar = read_calendar(
            answer.content,
            window=_find_window(now),
            assumed_zone=feed.zone,
            own_domain=settings.ICAL_UID_DOMAIN,
            charset=_find_charset(answer.content_type),
        )
    except FetchRefused as refusal:
        pause = getattr(refusal, "retry_after", None)
        return _note_failure(feed, claim, refusal.code, now=now, pause=pause)
    except UnreadableCalendar as refusal:
        return _note_failure(feed, claim, refusal.problem.value, now=now)
    if calendar.own and calendar.own == calendar.events:
        return _stop_own(feed, claim, now)
    return _store(feed, claim, answer, calendar, now)


def _choose_validators(feed: ExternalFeed, now: datetime.datetime) -> dict[str, str]:
    """Return the validators to send; none when the whole must be read again."""
    is_old = feed.succeeded_at is None or feed.succeeded_at < now - READ_WHOLE_AFTER
    # “Unchanged” would leave these questions open for ever.
    is_open = feed.suspect_hash or feed.imported_dates.filter(missing_count=1).exists()
    if is_old or is_open:
        return {}
    return {"etag": feed.etag, "last_modified": feed.last_modified}


def _find_window(now: datetime.datetime) -> Window:
    today = now.astimezone(load(NETWORK_ZONE)).date()
    return Window.of_feed(today, DAYS_BEFORE, DAYS_AFTER)


def _find_charset(content_type: str) -> str:
    _type, _separator, rest = content_type.partition("charset=")
    return rest.split(";")[0].strip(" \"'")


def _hold(feed: ExternalFeed, claim: datetime.datetime) -> ExternalFeed | None:
    """Return the row, locked, while the claim is ours."""
    rows = ExternalFeed.objects.select_for_update(of=("self",)).select_related("space")
    return rows.filter(pk=feed.pk, next_check_at=claim, is_enabled=True).first()


@transaction.atomic
def _note_unchanged(
    feed: ExternalFeed, claim: datetime.datetime, now: datetime.datetime
) -> bool:
    row = _hold(feed, claim)
    if row is None:
        return False
    _note_health(row, now)
    row.save(update_fields=_HEALTH)
    return True


@transaction.atomic
def _note_failure(
    feed: ExternalFeed,
    claim: datetime.datetime,
    code: str,
    *,
    now: datetime.datetime,
    pause: int | None = None,
) -> bool:
    row = _hold(feed, claim)
    if row is None:
        return False
    row.error, row.checked_at = code, now
    row.failures += 1
    row.failing_since = row.failing_since or now
    row.health = FeedHealth.FAILING
    wait = min(EARLIEST * 2 ** min(row.failures - 1, 5), LONGEST_PAUSE)
    asked = datetime.timedelta(seconds=min(pause or 0, 86_400))
    row.next_check_at = now + max(wait * random.uniform(1, 1.25), asked)  # noqa: S311
    if now - row.failing_since >= GIVEN_UP_AFTER:
        row.health = FeedHealth.STOPPED
        tell_stopped(row)
    row.save(update_fields=_HEALTH)
    return True


@transaction.atomic
def _stop_own(
    feed: ExternalFeed, claim: datetime.datetime, now: datetime.datetime
) -> bool:
    row = _hold(feed, claim)
    if row is None:
        return False
    row.error, row.checked_at, row.health = OWN, now, FeedHealth.STOPPED
    row.save(update_fields=_HEALTH)
    return True


_HEALTH: Final = [
    "health", "error", "failures", "failing_since", "checked_at", "next_check_at",
]  # fmt: skip


@transaction.atomic
def _store(
    feed: ExternalFeed,
    claim: datetime.datetime,
    answer: Fetched,
    calendar: ReadCalendar,
    now: datetime.datetime,
) -> bool:
    row = _hold(feed, claim)
    if row is None:
        return False
    keeper = Keeper(row, now=now)
    coming = sum(day.end_at > now for day in calendar.dates)
    known = keeper.count_coming()
    told = _digest(calendar)
    is_small = bool(known) and (not coming or coming < SUSPECT_SHARE * known)
    if is_small and row.suspect_hash != told:
        row.suspect_hash = told
        row.report = _report(calendar, Stored()) | {"suspect": [coming, known]}
    else:
        # Told twice: the first telling counts as an absence too.
        stored = keeper.store(calendar, absences=2 if is_small else 1)
        row.suspect_hash = ""
        row.body_hash = hashlib.sha256(answer.content).hexdigest()
        row.report = _report(calendar, stored)
        waiting = [event for event in stored.created if not event.live]
        if waiting:
            tell_moderators(row, len(waiting))
    row.etag, row.last_modified = answer.etag, answer.last_modified
    row.succeeded_at = now
    _note_health(row, now)
    row.save()
    return True


def _note_health(row: ExternalFeed, now: datetime.datetime) -> None:
    row.health, row.error = FeedHealth.GOOD, ""
    row.failures, row.failing_since = 0, None
    row.checked_at = now
    spread = (LATEST - EARLIEST) * random.random()  # noqa: S311 (no secret)
    row.next_check_at = now + EARLIEST + spread


def _digest(calendar: ReadCalendar) -> str:
    """Return what two tellings of the same dates have in common."""
    told = sorted(day.fingerprint for day in calendar.dates)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _report(calendar: ReadCalendar, stored: Stored) -> dict[str, Any]:
    """Return what people of the space are told of one reading, as stored."""
    refused = [[one.title, one.reason.value] for one in calendar.rejected]
    refused += [[day.title, CLOCK] for day in stored.refused]
    return {
        "name": calendar.name,
        "taken": len(calendar.dates) - len(stored.refused),
        "new": len(stored.created),
        "changed": len(stored.changed),
        "cancelled": len(stored.cancelled),
        "shared": stored.shared,
        "own": calendar.own,
        "refused": refused[:MOST_REPORTED],
        "refused_count": len(refused),
        "flags": sorted(calendar.flags),
    }


CLOCK: Final = "clock"
"""Why a date is refused here that reading accepted: our clocks do not show its hours."""
