"""Proposing, supporting, discussing and answering amendments to a draft.

Everything that touches the draft is done under the lock on its charter's row.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from network.speaking import require_speaker
from resources.enums import (
    AMENDMENT_ANSWERS,
    AmendmentState,
    AmendmentTarget,
    CommentState,
    CriterionKind,
)
from resources.models import (
    Amendment,
    AmendmentComment,
    AmendmentRound,
    AmendmentSupport,
    Article,
    Criterion,
)
from resources.services.amendment_mail import tell_answer, tell_comment_refused
from resources.services.amendment_refusals import (
    AmendmentAnswered,
    ArticleChanged,
    ArticleGone,
    CannotApply,
    CommentAnswered,
    NothingProposed,
    OwnAmendment,
    RoundClosed,
)
from resources.services.charters import lock_charter

if TYPE_CHECKING:
    from cms.models import User
    from network.models import Space


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an amendment says.

    ``article_slug`` is the anchor of its article; ``criterion_key`` names a criterion
    of it where ``target`` is one; ``original`` is what its author read there.
    """

    article_slug: str
    target: str
    original: str
    text: str
    reason: str
    criterion_key: uuid.UUID | None = None


@transaction.atomic
def propose_amendment(
    round_: AmendmentRound,
    proposal: Proposal,
    *,
    space: Space,
    by: User,
    now: datetime.datetime,
) -> Amendment:
    """Store an amendment of ``space``, numbered in its round, and return it.

    Raises:
        NotSpeaker: ``by`` does not speak for ``space`` today.
        RoundClosed: the draft takes none today.
        ArticleGone: the article or criterion went from the draft.
        ArticleChanged: it no longer says what the author read.
        NothingProposed: it says so already.
    """
    require_speaker(by, space, now=now)
    stored = _lock_open_round(round_, now)
    article = Article.objects.filter(
        version=stored.version_id, slug=proposal.article_slug
    ).first()
    if article is None:
        raise ArticleGone
    standing = find_standing_text(article, proposal.target, proposal.criterion_key)
    if not _reads_alike(standing, proposal.original):
        raise ArticleChanged
    if _reads_alike(standing, proposal.text):
        raise NothingProposed
    highest = stored.amendments.aggregate(highest=Max("number"))["highest"]
    return Amendment.objects.create(
        round=stored,
        number=(highest or 0) + 1,
        article=article,
        article_slug=article.slug,
        article_title=article.title,
        target=proposal.target,
        criterion_key=proposal.criterion_key,
        original=standing,
        proposal=proposal.text,
        reason=proposal.reason,
        space=space,
        proposed_by=by,
        proposed_at=now,
    )


def find_standing_text(
    article: Article, target: str, criterion_key: uuid.UUID | None
) -> str:
    """Return what stands where an amendment aims; "" for a new criterion.

    Raises:
        ArticleGone: the article has no such criterion.
    """
    match target:
        case AmendmentTarget.TEXT:
            return article.text
        case AmendmentTarget.NEW_CRITERION:
            return ""
    for criterion in article.criteria.all():
        if criterion.key == criterion_key:
            return str(criterion.text)
    raise ArticleGone


@transaction.atomic
def withdraw_amendment(
    amendment: Amendment, *, by: User, now: datetime.datetime
) -> Amendment:
    """Let the space that proposed it take it back; its number stays taken.

    Raises:
        NotSpeaker, RoundClosed: as `propose_amendment`.
        AmendmentAnswered: it was answered or withdrawn.
    """
    stored = _lock_waiting(amendment, now)
    require_speaker(by, stored.space, now=now)
    stored.state = AmendmentState.WITHDRAWN
    stored.save(update_fields=["state"])
    return stored


@transaction.atomic
def support_amendment(
    amendment: Amendment,
    *,
    space: Space,
    by: User,
    now: datetime.datetime,
    is_supported: bool = True,
) -> None:
    """Give, or take back, the voice of ``space``; twice is once.

    Raises:
        NotSpeaker, RoundClosed, AmendmentAnswered: as `withdraw_amendment`.
        OwnAmendment: the space proposed it.
    """
    require_speaker(by, space, now=now)
    stored = _lock_waiting(amendment, now)
    if stored.space_id == space.pk:
        raise OwnAmendment
    if is_supported:
        AmendmentSupport.objects.get_or_create(
            amendment=stored, space=space, defaults={"supported_at": now}
        )
    else:
        stored.supports.filter(space=space).delete()


