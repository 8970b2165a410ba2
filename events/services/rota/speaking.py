"""Who may change the rota: for one space, or for the whole series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from events.services.refusals import NotSpeaker
from events.services.rota.refusals import NotKeeper
from network.models import Space

if TYPE_CHECKING:
    import datetime

    from cms.models import User
    from events.models import Series


def is_moderator(by: User) -> bool:
    """Tell who publishes any date of the network."""
    return by.has_perm("events.publish_event")


def is_keeper(by: User, series: Series, *, now: datetime.datetime) -> bool:
    """Tell who keeps the whole rota of ``series``."""
    return is_moderator(by) or speaks_for(by, series.host_id, now=now)


def speaks_for(by: User, space_id: int | None, *, now: datetime.datetime) -> bool:
    """Tell who speaks, on the day of ``now``, for the space of this key."""
    spaces = Space.objects.managed_by(by, timezone.localdate(now))
    return space_id is not None and spaces.filter(pk=space_id).exists()


def require_keeper(by: User, series: Series, *, now: datetime.datetime) -> None:
    """Refuse who does not keep ``series``.

    Raises:
        NotKeeper: they neither speak for its usual host nor publish dates.
    """
    if not is_keeper(by, series, now=now):
        raise NotKeeper


def require_say(
    by: User, space_id: int | None, series: Series, *, now: datetime.datetime
) -> None:
    """Refuse who neither speaks for the space nor keeps ``series``.

    Raises:
        NotSpeaker: they do neither.
    """
    if not (speaks_for(by, space_id, now=now) or is_keeper(by, series, now=now)):
        raise NotSpeaker
