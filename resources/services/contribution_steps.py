"""From a draft of a resource to the public, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.log_actions import log

from cms.moderation import end_review, submit_row
from network.speaking import require_speaker
from resources.services.contribution import lock_resource
from resources.services.contribution_refusals import NothingNew, NotShared, NotTrusted
from resources.services.resource_mail import resource_mail

if TYPE_CHECKING:
    import datetime

    from wagtail.models import WorkflowState

    from cms.models import User
    from resources.models import SharedResource


@transaction.atomic
def submit_resource(
    resource: SharedResource, *, by: User, now: datetime.datetime
) -> WorkflowState:
    """Start Wagtail's workflow on the latest text; from here on it cannot change.

    Raises:
        NotSpeaker: ``by`` does not speak for the space, the present or the new one.
        InModeration: it was submitted already.
        NothingNew: the latest text is the published one.
    """
    row = lock_resource(resource)
    draft = row.get_latest_revision_as_object()
    require_speaker(by, row.space, draft.space, now=now)
    state = submit_row(row, by=by)
    resource_mail.confirm_submission(draft, to=by)
    return state


@transaction.atomic
def publish_resource(
    resource: SharedResource, *, by: User, now: datetime.datetime
) -> SharedResource:
    """Publish the latest text for a trusted space; return the published row.

    Raises:
        NotSpeaker: ``by`` does not speak for the space, the present or the new one.
        NotTrusted: the network reviews what one of them publishes.
        NothingNew: the latest text is the published one.
    """
    row = lock_resource(resource)
    draft = row.get_latest_revision_as_object()
    require_speaker(by, row.space, draft.space, now=now)
    if not all(one is not None and one.is_trusted for one in (row.space, draft.space)):
        raise NotTrusted
    if row.live and not row.has_unpublished_changes:
        raise NothingNew
    end_review(row, by=by)
    # Members hold no publish permission: being trusted stands for it.
    row.latest_revision.publish(user=by, skip_permission_checks=True)
    row.refresh_from_db()
    return row


@transaction.atomic
def withdraw_resource(
    resource: SharedResource, *, by: User, now: datetime.datetime
) -> None:
    """End the moderation of ``resource``, text kept; do nothing when there is none.

    Raises:
        NotSpeaker: ``by`` does not speak for the space.
    """
    row = lock_resource(resource)
    require_speaker(by, row.space, now=now)
    end_review(row, by=by)


@transaction.atomic
def take_resource_out(
    resource: SharedResource, *, reason: str, by: User, now: datetime.datetime
) -> SharedResource:
    """Take a published resource out of sight, its files too; it is a draft again.

    A text that is being reviewed comes back with it. Adaptations stay, and go on
    naming it. The moderators are told why.

    Raises:
        NotSpeaker: ``by`` does not speak for the space.
        NotShared: the public does not see it.
    """
    row = lock_resource(resource)
    require_speaker(by, row.space, now=now)
    if not row.live:
        raise NotShared
    end_review(row, by=by)
    # Members hold no publish permission; the line of the log names who did it.
    row.unpublish(log_action=False)
    log(instance=row, action="resources.take_out", user=by, data={"reason": reason})
    resource_mail.tell_taken_out(row, by=by, reason=reason)
    return row
