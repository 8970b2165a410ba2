"""What meetings decide, and what became of it.

A decision keeps its number and, once people have read it, its words; what happens
next is told by steps, which are added and never changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from events.enums import DecisionState
from events.models import Decision, DecisionStep, Event, Minutes
from events.services.minutes_keeping import (
    edits_minutes,
    find_follower,
    require_follower,
    require_keeper,
)
from events.services.minutes_refusals import (
    AlreadyRead,
    ChangedMeanwhile,
    ClosedSpace,
    NothingToSay,
    NotPublishedMinutes,
    UnseenDate,
)
from events.services.numbering import find_next_decision_number
from network.enums import SpaceStatus
from network.models import Space

if TYPE_CHECKING:
    import datetime
    import uuid

    from cms.models import User
    from events.models import Topic


@transaction.atomic
def record_decision(
    minutes: Minutes,
    *,
    text: str,
    by: User,
    now: datetime.datetime,
    state: str = DecisionState.ACTED,
    theme_key: uuid.UUID | None = None,
    topic: Topic | None = None,
    responsible_space: Space | None = None,
    due_on: datetime.date | None = None,
) -> Decision:
    """Store a decision under the next number of the network.

    It is read by whoever reads its minutes: at once when these are published.

    Raises:
        NotKeeper: ``by`` may not write the minutes.
        ClosedSpace: ``responsible_space`` is closed.
        ValidationError: a text is too long; a form has checked it before.
    """
    require_keeper(by, minutes.event, now=now)
    _require_open(responsible_space)
    decision = Decision(
        minutes_id=minutes.pk,
        theme_key=theme_key,
        topic=topic,
        number=find_next_decision_number(),
        text=text,
        state=state,
        responsible_space=responsible_space,
        due_on=due_on,
    )
    decision.full_clean()
    decision.save()
    return decision


@transaction.atomic
def correct_decision(
    decision: Decision,
    *,
    text: str,
    state: str,
    topic: Topic | None,
    responsible_space: Space | None,
    due_on: datetime.date | None,
    by: User,
    now: datetime.datetime,
) -> Decision:
    """Rewrite a decision while its minutes are a draft.

    Raises:
        NotKeeper: ``by`` may not write the minutes.
        AlreadyRead: the minutes are published.
        ClosedSpace: ``responsible_space`` was just chosen and is closed.
        ValidationError: a text is too long; a form has checked it before.
    """
    row = lock_decision(decision)
    require_keeper(by, row.minutes.event, now=now)
    if row.minutes.live:
        raise AlreadyRead
    if responsible_space != row.responsible_space:
        _require_open(responsible_space)
    row.text = text
    row.state = state
    row.topic = topic
    row.responsible_space = responsible_space
    row.due_on = due_on
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def erase_decision(decision: Decision, *, by: User, now: datetime.datetime) -> None:
    """Erase a decision that nobody has read.

    Raises:
        NotKeeper: ``by`` may not write the minutes.
        AlreadyRead: the minutes were published once.
    """
    row = lock_decision(decision)
    require_keeper(by, row.minutes.event, now=now)
    if row.minutes.first_published_at is not None:
        raise AlreadyRead
    row.delete()


@transaction.atomic
def change_decision(
    decision: Decision,
    *,
    state: str,
    note: str,
    by: User,
    now: datetime.datetime,
    seen_state: str | None = None,
) -> DecisionStep:
    """Say what became of a decision; everybody who reads it reads ``note``.

    ``seen_state`` is what it was when the person opened the page.

    Raises:
        NotInCharge: ``by`` neither answers for it nor keeps its minutes.
        NotPublishedMinutes: its minutes are a draft or were withdrawn.
        ChangedMeanwhile: its state is no longer ``seen_state``.
        NothingToSay: the same state, and no note.
    """
    row = _lock_followed(decision, by, now)
    if seen_state is not None and row.state != seen_state:
        raise ChangedMeanwhile(row)
    if row.state == state and not note:
        raise NothingToSay
    row.state = state
    row.full_clean()
    row.save(update_fields=["state"])
    return _add_step(row, note, by, now)


@transaction.atomic
def entrust_decision(
    decision: Decision,
    *,
    space: Space | None,
    due_on: datetime.date | None,
    by: User,
    now: datetime.datetime,
) -> Decision:
    """Give a decision to another space, or another day. Its keepers alone do.

    Raises:
        NotKeeper: ``by`` does not keep its minutes.
        NotPublishedMinutes: its minutes are a draft or were withdrawn.
        ClosedSpace: ``space`` is closed.
    """
    row = lock_decision(decision)
    require_keeper(by, row.minutes.event, now=now)
    _require_published(row)
    if space != row.responsible_space:
        _require_open(space)
    row.responsible_space = space
    row.due_on = due_on
    row.save(update_fields=["responsible_space", "due_on"])
    return row


@transaction.atomic
def link_next_event(
    decision: Decision, *, event: Event | None, by: User, now: datetime.datetime
) -> Decision:
    """Say which date a decision led to; None takes the link away.

    The date may be a draft of a space that ``by`` speaks for: readers see the link
    once they may see the date.

    Raises:
        NotInCharge: ``by`` neither answers for it nor keeps its minutes.
        NotPublishedMinutes: its minutes are a draft or were withdrawn.
        UnseenDate: the date is neither published nor theirs.
    """
    row = _lock_followed(decision, by, now)
    if event is not None and not _sees(by, event, now):
        raise UnseenDate
    row.next_event = event
    row.save(update_fields=["next_event"])
    return row


def lock_decision(decision: Decision) -> Decision:
    """Return the row as it stands now, locked until the transaction ends.

    Raises:
        Decision.DoesNotExist: somebody erased it meanwhile.
    """
    rows = Decision.objects.select_for_update(of=("self",))
    return rows.select_related("minutes__event__series").get(pk=decision.pk)


def _lock_followed(decision: Decision, by: User, now: datetime.datetime) -> Decision:
    row = lock_decision(decision)
    require_follower(by, row, now=now)
    _require_published(row)
    return row


def _require_published(decision: Decision) -> None:
    if not decision.minutes.live:
        raise NotPublishedMinutes


def _require_open(space: Space | None) -> None:
    if space is not None and space.status == SpaceStatus.CLOSED:
        raise ClosedSpace


def _add_step(
    decision: Decision, note: str, by: User, now: datetime.datetime
) -> DecisionStep:
    step = DecisionStep(
        decision=decision,
        state=decision.state,
        note=note,
        at=now,
        by=by,
        space=find_follower(by, decision, now=now),
    )
    # An editor speaks for no space.
    step.full_clean(exclude={"space"})
    step.save()
    return step


def _sees(by: User, event: Event, now: datetime.datetime) -> bool:
    today = timezone.localdate(now)
    if event.live and edits_minutes(by):
        return True
    if Event.objects.visible_to(by, today).filter(pk=event.pk).exists():
        return True
    return Space.objects.managed_by(by, today).filter(pk=event.host_id).exists()
