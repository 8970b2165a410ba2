"""Saying which tools a space uses, and for what."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from cms.models import User
from network.models import Space
from network.speaking import require_speaker
from resources.enums import ResourceKind, ToolPurpose
from resources.models import SharedResource, ToolUse
from resources.models.tool_use import FIRST_YEAR
from resources.services.tool_use_refusals import (
    NoPurpose,
    NotATool,
    NotUsed,
    ToolIsGone,
    UnknownPurpose,
    WrongYear,
)


@transaction.atomic
def declare_tool_use(
    resource: SharedResource,
    *,
    space: Space,
    purposes: Iterable[str],
    since: int | None,
    by: User,
    now: datetime.datetime,
) -> ToolUse:
    """Say that ``space`` uses the tool; what it said before is replaced.

    Raises:
        NotSpeaker: ``by`` does not speak for ``space`` today.
        NotATool: ``resource`` is of another kind.
        ToolIsGone: it is not published any more.
        NoPurpose, UnknownPurpose: ``purposes`` are `ToolPurpose` values, at least one.
        WrongYear: ``since`` is later than this year, or too long ago.
    """
    require_speaker(by, space, now=now)
    _require_tool(resource)
    chosen = set(purposes)
    if not chosen:
        raise NoPurpose
    if not chosen <= set(ToolPurpose.values):
        raise UnknownPurpose
    if since is not None and not FIRST_YEAR <= since <= timezone.localdate(now).year:
        raise WrongYear
    use, _created = ToolUse.objects.update_or_create(
        resource=resource,
        space=space,
        defaults={"purposes": sorted(chosen), "since": since},
    )
    return use


@transaction.atomic
def withdraw_tool_use(
    resource: SharedResource, *, space: Space, by: User, now: datetime.datetime
) -> None:
    """Say that ``space`` uses the tool no longer, whatever became of the tool.

    Raises:
        NotSpeaker: ``by`` does not speak for ``space`` today.
        NotUsed: it is not listed, perhaps because somebody else was quicker.
    """
    require_speaker(by, space, now=now)
    deleted, _by_model = ToolUse.objects.filter(resource=resource, space=space).delete()
    if not deleted:
        raise NotUsed


def _require_tool(resource: SharedResource) -> None:
    stored = SharedResource.objects.filter(pk=resource.pk).values("kind", "live")
    row = stored.first()
    if row is None or not row["live"]:
        raise ToolIsGone
    if row["kind"] != ResourceKind.TOOL:
        raise NotATool
