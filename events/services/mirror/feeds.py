"""Adding, pausing and removing the calendar that a space keeps elsewhere."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from cms.outbound.addresses import is_public, parse_target, read_ip
from cms.outbound.refusals import FetchRefused, ForbiddenHost, UnknownHost
from events.enums import FeedHealth
from events.models import Event, ExternalFeed, ImportedDate
from events.services.mirror.reading import read_calendar_task
from events.services.refusals import Refusal
from events.services.speaking import require_speaker

if TYPE_CHECKING:
    from cms.models import User
    from events.models import EventType
    from network.models import Space

MOST_FEEDS: Final = 5
READ_AGAIN_AFTER: Final = datetime.timedelta(minutes=2)
"""How soon a person may ask for another reading: the source is not ours."""


class OwnCalendar(Refusal):
    """The address is one of ours."""

    sentence = _(
        "This address is this site’s own. Give that of the calendar you keep elsewhere."
    )


class KnownCalendar(Refusal):
    """The space has that calendar already."""

    sentence = _("This calendar is read already.")


class TooManyCalendars(Refusal):
    """The space has as many calendars as it may."""

    sentence = _("A space has five calendars at most. Remove one first.")


class UnusableAddress(Refusal):
    """The address is refused before anything is asked of it."""

    def __init__(self, cause: FetchRefused) -> None:
        self.sentence = cause.sentence
        super().__init__(cause)


class ReadAMomentAgo(Refusal):
    """Somebody asked for a reading a moment ago."""

    sentence = _("It was read a moment ago. Try again in two minutes.")


class StoppedByModerator(Refusal):
    """A moderator switched the calendar off."""

    sentence = _("The network stopped this calendar. Please write to the network.")


def find_canonical_address(url: str) -> str:
    """Return the address as it is fetched: ``webcal`` is https, no fragment.

    Raises:
        UnusableAddress: it is none that may be fetched.
        OwnCalendar: it is one of ours.
    """
    try:
        target = parse_target(url)
        _refuse_private_literal(target.host)
    except FetchRefused as cause:
        raise UnusableAddress(cause) from cause
    if target.host.casefold() == (urlsplit(settings.SITE_URL).hostname or ""):
        raise OwnCalendar
    return target.url


def _refuse_private_literal(host: str) -> None:
    try:
        address = read_ip(host)
    except UnknownHost:
        return  # A name: looked up, and checked, when it is fetched.
    if not is_public(address):
        raise ForbiddenHost(host)


@transaction.atomic
def add_feed(
    space: Space,
    *,
    url: str,
    event_type: EventType,
    by: User,
    now: datetime.datetime,
) -> ExternalFeed:
    """Store the address of a calendar and ask for its first reading at once.

    Raises:
        NotSpeaker: ``by`` does not speak for ``space``.
        UnusableAddress, OwnCalendar: see ``find_canonical_address``.
        KnownCalendar: the space has it already.
        TooManyCalendars: the space has ``MOST_FEEDS``.
    """
    require_speaker(by, space, now=now)
    address = find_canonical_address(url)
    known = list(space.external_feeds.values_list("url", flat=True))
    if address in known:
        raise KnownCalendar
    if len(known) >= MOST_FEEDS:
        raise TooManyCalendars
    try:
        with transaction.atomic():
            feed = ExternalFeed.objects.create(
                space=space,
                url=address,
                type=event_type,
                zone=space.zone,
                added_by=by,
                created_at=now,
                next_check_at=now,
            )
    except IntegrityError as error:
        raise KnownCalendar from error
    read_calendar_task.enqueue(feed.pk)
    return feed


@transaction.atomic
def ask_reading(feed: ExternalFeed, *, by: User, now: datetime.datetime) -> None:
    """Read ``feed`` at the next occasion, however often it failed before.

    Raises:
        NotSpeaker: ``by`` does not speak for its space.
        StoppedByModerator: its reading is switched off.
        ReadAMomentAgo: it was read within ``READ_AGAIN_AFTER``.
    """
    row = _lock(feed, by=by, now=now)
    if not row.is_enabled:
        raise StoppedByModerator
    if row.checked_at is not None and row.checked_at > now - READ_AGAIN_AFTER:
        raise ReadAMomentAgo
    row.next_check_at = now
    if row.health == FeedHealth.STOPPED:
        row.health, row.failing_since, row.failures = FeedHealth.WAITING, None, 0
    row.save(update_fields=["next_check_at", "health", "failing_since", "failures"])
    read_calendar_task.enqueue(row.pk)


@transaction.atomic
def pause_feed(feed: ExternalFeed, *, by: User, now: datetime.datetime) -> None:
    """Read ``feed`` no more until somebody asks for it; its dates stay.

    Raises:
        NotSpeaker: ``by`` does not speak for its space.
    """
    row = _lock(feed, by=by, now=now)
    row.health = FeedHealth.STOPPED
    row.save(update_fields=["health"])


@transaction.atomic
def remove_feed(
    feed: ExternalFeed, *, keeps_dates: bool, by: User, now: datetime.datetime
) -> None:
    """Forget the calendar; what becomes of its dates is chosen.

    With ``keeps_dates`` they become dates like others, edited here. Otherwise those to
    come leave the agenda, and those that nobody saw are erased; past ones stay. Dates
    that another calendar gives too go on following that one.

    Raises:
        NotSpeaker: ``by`` does not speak for its space.
    """
    row = _lock(feed, by=by, now=now)
    others = ImportedDate.objects.filter(feed__isnull=False).exclude(feed=row)
    dates = Event.objects.filter(imported_from__feed=row, is_mirrored=True)
    dates = dates.exclude(pk__in=others.values("event"))
    orphans = list(dates.distinct().values_list("pk", flat=True))
    row.delete()
    left = Event.objects.filter(pk__in=orphans)
    left.update(is_mirrored=False)
    if keeps_dates:
        return
    left.filter(first_published_at__isnull=True).delete()
    for event in left.upcoming(now).filter(live=True):
        # Members hold no such permission: speaking for the space stands for it.
        event.unpublish(log_action=False)
        log(instance=event, action="wagtail.unpublish", user=by)


def _lock(feed: ExternalFeed, *, by: User, now: datetime.datetime) -> ExternalFeed:
    row = ExternalFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    require_speaker(by, row.space, now=now)
    return row
