"""Writing a resource of a space: always a draft, never what the public reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.actions.create import CreateAction
from wagtail.actions.edit import EditAction

from network.speaking import require_speaker
from resources.models import SharedResource
from resources.services.contribution_refusals import (
    AlreadyShared,
    InModeration,
    OutdatedVersion,
    SentAlready,
)
from resources.services.member_files import erase_files, require_takeable, take_files

if TYPE_CHECKING:
    import datetime
    import uuid
    from collections.abc import Mapping

    from cms.models import User

# What a member writes. Everything else belongs to services and to editors.
MEMBER_FIELDS: Final = (
    "space",
    "kind",
    "title",
    "summary",
    "description",
    "theme",
    *SharedResource.FILES,
    "url",
    "licence",
    "version",
    "language",
    "price",
    "is_lent",
    "quantity",
    "longest_loan",
    "lending_terms",
    "adapted_from",
    "adapted_from_elsewhere",
)
# What is dated: a text that changes one of these is of today.
_DATED: Final = (*SharedResource.FILES, "url", "version")


@transaction.atomic
def create_resource(
    *,
    values: Mapping[str, Any],
    by: User,
    now: datetime.datetime,
    key: uuid.UUID | None = None,
) -> SharedResource:
    """Store a resource that the public does not see yet.

    ``values`` has every name of ``MEMBER_FIELDS``, ``stages`` (pages) and ``tags``
    (names). ``key`` is the form's: whoever sends it twice, even at once, makes one.

    Raises:
        NotSpeaker: ``by`` does not speak for the space.
        SentAlready: ``by`` made a resource with this key before.
        FileGone: a file is not theirs, or was erased meanwhile.
        ValidationError: the values make no resource; a form has checked them before.
    """
    require_speaker(by, values["space"], now=now)
    _refuse_second_copy(key, values)
    if key and SharedResource.objects.filter(form_key=key).exists():
        # The key of a resource that is not theirs: it says nothing about that one.
        key = None
    require_takeable(values, None, by=by)
    resource = SharedResource(live=False, form_key=key)
    _write(resource, values, now)
    resource.full_clean()
    try:
        with transaction.atomic():
            CreateAction(resource, user=by, clean=False).execute(
                skip_permission_checks=True
            )
    except IntegrityError:
        # Sent again while the first was being stored, which has ended by now.
        _refuse_second_copy(key, values)
        raise
    take_files(values, resource)
    return resource


@transaction.atomic
def revise_resource(
    resource: SharedResource,
    *,
    values: Mapping[str, Any],
    by: User,
    now: datetime.datetime,
    seen_revision: int | None,
) -> SharedResource:
    """Store a new text of ``resource`` as its latest revision, and return that text.

    The published text and its files stay as they are. ``values`` are those of
    ``create_resource``; ``seen_revision`` was the latest when the person opened it.

    Raises:
        NotSpeaker: ``by`` does not speak for the space, the former or the new one.
        InModeration: a moderator is reading it.
        OutdatedVersion: somebody saved another text since ``seen_revision``.
        FileGone: a file is not theirs, or was erased meanwhile.
        ValidationError: the values make no resource; a form has checked them before.
    """
    row = lock_resource(resource)
    require_speaker(by, row.space, values["space"], now=now)
    if row.workflow_in_progress:
        raise InModeration
    if row.latest_revision_id != seen_revision:
        raise OutdatedVersion(row.latest_revision)
    require_takeable(values, row, by=by)
    take_files(values, row)
    draft = row.get_latest_revision_as_object()
    _write(draft, values, now)
    EditAction(draft, user=by, clean=True).execute(skip_permission_checks=True)
    return draft


@transaction.atomic
def discard_resource(
    resource: SharedResource, *, by: User, now: datetime.datetime
) -> None:
    """Erase a resource that was never published, with every file sent for it.

    Raises:
        NotSpeaker: ``by`` does not speak for the space.
        AlreadyShared: it was published.
        InModeration: a moderator is reading it.
    """
    row = lock_resource(resource)
    require_speaker(by, row.space, now=now)
    if row.first_published_at is not None:
        raise AlreadyShared
    if row.workflow_in_progress:
        raise InModeration
    files = list(row.member_files.select_related("document"))
    row.delete()
    erase_files(files)


def lock_resource(resource: SharedResource) -> SharedResource:
    """Return the row as it stands now, locked until the transaction ends.

    Raises:
        ObjectDoesNotExist: somebody discarded it meanwhile.
    """
    row: SharedResource = SharedResource.objects.select_for_update().get(pk=resource.pk)
    return row


def _refuse_second_copy(key: uuid.UUID | None, values: Mapping[str, Any]) -> None:
    if key is None:
        return
    twins = SharedResource.objects.filter(form_key=key, space=values["space"])
    twin = twins.first()
    if twin is None:
        return
    draft = twin.get_latest_revision_as_object()
    raise SentAlready(twin, says_the_same=_says_the_same(draft, values))


def _says_the_same(draft: SharedResource, values: Mapping[str, Any]) -> bool:
    for name in MEMBER_FIELDS:
        mine, theirs = values[name], getattr(draft, name)
        if name in SharedResource.FILES:
            # Sent twice, one file is two documents.
            mine, theirs = (one and one.get_file_hash() for one in (mine, theirs))
        if mine != theirs:
            return False
    stages = {page.pk for page in draft.stages.all()}
    tags = {tag.name for tag in draft.tags.all()}
    return stages == {page.pk for page in values["stages"]} and tags == set(
        values["tags"]
    )


def _write(
    draft: SharedResource, values: Mapping[str, Any], now: datetime.datetime
) -> None:
    before = [getattr(draft, name) for name in _DATED]
    for name in MEMBER_FIELDS:
        setattr(draft, name, values[name])
    if draft.pk is None or before != [getattr(draft, name) for name in _DATED]:
        draft.published_on = timezone.localdate(now)
    draft.stages = values["stages"]
    draft.tags.set(values["tags"])
