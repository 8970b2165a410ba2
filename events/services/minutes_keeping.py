"""Who keeps the minutes of a meeting, and who answers for what it decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from events.services.minutes_refusals import NotInCharge, NotKeeper
from network.models import Space

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from cms.models import User
    from events.models import Decision, Event


def find_keepers(event: Event) -> set[int]:
    """Return the spaces whose members keep the minutes: the date's, the series' host."""
    hosts = {event.host_id, event.series.host_id if event.series else None}
    return {pk for pk in hosts if pk is not None}


def edits_minutes(by: User) -> bool:
    """True for moderators and editors, who keep the minutes of every meeting."""
    return by.is_active and by.has_perm("events.publish_minutes")


def keeps_minutes(by: User, event: Event, *, now: datetime.datetime) -> bool:
    """True for speakers of a keeper, moderators and editors."""
    return edits_minutes(by) or bool(_find_spoken(by, find_keepers(event), now))


def follows_decision(by: User, decision: Decision, *, now: datetime.datetime) -> bool:
    """True for who keeps its minutes, and for speakers of the space in charge."""
    return edits_minutes(by) or find_follower(by, decision, now=now) is not None


def find_follower(
    by: User, decision: Decision, *, now: datetime.datetime
) -> Space | None:
    """Return the space in whose name ``by`` follows the decision, that in charge first.

    None for an editor who speaks for none of them.
    """
    keepers = find_keepers(decision.minutes.event)
    in_charge = decision.responsible_space_id
    spoken = _find_spoken(by, {*keepers, in_charge} - {None}, now)
    return min(spoken, key=lambda space: space.pk != in_charge, default=None)


def require_keeper(by: User, event: Event, *, now: datetime.datetime) -> None:
    """Refuse who may not write the minutes of ``event``.

    Raises:
        NotKeeper: the person is none of its keepers.
    """
    if not keeps_minutes(by, event, now=now):
        raise NotKeeper


def require_follower(by: User, decision: Decision, *, now: datetime.datetime) -> None:
    """Refuse who may not say what became of ``decision``.

    Raises:
        NotInCharge: the person neither answers for it nor keeps its minutes.
    """
    if not follows_decision(by, decision, now=now):
        raise NotInCharge


def _find_spoken(
    by: User, spaces: Iterable[int | None], now: datetime.datetime
) -> list[Space]:
    managed = Space.objects.managed_by(by, timezone.localdate(now))
    return list(managed.filter(pk__in=list(spaces)))
