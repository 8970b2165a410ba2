"""Sending a date or a series to the moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cms.moderation import submit_row
from events.services.moderation_mail import moderation_mail
from events.services.refusals import CalledOff
from events.services.speaking import lock_record, require_kept_here, require_speaker

if TYPE_CHECKING:
    import datetime

    from wagtail.models import WorkflowState

    from cms.models import User
    from events.services.speaking import Record


@transaction.atomic
def submit_record(record: Record, *, by: User, now: datetime.datetime) -> WorkflowState:
    """Start Wagtail's workflow on the latest text; from here on it cannot change.

    A text that the moderators sent back takes the same workflow up again.

    Raises:
        NotSpeaker: ``by`` does not speak for the host, the present or the new one.
        KeptElsewhere: it follows a calendar of the space.
        CalledOff: the date was cancelled or postponed.
        InModeration: it was submitted already.
        NothingNew: the latest text is the published one.
    """
    row = lock_record(record)
    draft = row.get_latest_revision_as_object()
    require_speaker(by, row.host, draft.host, now=now)
    require_kept_here(row)
    if row.is_called_off:
        raise CalledOff
    state = submit_row(row, by=by)
    moderation_mail.confirm_submission(draft, to=by)
    return state
