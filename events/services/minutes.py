"""Writing and publishing the minutes of a meeting. They need no moderation."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.actions.create import CreateAction
from wagtail.actions.edit import EditAction
from wagtail.actions.unpublish import UnpublishAction

from events.enums import Visibility
from events.models import Attendee, Minutes, MinutesTheme
from events.services.minutes_keeping import require_keeper
from events.services.minutes_refusals import (
    MeetingCalledOff,
    MeetingNotPublished,
    NotHeldYet,
    NothingSaid,
    WiderThanMeeting,
)
from events.services.numbering import give_edition
from events.services.refusals import NothingNew, OutdatedVersion
from events.services.speaking import lock_event

if TYPE_CHECKING:
    import datetime

    from cms.models import User
    from events.models import Event
    from network.models import Space

# From the most readers to the fewest.
_NARROWING = (Visibility.PUBLIC, Visibility.MEMBERS, Visibility.PRIVATE)


@dataclass(frozen=True, slots=True)
class ThemeText:
    """One question; ``key`` says which it was before, None for a new one."""

    question: str
    text: str = ""
    links: str = ""
    key: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class MinutesText:
    """What a person writes: ``themes`` in order, ``attendees`` as (name, space).

    ``edition`` is the number they want, None for the next one.
    """

    introduction: str = ""
    visibility: str = Visibility.PUBLIC
    edition: int | None = None
    themes: Sequence[ThemeText] = ()
    attendees: Sequence[tuple[str, Space | None]] = field(default=())


@transaction.atomic
def draft_minutes(
    event: Event, *, text: MinutesText, by: User, now: datetime.datetime
) -> Minutes:
    """Store the first text of the minutes, which nobody else reads yet.

    A meeting to come may have one: its agenda, in which the minutes are then written.

    Raises:
        NotKeeper: ``by`` may not write the minutes of this meeting.
        MeetingNotPublished: nobody knows of the meeting.
        MeetingCalledOff: it does not take place.
        OutdatedVersion: somebody has begun the minutes meanwhile.
        EditionTaken: other minutes of the series have this number.
        WiderThanMeeting: more people would read them than the date.
        ValidationError: a text is too long; a form has checked it before.
    """
    row = lock_event(event)
    _require_writable(row, text, by, now)
    standing = Minutes.objects.filter(event=row).first()
    if standing is not None:
        raise OutdatedVersion(standing.latest_revision)
    minutes = Minutes(event=row, live=False)
    give_edition(minutes, text.edition)
    _write(minutes, text)
    CreateAction(minutes, user=by, clean=False).execute(skip_permission_checks=True)
    _write_attendees(minutes, text)
    return minutes


@transaction.atomic
def revise_minutes(
    minutes: Minutes,
    *,
    text: MinutesText,
    by: User,
    now: datetime.datetime,
    seen_revision: int | None,
) -> Minutes:
    """Store another text as the latest revision, and return that text.

    The published one, where there is one, stays as it is until ``publish_minutes``.
    The list of attendees is written at once. A published edition keeps its number.

    Raises:
        NotKeeper, MeetingCalledOff, EditionTaken, WiderThanMeeting, ValidationError:
            as ``draft_minutes``.
        OutdatedVersion: somebody saved another text since ``seen_revision``.
    """
    row = _lock(minutes)
    _require_writable(row.event, text, by, now)
    if row.latest_revision_id != seen_revision:
        raise OutdatedVersion(row.latest_revision)
    if row.first_published_at is None:
        give_edition(row, text.edition)
        row.save(update_fields=["edition", "numbered_in"])
    draft = row.get_latest_revision_as_object()
    _write(draft, text)
    EditAction(draft, user=by, clean=False).execute(skip_permission_checks=True)
    _write_attendees(row, text)
    return draft


@transaction.atomic
def publish_minutes(minutes: Minutes, *, by: User, now: datetime.datetime) -> Minutes:
    """Publish the latest text at once and return the row. Feeds never tell of it.

    Raises:
        NotKeeper: ``by`` may not write the minutes of this meeting.
        MeetingCalledOff: it did not take place.
        NotHeldYet: it has not begun.
        NothingSaid: there is no question in it.
        WiderThanMeeting: more people would read them than the date.
        NothingNew: the latest text is the published one.
    """
    row = _lock(minutes)
    draft = row.get_latest_revision_as_object()
    require_keeper(by, row.event, now=now)
    if row.event.is_called_off:
        raise MeetingCalledOff
    if row.event.start_at > now:
        raise NotHeldYet
    _require_narrow(row.event, draft.visibility)
    if not draft.themes.all():
        raise NothingSaid
    if row.live and not row.has_unpublished_changes:
        raise NothingNew
    if row.numbered_in_id is None and row.first_published_at is None:
        give_edition(row, row.edition)
        row.save(update_fields=["edition", "numbered_in"])
    if row.latest_revision is None:
        # Stored by hand: its text as it stands is what is published.
        row.save_revision(user=by)
    # Members hold no publish permission: keeping the minutes stands for it.
    row.latest_revision.publish(user=by, skip_permission_checks=True)
    row.refresh_from_db()
    return row


@transaction.atomic
def unpublish_minutes(minutes: Minutes, *, by: User, now: datetime.datetime) -> Minutes:
    """Withdraw the minutes and, with them, their decisions; the texts are kept.

    Raises:
        NotKeeper: ``by`` may not write the minutes of this meeting.
        NothingNew: nobody reads them already.
    """
    row = _lock(minutes)
    require_keeper(by, row.event, now=now)
    if not row.live:
        raise NothingNew
    # Members hold no publish permission: keeping the minutes stands for it.
    UnpublishAction(row, user=by).execute(skip_permission_checks=True)
    return row


def list_authors(minutes: Minutes) -> list[User]:
    """Return who wrote the published text, the first writer first. One query."""
    revisions = minutes.revisions.order_by("created_at", "pk")
    if minutes.live_revision_id:
        # Who works on a draft since then is nobody's business yet.
        revisions = revisions.filter(pk__lte=minutes.live_revision_id)
    people = [one.user for one in revisions.select_related("user") if one.user]
    return list(dict.fromkeys(people))


def is_wider(visibility: str, event: Event) -> bool:
    """True when more people would read with ``visibility`` than see ``event``."""
    asked, given = Visibility(visibility), Visibility(event.visibility)
    return _NARROWING.index(asked) < _NARROWING.index(given)


def _lock(minutes: Minutes) -> Minutes:
    # The date first, as ``draft_minutes`` does: two writers wait for one another.
    event = lock_event(minutes.event)
    row = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
    row.event = event
    return row


def _require_writable(
    event: Event, text: MinutesText, by: User, now: datetime.datetime
) -> None:
    require_keeper(by, event, now=now)
    if event.first_published_at is None:
        raise MeetingNotPublished
    if event.is_called_off:
        raise MeetingCalledOff
    _require_narrow(event, text.visibility)


def _require_narrow(event: Event, visibility: str) -> None:
    if is_wider(visibility, event):
        raise WiderThanMeeting


def _write(minutes: Minutes, text: MinutesText) -> None:
    minutes.introduction = text.introduction
    minutes.visibility = text.visibility
    known: dict[uuid.UUID | None, MinutesTheme] = {
        theme.key: theme for theme in minutes.themes.all()
    }
    themes = []
    for order, written in enumerate(text.themes):
        theme = known.pop(written.key, None) or MinutesTheme(
            key=written.key or uuid.uuid4()
        )
        theme.question = written.question
        theme.text = written.text
        theme.links = written.links
        theme.sort_order = order
        theme.full_clean(exclude={"minutes"})
        themes.append(theme)
    minutes.themes = themes  # type: ignore[misc]  # modelcluster keeps it
    minutes.full_clean()


def _write_attendees(minutes: Minutes, text: MinutesText) -> None:
    """Replace the list, when it changed: it is a record, not a part of the text."""
    stored = [
        (one.name, one.space_id) for one in Attendee.objects.filter(minutes=minutes)
    ]
    wanted = [(name, space.pk if space else None) for name, space in text.attendees]
    if stored == wanted:
        return
    Attendee.objects.filter(minutes=minutes).delete()
    Attendee.objects.bulk_create(
        Attendee(minutes_id=minutes.pk, name=name, space=space)
        for name, space in text.attendees
    )
