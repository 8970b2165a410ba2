"""Publishing without moderation, for the spaces that the network trusts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from cms.moderation import end_review
from events.models import Event
from events.services.refusals import CalledOff, NothingNew, NotTrusted
from events.services.registration import refuse_small_capacity
from events.services.speaking import lock_record, require_kept_here, require_speaker

if TYPE_CHECKING:
    import datetime

    from cms.models import User
    from events.services.speaking import Record


@transaction.atomic
def publish_record(record: Record, *, by: User, now: datetime.datetime) -> Record:
    """Publish the latest text of a date or a series; return the published row.

    Raises:
        NotSpeaker: ``by`` does not speak for the host, the present or the new one.
        NotTrusted: the network reviews what one of them publishes.
        KeptElsewhere: it follows a calendar of the space.
        CalledOff: the date was cancelled or postponed.
        NothingNew: the latest text is the published one.
        CapacityTaken: it offers fewer places than are confirmed.
    """
    row = lock_record(record)
    draft = row.get_latest_revision_as_object()
    require_speaker(by, row.host, draft.host, now=now)
    require_kept_here(row)
    if not all(host is not None and host.is_trusted for host in (row.host, draft.host)):
        raise NotTrusted
    if row.is_called_off:
        raise CalledOff
    if row.live and not row.has_unpublished_changes:
        raise NothingNew
    if isinstance(row, Event):
        refuse_small_capacity(row, draft.capacity)
    end_review(row, by=by)
    # Members hold no publish permission: being trusted stands for it.
    row.latest_revision.publish(user=by, skip_permission_checks=True)
    row.refresh_from_db()
    return row
