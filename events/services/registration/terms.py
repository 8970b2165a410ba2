"""Whether a date takes registrations at an instant, and from whom."""

from __future__ import annotations

import datetime
import enum
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from events import wording
from events.enums import RegistrationMode
from events.models import Event
from events.services.registration import refusals

if TYPE_CHECKING:
    from cms.models import User


class Stage(enum.Enum):
    """How far the registration of a date has come; whether it is full is apart."""

    NONE = "none"
    ELSEWHERE = "elsewhere"
    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"
    OVER = "over"
    CALLED_OFF = "called_off"


def find_stage(event: Event, now: datetime.datetime) -> Stage:
    """Return the stage at ``now``; the span is half-open: closed at its end."""
    if event.registration_mode == RegistrationMode.NONE:
        return Stage.NONE
    if event.is_called_off:
        return Stage.CALLED_OFF
    if event.is_past(now):
        return Stage.OVER
    if event.registration_mode == RegistrationMode.ELSEWHERE:
        return Stage.ELSEWHERE
    opens = event.opens_at(event.start_at)
    if opens is not None and now < opens:
        return Stage.NOT_YET
    return Stage.CLOSED if event.closes_at(event.start_at) <= now else Stage.OPEN


def require_open(event: Event, *, user: User | None, now: datetime.datetime) -> None:
    """Refuse whoever cannot register now.

    Raises:
        NotForYou: the date is not live, or is hidden from ``user``.
        NotHere, NotOpenYet, RegistrationClosed, DateIsOver, DateCalledOff: as they say.
    """
    stage = find_stage(event, now)
    visible = Event.objects.visible_to(user or AnonymousUser(), timezone.localdate(now))
    if not visible.filter(pk=event.pk).exists():
        raise refusals.NotForYou
    match stage:
        case Stage.OPEN:
            return
        case Stage.NOT_YET:
            opens = event.opens_at(event.start_at)
            raise refusals.NotOpenYet(wording.say_instant(opens or now, event.tzinfo))
        case Stage.CLOSED:
            raise refusals.RegistrationClosed
        case Stage.OVER:
            raise refusals.DateIsOver
        case Stage.CALLED_OFF:
            raise refusals.DateCalledOff
        case _:
            raise refusals.NotHere
