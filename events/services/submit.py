"""Sending a date or a series to the moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from wagtail.models import WorkflowState

from events.services.moderation_mail import confirm_submission
from events.services.refusals import CalledOff, InModeration, NothingNew
from events.services.speaking import lock_record, require_kept_here, require_speaker

if TYPE_CHECKING:
    import datetime

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
    state = row.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise InModeration
    if row.live and not row.has_unpublished_changes:
        raise NothingNew
    if state is None:
        workflow = row.get_workflow()
        if workflow is None:
            raise ImproperlyConfigured(
                "No workflow moderates these records: run `migrate`."
            )
        state = workflow.start(row, by)
    else:
        state.requested_by = by
        state.resume(user=by)
    confirm_submission(draft, to=by)
    return state
