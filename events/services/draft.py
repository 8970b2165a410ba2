"""Writing the text of a date: always a draft, never what the public reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from wagtail.actions.create import CreateAction
from wagtail.actions.edit import EditAction

from events.models import Event
from events.models.registrable import RegistrableMixin
from events.models.series import make_uid
from events.services.refusals import (
    AlreadyPublished,
    CalledOff,
    ChangedByService,
    HasPeople,
    InModeration,
    OutdatedVersion,
    SentAlready,
)
from events.services.speaking import (
    concerns_people,
    lock_event,
    require_charge,
    require_kept_here,
    require_speaker,
)

if TYPE_CHECKING:
    import datetime
    import uuid
    from collections.abc import Mapping

    from cms.models import User

# What a member writes. Everything else belongs to services and to editors.
MEMBER_FIELDS: Final = (
    "host",
    "type",
    "title",
    "summary",
    "description",
    "start_date",
    "start_time",
    "end_date",
    "end_time",
    "all_day",
    "zone",
    "venue",
    "venue_name",
    "venue_street",
    "venue_postcode",
    "venue_city",
    "online_url",
    "online_visibility",
    "price",
    "visibility",
    *RegistrableMixin.REGISTRATION_FIELDS,
)


@transaction.atomic
def create_draft(
    *,
    values: Mapping[str, Any],
    by: User,
    now: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Event:
    """Store a date that the public does not see yet.

    ``values`` has every name of ``MEMBER_FIELDS``, and ``tags``, a list of names.
    ``key`` is the form's: whoever sends it twice, even at once, makes one date.

    Raises:
        NotSpeaker: ``by`` does not speak for the host.
        SentAlready: ``by`` made a date with this key before.
        ValidationError: the values make no date; a form has checked them before.
    """
    require_speaker(by, values["host"], now=now)
    uid = make_uid(key)
    _refuse_second_copy(uid, values)
    if Event.objects.filter(uid=uid).exists():
        # The key of a date that is not theirs: it says nothing about that date.
        uid = make_uid()
    event = Event(live=False, uid=uid)
    _write(event, values)
    try:
        with transaction.atomic():
            # The address is unique; the check of the form would say it in other words.
            event.full_clean(exclude={"uid"})
            CreateAction(event, user=by, clean=False).execute(
                skip_permission_checks=True
            )
    except IntegrityError:
        # Sent again while the first was being stored, which has ended by now.
        _refuse_second_copy(uid, values)
        raise
    return event


@transaction.atomic
def revise_draft(
    event: Event,
    *,
    values: Mapping[str, Any],
    by: User,
    now: datetime.datetime,
    seen_revision: int | None,
    seen_service_edit: int = 0,
) -> Event:
    """Store a new text of ``event`` as its latest revision, and return that text.

    The published text, where there is one, stays as it is. ``values`` are those of
    ``create_draft``; ``seen_revision`` was the latest when the person opened the text,
    ``seen_service_edit`` the row's ``last_service_edit``: a date that is moved gets no
    new revision.

    Raises:
        NotSpeaker: ``by`` does not speak for the host, the former or the new one.
        KeptElsewhere: it follows a calendar of the space.
        CalledOff: the date was cancelled or postponed.
        InModeration: a moderator is reading it.
        OutdatedVersion: somebody saved another text since ``seen_revision``.
        ChangedByService: it was moved, for example, since ``seen_service_edit``.
        ValidationError: the values make no date; a form has checked them before.
    """
    row = lock_event(event)
    require_speaker(by, row.host, values["host"], now=now)
    require_kept_here(row)
    if row.is_called_off:
        raise CalledOff
    if row.workflow_in_progress:
        raise InModeration
    if row.latest_revision_id != seen_revision:
        raise OutdatedVersion(row.latest_revision)
    if row.last_service_edit != seen_service_edit:
        raise ChangedByService(row.latest_revision)
    draft = row.get_latest_revision_as_object()
    _write(draft, values)
    EditAction(draft, user=by, clean=True).execute(skip_permission_checks=True)
    return draft


@transaction.atomic
def discard_event(event: Event, *, by: User, now: datetime.datetime) -> None:
    """Erase a date that was never published; its series makes none that day again.

    Raises:
        NotSpeaker: ``by`` neither speaks for the host nor publishes dates.
        KeptElsewhere: it follows a calendar of the space.
        AlreadyPublished: calendars may hold it.
        HasPeople: somebody registered for it or wrote its minutes.
        InModeration: a moderator is reading it.
    """
    row = lock_event(event)
    require_charge(by, row, now=now)
    require_kept_here(row)
    if row.first_published_at is not None:
        raise AlreadyPublished
    if concerns_people(row):
        raise HasPeople
    if row.workflow_in_progress:
        raise InModeration
    row.delete()


def _refuse_second_copy(uid: str, values: Mapping[str, Any]) -> None:
    twin = Event.objects.filter(uid=uid, host=values["host"]).first()
    if twin is None:
        return
    draft = twin.get_latest_revision_as_object()
    same = all(getattr(draft, name) == values[name] for name in MEMBER_FIELDS)
    same = same and {tag.name for tag in draft.tags.all()} == set(values["tags"])
    raise SentAlready(twin, says_the_same=same)


def _write(draft: Event, values: Mapping[str, Any]) -> None:
    address = _address_of(draft)
    for name in MEMBER_FIELDS:
        setattr(draft, name, values[name])
    if _address_of(draft) != address:
        # A position belongs to an address: a new address has none yet.
        draft.venue_latitude = draft.venue_longitude = None
    draft.tags.set(values["tags"])


def _address_of(draft: Event) -> tuple[str, ...]:
    return draft.venue_name, draft.venue_street, draft.venue_postcode, draft.venue_city
