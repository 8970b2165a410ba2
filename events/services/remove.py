"""Taking a date away: erased while nobody knows of it, else cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from events.services.cancel import cancel_event
from events.services.draft import discard_event
from events.services.speaking import concerns_people, lock_event

if TYPE_CHECKING:
    import datetime

    from cms.models import User
    from events.models import Event


@transaction.atomic
def remove_event(
    event: Event, *, reason: str, by: User, now: datetime.datetime
) -> Event | None:
    """Erase ``event`` if it was never published, concerns nobody; else cancel it.

    Return the cancelled row, None when it was erased. Its series makes no date on
    that day again.

    Raises:
        Refusal: those of ``discard_event`` and ``cancel_event``.
    """
    row = lock_event(event)
    if row.first_published_at is None and not concerns_people(row):
        discard_event(row, by=by, now=now)
        return None
    return cancel_event(row, by=by, reason=reason, now=now)
