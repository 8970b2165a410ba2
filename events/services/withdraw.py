"""Taking a date back from the moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from events.services.speaking import lock_event, require_speaker

if TYPE_CHECKING:
    import datetime

    from cms.models import User
    from events.models import Event


@transaction.atomic
def withdraw_event(event: Event, *, by: User, now: datetime.datetime) -> None:
    """End the moderation of ``event``, text kept; do nothing when there is none.

    Raises:
        NotSpeaker: ``by`` does not speak for the host.
    """
    row = lock_event(event)
    require_speaker(by, row.host, now=now)
    state = row.current_workflow_state
    if state is not None:
        state.cancel(user=by)
