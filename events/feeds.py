"""What a feed of the agenda holds, from the rows that publication left.

Bytes are a pure function of the entries, the feed's own words and the window; the
entity tag needs the stored hashes alone (design decision D5).
"""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.conf import settings
from django.db.models import Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext, override

from cms.models import NetworkSettings
from cms.record_text import SOURCE_LANGUAGE
from events.domain import ical
from events.domain.calendar_values import FEED_NAME_FORBIDDEN, CalendarFeed
from events.domain.feed_budget import count_fitting
from events.domain.timezones import NETWORK_ZONE, tzdata_version
from events.domain.wall_clock import midnight
from events.domain.window import Window
from events.models import CalendarState, Event, ImportedDate
from events.querysets import EventQuerySet
from events.selection import Selection

logger = logging.getLogger(__name__)

LARGEST: Final = 1000
"""Dates in a feed; beyond, the latest are left out."""
LARGEST_BYTES: Final = 900_000
"""Of all its dates together: Google imports 1 MB at most."""
WITHDRAWAL_DAYS: Final = 30
"""Days during which a withdrawn date is told as cancelled."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One date of a feed, without its text."""

    pk: int
    uid: str
    content_hash: str
    modified_at: datetime.datetime
    zone: str
    size: int


class AgendaFeed:
    """The feed of a selection, as subscribers get it on ``today`` (a day in Paris).

    Two queries say whether it changed, a third one gives its bytes.
    """

    def __init__(self, selection: Selection, path: str, today: datetime.date) -> None:
        self.selection = selection
        self.path = path
        self.today = today
        self.window = Window.of_feed(today)
        # Whether later dates were left out; known once ``entries`` are.
        self.is_shortened = False

    @cached_property
    def entries(self) -> list[FeedEntry]:
        rows = (
            self.selection.filter(self._told())
            .order_by("start_at", "uid")
            .values_list(
                "pk",
                "uid",
                "calendar_state__content_hash",
                "calendar_state__modified_at",
                "zone",
                "calendar_state__fragment_bytes",
            )
        )
        # One more than fits tells whether there are more.
        found = [FeedEntry(*row) for row in rows[: LARGEST + 1]]
        number = count_fitting(
            (entry.size for entry in found), most=LARGEST, most_bytes=LARGEST_BYTES
        )
        kept = found[:number]
        self.is_shortened = len(kept) < len(found)
        return kept

    @cached_property
    def changed_at(self) -> datetime.datetime:
        """Last change of any date, at least today's first instant.

        Of any: a date that left this selection is no longer among its entries.
        """
        return max(self._network[1], self._day_start)

    @property
    def etag(self) -> str:
        entries = ((entry.uid, entry.content_hash) for entry in self.entries)
        return ical.feed_etag(self._words, self.window, entries, tzdata_version())

    def render(self) -> bytes:
        """Return the calendar."""
        if self.is_shortened:
            logger.warning(
                "The feed %s leaves its latest dates out: %d fit in it",
                self.path,
                len(self.entries),
            )
        keys = [entry.pk for entry in self.entries]
        fragments = dict(
            CalendarState.objects.filter(event__in=keys).values_list(
                "event_id", f"fragments__{SOURCE_LANGUAGE}"
            )
        )
        return ical.assemble_feed(
            self._words,
            [fragments[key].encode() for key in keys],
            {entry.zone for entry in self.entries},
        )

    @property
    def name(self) -> str:
        """What calendar programs call it: no comma, which some show escaped."""
        with override(SOURCE_LANGUAGE):
            words = [self._network[0] or gettext("Agenda"), self.selection.label]
        return _plain(" – ".join(filter(None, words)))

    @property
    def _words(self) -> CalendarFeed:
        with override(SOURCE_LANGUAGE):
            agenda = reverse("events:agenda")
        modified = [entry.modified_at for entry in self.entries]
        query = self.selection.query_string
        return CalendarFeed(
            name=self.name,
            modified_at=max([self._day_start, *modified]),
            url=f"{settings.SITE_URL}{agenda}{query}",
            source=f"{settings.SITE_URL}{self.path}",
        )

    @property
    def _day_start(self) -> datetime.datetime:
        return midnight(self.today, NETWORK_ZONE)

    @cached_property
    def _network(self) -> tuple[str, datetime.datetime]:
        """The network's name and the last change of its calendar, in one query."""
        names = NetworkSettings.objects.filter(site__is_default_site=True)
        never = datetime.datetime.min.replace(tzinfo=datetime.UTC)
        row = (
            CalendarState.objects.order_by("-modified_at")
            .values_list(Subquery(names.values("network_name")[:1]), "modified_at")
            .first()
        )
        if row is None:
            row = names.values_list("network_name", flat=True).first(), never
        return row[0] or "", row[1]

    def _told(self) -> EventQuerySet:
        """Public dates of the window, and those withdrawn not long ago."""
        since = midnight(
            self.today - datetime.timedelta(days=WITHDRAWAL_DAYS), NETWORK_ZONE
        )
        told = Event.objects.overlapping(self.window.start, self.window.end)
        spaces = self.selection.values("lieu")
        if spaces:
            # What a space reads here must not lead back to the calendar it gave.
            given = ImportedDate.objects.filter(
                feed__isnull=False, space__slug__in=spaces, event__is_mirrored=True
            )
            told = told.exclude(pk__in=given.values("event"))
        return told.filter(
            Q(
                calendar_state__withdrawn_at__isnull=True,
                live=True,
                visibility="public",
            )
            | Q(calendar_state__withdrawn_at__gte=since),
            calendar_state__isnull=False,
        )


def _plain(name: str) -> str:
    """Return ``name`` without what some programs show escaped."""
    spaced = name.replace(", ", " · ")
    return "".join(" " if one in FEED_NAME_FORBIDDEN else one for one in spaced)