@transaction.atomic
def comment_amendment(
    amendment: Amendment,
    *,
    text: str,
    space: Space,
    by: User,
    now: datetime.datetime,
) -> AmendmentComment:
    """Store a comment; a trusted space's is shown at once, another's is moderated.

    Raises:
        NotSpeaker, RoundClosed: as `propose_amendment`.
    """
    require_speaker(by, space, now=now)
    _lock_open_round(amendment.round, now)
    state = CommentState.SHOWN if space.is_trusted else CommentState.WAITING
    return AmendmentComment.objects.create(
        amendment=amendment,
        space=space,
        written_by=by,
        written_at=now,
        text=text,
        state=state,
    )


@transaction.atomic
def moderate_comment(
    comment: AmendmentComment, *, is_shown: bool, refusal: str = ""
) -> AmendmentComment:
    """Show a comment to the members, or refuse it with a reason that is mailed.

    Who may moderate is the caller's to check.

    Raises:
        CommentAnswered: somebody did already.
    """
    stored = AmendmentComment.objects.select_for_update().get(pk=comment.pk)
    if stored.state != CommentState.WAITING:
        raise CommentAnswered
    stored.state = CommentState.SHOWN if is_shown else CommentState.REFUSED
    stored.refusal = "" if is_shown else refusal
    stored.save(update_fields=["state", "refusal"])
    if not is_shown:
        tell_comment_refused(stored)
    return stored


@transaction.atomic
def answer_amendment(
    amendment: Amendment,
    *,
    state: str,
    answer: str,
    by: User,
    now: datetime.datetime,
    is_applied: bool = False,
) -> Amendment:
    """Answer with a reason, and tell the space; ``is_applied`` writes it in the draft.

    Who may answer is the caller's to check. Amendments are answered while the round is
    open and after, until the version is published.

    Raises:
        ValueError: ``state`` is no answer.
        AmendmentAnswered: it was answered or withdrawn.
        RoundClosed: the version is published.
        ArticleGone, CannotApply: the draft no longer says what it replaces.
    """
    if state not in AMENDMENT_ANSWERS:
        raise ValueError(state)
    lock_charter(amendment.round.version.charter_id)
    stored = Amendment.objects.with_relations().get(pk=amendment.pk)
    if not stored.is_waiting:
        raise AmendmentAnswered
    if stored.round.version.is_published:
        raise RoundClosed
    if is_applied:
        _apply(stored)
    stored.state = state
    stored.answer = answer
    stored.answered_at = now
    stored.answered_by = by
    stored.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    tell_answer(stored, now=now)
    return stored


def _apply(amendment: Amendment) -> None:
    article = amendment.article
    if article is None:
        raise ArticleGone
    standing = find_standing_text(article, amendment.target, amendment.criterion_key)
    if not _reads_alike(standing, amendment.original):
        raise CannotApply
    if amendment.target == AmendmentTarget.TEXT:
        article.text = amendment.proposal
        article.save(update_fields=["text"])
        return
    words = " ".join(amendment.proposal.split())
    if amendment.target == AmendmentTarget.CRITERION:
        for criterion in article.criteria.all():
            if criterion.key == amendment.criterion_key:
                criterion.text = words
                criterion.save(update_fields=["text"])
        return
    last = len(article.ordered_criteria)
    Criterion.objects.create(
        article=article,
        number=f"{article.number}.{last + 1}",
        text=words,
        kind=CriterionKind.COMMITMENT,
        sort_order=last,
    )


def _lock_open_round(round_: AmendmentRound, now: datetime.datetime) -> AmendmentRound:
    lock_charter(round_.version.charter_id)
    stored = AmendmentRound.objects.select_related("version").get(pk=round_.pk)
    if not stored.is_open(timezone.localdate(now)):
        raise RoundClosed
    return stored


def _lock_waiting(amendment: Amendment, now: datetime.datetime) -> Amendment:
    _lock_open_round(amendment.round, now)
    stored = Amendment.objects.select_related("space").get(pk=amendment.pk)
    if not stored.is_waiting:
        raise AmendmentAnswered
    return stored


def _reads_alike(one: str, other: str) -> bool:
    """Compare words: a form sends CR LF where the draft has LF."""
    return one.split() == other.split()
