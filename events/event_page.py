"""What the page of one date shows, for its view and for the editors' preview."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.json_ld import write_data_block
from events import calendar_links, change_wording, wording
from events.enums import EventStatus, Visibility
from events.models import Event, Series
from events.posters.event_sheets import IMAGE_SIZE, make_share_image
from events.rows import EventRow, make_row, make_rows, say_status
from events.structured_data import describe_event
from network.models import SpaceMember

if TYPE_CHECKING:
    from cms.models import User

NEXT_DATES: Final = 3


@dataclass
class EventPage:
    """One date as ``viewer`` may read it at the instant ``now``."""

    event: Event
    viewer: Any
    now: datetime.datetime
    network_name: str = ""

    @cached_property
    def row(self) -> EventRow:
        return make_row(self.event)

    @property
    def url(self) -> str:
        """The absolute address; without an end while the date has none."""
        return f"{settings.SITE_URL}{self.event.get_absolute_url()}"

    @property
    def days(self) -> str:
        return wording.say_days(self.event)

    @property
    def hours(self) -> str:
        if self.event.end_date == self.event.start_date or not self.event.end_time:
            return wording.say_hours(self.event)
        return wording.say_span(self.event)

    @property
    def month_name(self) -> str:
        return wording.say_month_name(self.event.start_date)

    @property
    def distance(self) -> str:
        return wording.say_distance(self.event, self.now)

    @property
    def zone_note(self) -> str:
        """The clock meant, where readers could be on another one."""
        is_far = self.event.zone != "Europe/Paris"
        return wording.say_zone(self.event) if is_far or self.event.online_url else ""

    @property
    def is_past(self) -> bool:
        return self.event.is_past(self.now)

    @property
    def status_label(self) -> str:
        return say_status(self.event)

    @property
    def status_tone(self) -> str:
        return "soft" if self.event.status == EventStatus.TENTATIVE else "alert"

    @property
    def move_note(self) -> str:
        """From when to when it was moved; "" once it is past, or never moved."""
        return "" if self.is_past else change_wording.say_move(self.event)

    @property
    def updated_at(self) -> datetime.datetime | None:
        """When it last said something new: its text, its day, or that it is off.

        Without query where ``calendar_state`` was fetched with the date.
        """
        state = getattr(self.event, "calendar_state", None)
        moments = [self.event.last_published_at, state and state.modified_at]
        return max(filter(None, moments), default=None)

    @property
    def position(self) -> str:
        """“48.23,-3.31” for a ``geo:`` link, whatever the language."""
        position = self.event.place_position
        return f"{position[0]:.6f},{position[1]:.6f}" if position else ""

    @property
    def online_url(self) -> str:
        """The video link, for whoever may have it and while it serves."""
        event = self.event
        if self.is_past or event.is_called_off:
            return ""
        if event.has_public_link or self.is_member:
            return event.online_url
        return ""

    @property
    def hides_link(self) -> bool:
        """True when members alone get the video link, and this reader is none."""
        hidden = bool(self.event.online_url) and not self.online_url
        return hidden and not self.is_past and not self.event.is_called_off

    @cached_property
    def is_member(self) -> bool:
        """True for staff and for whoever speaks for a space today."""
        user: User = self.viewer
        if not getattr(user, "is_authenticated", False):
            return False
        today = self.now.astimezone(self.event.tzinfo).date()
        return (
            user.is_staff
            or SpaceMember.objects.current(today).filter(user=user).exists()
        )

    @property
    def download_url(self) -> str:
        """The date as a file; for public ones, which are served without a session."""
        if not self.event.is_public or not self.event.slug:
            return ""
        return reverse("event_feeds:event", kwargs={"slug": self.event.slug})

    @property
    def poster_url(self) -> str:
        """The A4 poster, for public dates."""
        if not self.event.is_public or not self.event.slug:
            return ""
        return reverse("events:poster", kwargs={"slug": self.event.slug})

    @property
    def share_image_url(self) -> str:
        """The picture of a shared link, absolute; another one once its words change."""
        if not self.event.is_public or not self.event.slug:
            return ""
        path = reverse("events:share_image", kwargs={"slug": self.event.slug})
        digest = make_share_image(self.event, self.network_name).digest
        return f"{settings.SITE_URL}{path}?v={digest[:8]}"

    share_image_width, share_image_height = IMAGE_SIZE

    @property
    def share_image_alt(self) -> str:
        """What the picture says."""
        words = [self.row.title, wording.say_when(self.event), self.row.where]
        return ", ".join(word for word in [self.status_label, *words] if word)

    @property
    def google_url(self) -> str:
        return calendar_links.make_google_link(self.event, self.event.title, self.url)

    @property
    def outlook_url(self) -> str:
        return calendar_links.make_outlook_link(self.event, self.event.title, self.url)

    @property
    def subscribe_url(self) -> str:
        """Where to follow its series, else its type."""
        event = self.event
        series = event.series
        if series and series.visibility == Visibility.PUBLIC:
            return f"{reverse('events:subscribe')}?serie={series.slug}"
        return f"{reverse('events:subscribe')}?type={event.type.slug}"

    @property
    def subscribe_label(self) -> str:
        series = self.event.series
        if series and series.visibility == Visibility.PUBLIC:
            return series.title
        return str(self.event.type.text_in(get_language() or "fr").name)

    @property
    def series(self) -> Series | None:
        """Its series, for whoever may know of it."""
        series = self.event.series
        if series is None or series.visibility == Visibility.PUBLIC or self.is_member:
            return series
        return None

    @cached_property
    def next_rows(self) -> list[EventRow]:
        """The series' next dates, this one left out."""
        if self.series is None:
            return []
        today = self.now.astimezone(self.event.tzinfo).date()
        dates = Event.objects.visible_to(self.viewer, today).filter(series=self.series)
        others = dates.exclude(pk=self.event.pk).upcoming(self.now)
        return make_rows(others.with_row_relations()[:NEXT_DATES])

    @property
    def structured_data(self) -> SafeString | str:
        """JSON-LD, for a date that everybody may see."""
        if not self.event.is_public or not self.event.slug:
            return ""
        return write_data_block(describe_event(self.event))

    @property
    def tags(self) -> list[Any]:
        return list(self.event.tags.all())
