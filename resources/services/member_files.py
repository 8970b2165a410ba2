"""Files that members send: kept at once, taken by a resource, erased when unused.

A file is stored before the resource that names it, so that a mistake elsewhere in the
form never costs the person a second upload. Rules of erasure:

- sent and taken by no resource: after a day;
- named neither by the published text, nor by the latest one, nor by one that is
  scheduled: thirty days after the clock first saw so;
- of a draft that is erased: with it.
"""

from __future__ import annotations

import datetime
import logging
import re
import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from wagtail.models import ReferenceIndex, Revision

from cms.models import SiteDocument
from cms.slugs import make_slug
from network.speaking import is_speaker
from resources.models import MemberFile, SharedResource
from resources.services.contribution_refusals import FileGone, StoreClosed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.contrib.auth.models import AnonymousUser
    from django.core.files.uploadedfile import UploadedFile

    from cms.models import User

UNTAKEN_KEPT: Final = datetime.timedelta(days=1)
REPLACED_KEPT: Final = datetime.timedelta(days=30)
# A form has two files; whoever sends more at once than this loses the oldest.
UNTAKEN_EACH: Final = 10
_SPACES = re.compile(r"\s+")
_logger = logging.getLogger(__name__)


def keep_file(
    sent: UploadedFile[Any], *, by: User, now: datetime.datetime
) -> MemberFile:
    """Store a file that was checked before; it is its sender's alone for now.

    Nothing stays on the disk when this fails.

    Raises:
        StoreClosed: what stores files failed.
    """
    document = SiteDocument(title=say_name(sent.name or ""), uploaded_by_user=by)
    document.file = File(sent, name=_make_name(sent.name or ""))
    stored_as = document.file.field.generate_filename(document, document.file.name)
    try:
        with transaction.atomic():
            document.save()
            kept = MemberFile.objects.create(
                document=document, sent_by=by, unused_since=now
            )
    except BaseException as error:
        _remove_from_store(document, document.file.name or stored_as, stored_as)
        if isinstance(error, OSError):
            _logger.exception("A file of a member could not be stored.")
            raise StoreClosed from error
        raise
    _erase_beyond_limit(by)
    return kept


def list_takeable(resource: SharedResource | None, *, by: User) -> list[SiteDocument]:
    """Return the documents that a text of ``resource`` by ``by`` may name.

    What it names now, what was sent for it, what ``by`` sent and no resource took.
    """
    own = Q(member_file__sent_by=by, member_file__resource=None)
    if resource is not None:
        own |= Q(member_file__resource=resource)
        own |= Q(pk__in=_list_named(resource))
    return list(SiteDocument.objects.filter(own).distinct())


def require_takeable(
    values: Mapping[str, Any], resource: SharedResource | None, *, by: User
) -> None:
    """Hold the files that a new text names until the commit.

    Raises:
        FileGone: one of them is not theirs to give, or was erased meanwhile.
    """
    named = {values[name].pk for name in SharedResource.FILES if values[name]}
    if not named:
        return
    # Whoever erases a file locks its row first.
    list(MemberFile.objects.select_for_update().filter(document__in=named))
    if not named <= {document.pk for document in list_takeable(resource, by=by)}:
        raise FileGone


def take_files(values: Mapping[str, Any], resource: SharedResource) -> None:
    """Give ``resource``, stored, the files that its new text names."""
    named = [values[name] for name in SharedResource.FILES if values[name]]
    rows = MemberFile.objects.filter(document__in=named)
    rows.update(resource=resource, unused_since=None)


def may_read(
    member_file: MemberFile, user: User | AnonymousUser, *, now: datetime.datetime
) -> bool:
    """Tell whether ``user`` may read a file that is not public."""
    if not user.is_authenticated:
        return False
    if member_file.resource is None:
        return member_file.sent_by_id == user.pk
    if user.has_perm("resources.change_sharedresource"):
        return True
    return is_speaker(user, member_file.resource.space, now=now)


def erase_files(files: Iterable[MemberFile]) -> int:
    """Erase these files, from the store too once this is committed.

    One that something else of the site names stays.
    """
    erased = 0
    for one in files:
        with transaction.atomic():
            row = MemberFile.objects.select_for_update().filter(pk=one.pk).first()
            if row is None or _is_named_elsewhere(row):
                continue
            row.document.delete()
            erased += 1
    return erased


def erase_unused_files(now: datetime.datetime) -> int:
    """Note which files no text names any more; erase those that waited long enough."""
    used: set[int] = set()
    resources = SharedResource.objects.filter(member_files__isnull=False).distinct()
    for resource in resources.select_related("latest_revision"):
        used.update(_list_named(resource))
    files = MemberFile.objects.all()
    files.filter(document__in=used).update(unused_since=None)
    unused = files.exclude(document__in=used)
    unused.filter(unused_since=None).update(unused_since=now)
    return erase_files(
        unused.filter(
            Q(resource=None, unused_since__lte=now - UNTAKEN_KEPT)
            | Q(unused_since__lte=now - REPLACED_KEPT)
        ).select_related("document")
    )


def say_name(name: str) -> str:
    """Return a file's name as a person reads it: what does not show is taken out."""
    shown = "".join(letter if letter.isprintable() else " " for letter in name)
    path = PurePath(_SPACES.sub(" ", shown).strip())
    return f"{path.stem[:100]}{path.suffix[:10]}" or "?"


def _make_name(name: str) -> str:
    """Return a name for the store: short, plain, and nobody else's."""
    path = PurePath(name)
    words = make_slug(path.stem, length=50, otherwise="fichier")
    return f"{words}-{uuid.uuid4().hex[:10]}{path.suffix.lower()}"


def _remove_from_store(document: SiteDocument, *names: str) -> None:
    for name in set(names):
        try:
            document.file.storage.delete(name)
        except OSError:
            _logger.warning("%s may be left in the store.", name)


def _erase_beyond_limit(by: User) -> None:
    waiting = MemberFile.objects.filter(sent_by=by, resource=None).order_by("-pk")
    erase_files(waiting.select_related("document")[UNTAKEN_EACH:])


def _list_named(resource: SharedResource) -> set[int]:
    """Return the documents of its row, its latest text and its scheduled ones."""
    texts: list[Mapping[str, Any]] = [
        {
            "document": resource.document_id,
            "editable_document": resource.editable_document_id,
        }
    ]
    if resource.latest_revision is not None:
        texts.append(resource.latest_revision.content)
    scheduled = Revision.objects.for_instance(resource)
    texts += scheduled.filter(approved_go_live_at__isnull=False).values_list(
        "content", flat=True
    )
    return {
        text[name] for text in texts for name in SharedResource.FILES if text.get(name)
    }


def _is_named_elsewhere(row: MemberFile) -> bool:
    """True when a page, another record or a resource's row names the document."""
    naming = Q(document=row.document_id) | Q(editable_document=row.document_id)
    if SharedResource.objects.filter(naming).exists():
        return True
    return (
        ReferenceIndex.get_references_to(row.document)
        .exclude(base_content_type=ContentType.objects.get_for_model(SharedResource))
        .exists()
    )
