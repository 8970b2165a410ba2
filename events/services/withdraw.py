"""Taking a date or a series back from the moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cms.moderation import end_review
from events.services.speaking import lock_record, require_speaker

if TYPE_CHECKING:
    import datetime

    from cms.models import User
    from events.services.speaking import Record


@transaction.atomic
def withdraw_record(record: Record, *, by: User, now: datetime.datetime) -> None:
    """End the moderation of ``record``, text kept; do nothing when there is none.

    Raises:
        NotSpeaker: ``by`` does not speak for the host.
    """
    row = lock_record(record)
    require_speaker(by, row.host, now=now)
    end_review(row, by=by)
