"""Who may write for a space, and the row that is written, held until the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.utils import timezone

from events.models import Event, Minutes, Series
from events.services.refusals import KeptElsewhere, NotSpeaker
from network.models import Space

if TYPE_CHECKING:
    import datetime

    from cms.models import User


# What members write and moderators read: a date, or a series of dates.
Record = TypeVar("Record", Event, Series)


def lock_record(record: Record) -> Record:
    """Return the row as it stands now, locked until the transaction ends.

    Raises:
        ObjectDoesNotExist: somebody discarded it meanwhile.
    """
    row: Record = type(record).objects.select_for_update().get(pk=record.pk)
    return row


def lock_event(event: Event) -> Event:
    """Return the row of a date, as ``lock_record`` does."""
    return lock_record(event)


def require_speaker(by: User, *hosts: Space | None, now: datetime.datetime) -> None:
    """Refuse a person who does not speak, on the day of ``now``, for every host.

    Raises:
        NotSpeaker: one of ``hosts`` is missing or is not theirs.
    """
    managed = set(
        Space.objects.managed_by(by, timezone.localdate(now)).values_list(
            "pk", flat=True
        )
    )
    if any(host is None or host.pk not in managed for host in hosts):
        raise NotSpeaker


def is_speaker(by: User, host: Space | None, *, now: datetime.datetime) -> bool:
    """Tell whether ``by`` speaks for ``host`` on the day of ``now``."""
    if host is None:
        return False
    managed = Space.objects.managed_by(by, timezone.localdate(now))
    return managed.filter(pk=host.pk).exists()


def require_charge(by: User, event: Event, *, now: datetime.datetime) -> None:
    """Refuse a person who neither speaks for the host nor publishes dates.

    Raises:
        NotSpeaker: ``event`` is not theirs to change.
    """
    if not by.has_perm("events.publish_event"):
        require_speaker(by, event.host, now=now)


def require_kept_here(record: Event | Series) -> None:
    """Refuse to write on a date that follows a calendar of its space.

    Raises:
        KeptElsewhere: what is written here would be lost at the next reading.
    """
    if isinstance(record, Event) and record.is_mirrored:
        raise KeptElsewhere


def concerns_people(event: Event) -> bool:
    """True when somebody registered for ``event`` or wrote its minutes."""
    return (
        event.registrations.exists() or Minutes.objects.filter(event=event.pk).exists()
    )
