"""The news of the agenda as Atom: dates announced, moved, called off (RFC 4287).

An entry is dated by its announcement and its last change, never by the day it takes
place; that day stands in its title. A change is an update of the same entry.
"""

from __future__ import annotations

import datetime
import hashlib
from functools import cached_property
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext, override

from cms.models import NetworkSettings
from cms.record_text import SOURCE_LANGUAGE
from events import wording
from events.domain.calendar_values import CalendarStatus
from events.domain.ical import PREFIXES
from events.domain.text import clean_line, clean_text
from events.models import Event
from events.selection import Selection

LARGEST: Final = 50
"""Entries, the latest change first."""


class AgendaNews:
    """The latest changes of a selection, at the address ``path``.

    Two queries say whether it changed and give its entries.
    """

    def __init__(self, selection: Selection, path: str) -> None:
        self.selection = selection
        self.path = path

    @cached_property
    def events(self) -> list[Event]:
        told = Event.objects.published().filter(
            calendar_state__withdrawn_at__isnull=True
        )
        rows = self.selection.filter(told).order_by(
            "-calendar_state__modified_at", "uid"
        )
        rows = rows.with_row_relations().select_related("calendar_state")
        return list(rows[:LARGEST])

    @property
    def changed_at(self) -> datetime.datetime:
        stamps = [event.calendar_state.modified_at for event in self.events]
        return max(stamps, default=datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC))

    @property
    def etag(self) -> str:
        digest = hashlib.sha256(f"{self.path}\n{self._title}".encode())
        for event in self.events:
            state = event.calendar_state
            digest.update(
                f"\n{event.uid} {state.sequence} {state.content_hash}".encode()
            )
        return f'"{digest.hexdigest()[:32]}"'

    def render(self) -> bytes:
        """Return the document in UTF-8."""
        with override(SOURCE_LANGUAGE):
            feed = Atom1Feed(
                title=self._title,
                link=settings.SITE_URL
                + reverse("events:agenda")
                + self.selection.query_string,
                description=None,
                language=SOURCE_LANGUAGE,
                feed_url=f"{settings.SITE_URL}{self.path}",
                feed_guid=f"tag:{settings.ICAL_UID_DOMAIN},2026:{self.path}",
            )
            for event in self.events:
                self._add(feed, event)
            return feed.writeString("utf-8").encode()

    def _add(self, feed: Atom1Feed, event: Event) -> None:
        text = event.text_in(SOURCE_LANGUAGE)
        state = event.calendar_state
        prefix = PREFIXES[SOURCE_LANGUAGE].get(CalendarStatus(event.status), "")
        summary = [event.cancel_reason if event.is_called_off else "", text.summary]
        feed.add_item(
            title=clean_line(
                f"{prefix}{wording.say_when(event)} — {text.title}", limit=255
            ),
            link=f"{settings.SITE_URL}{event.get_absolute_url()}",
            description=clean_text("\n".join(filter(None, summary)), limit=600),
            unique_id=f"tag:{settings.ICAL_UID_DOMAIN},"
            f"{state.created_at:%Y}:{event.uid}",
            pubdate=state.created_at,
            updateddate=state.modified_at,
            categories=[event.type.text_in(SOURCE_LANGUAGE).name],
        )

    @cached_property
    def _title(self) -> str:
        names = NetworkSettings.objects.filter(site__is_default_site=True)
        name = names.values_list("network_name", flat=True).first()
        with override(SOURCE_LANGUAGE):
            words = [name or gettext("Agenda"), self.selection.label]
        return clean_line(" – ".join(filter(None, words)), limit=255)
