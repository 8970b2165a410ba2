"""Who may write for a space, and the row that is written, held until the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from events.models import Event, Minutes, Series
from events.services.refusals import KeptElsewhere
from network.speaking import is_speaker as is_speaker, require_speaker

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
