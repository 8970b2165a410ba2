"""What the page of a date says of its registration."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from events import wording
from events.models import Event, Registration
from events.services.registration import (
    Places,
    Stage,
    count_places,
    find_stage,
    sign_key,
)


@dataclass
class RegistrationPart:
    """The registration of ``event`` as ``viewer`` may read it at ``now``.

    No query where nobody registers here; else one, and one for who is logged in.
    """

    event: Event
    viewer: Any
    now: datetime.datetime

    @cached_property
    def stage(self) -> str:
        """The value of ``Stage``; "none" for a text that is not published yet."""
        if not self.event.live or not self.event.slug:
            return Stage.NONE.value
        return find_stage(self.event, self.now).value

    @property
    def is_open(self) -> bool:
        return self.stage == Stage.OPEN.value

    @property
    def is_shown(self) -> bool:
        """False where there is nothing to say or to do."""
        return self.stage in {
            stage.value
            for stage in (Stage.ELSEWHERE, Stage.NOT_YET, Stage.OPEN, Stage.CLOSED)
        }

    @property
    def invites(self) -> bool:
        """True while this reader can register here and has not."""
        return self.is_open and self.mine is None

    @cached_property
    def places(self) -> Places:
        return count_places(self.event)

    @cached_property
    def mine(self) -> Registration | None:
        """The reader's own registration."""
        if not getattr(self.viewer, "is_authenticated", False) or not self.event.pk:
            return None
        mine = Registration.objects.current().filter(event=self.event)
        return mine.filter(user=self.viewer).first()

    @property
    def mine_url(self) -> str:
        if self.mine is None:
            return ""
        return reverse("events:registration", args=[sign_key(self.mine)])

    @property
    def form_url(self) -> str:
        return reverse("events:register", kwargs={"slug": self.event.slug})

    @property
    def other_site(self) -> str:
        """The name of the site where people register."""
        host = urlsplit(self.event.registration_url).hostname or ""
        return host.removeprefix("www.")

    @property
    def places_label(self) -> str:
        """“Il reste 12 places sur 40”; "" where they are not counted."""
        left = self.places.left
        if left is None:
            return ""
        if left == 0:
            return gettext("Full: a waiting list is open.")
        values = {"left": left, "capacity": self.places.capacity}
        return (
            ngettext(
                "%(left)d place left of %(capacity)d.",
                "%(left)d places left of %(capacity)d.",
                left,
            )
            % values
        )

    @property
    def opens(self) -> str:
        """When registration opens, in words; "" for at once."""
        instant = self.event.opens_at(self.event.start_at)
        return self._say(instant) if instant else ""

    @property
    def closes(self) -> str:
        """When it closes, in words."""
        return self._say(self.event.closes_at(self.event.start_at))

    @property
    def closes_early(self) -> bool:
        return bool(self.event.closes_hours_before)

    def _say(self, instant: datetime.datetime) -> str:
        return wording.say_instant(instant, self.event.tzinfo)
