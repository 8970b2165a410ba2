"""The network looks at what a space answered; the space has a right of reply."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from network.speaking import require_speaker
from resources.models import Signature, SignatureReview
from resources.services.signature_mail import tell_reply, tell_review
from resources.services.signature_refusals import NothingToReview, ReplyGiven

if TYPE_CHECKING:
    from cms.models import User
    from resources.models import SignatureAnswer


@dataclass(frozen=True, slots=True)
class Finding:
    """What the network found on one criterion (a ``ReviewVerdict``), and why."""

    verdict: str
    reason: str


@transaction.atomic
def review_signature(
    signature: Signature,
    *,
    findings: Mapping[int, Finding],
    by: User,
    now: datetime.datetime,
) -> list[SignatureReview]:
    """Store what was found, by the row of its answer, and tell the space.

    A finding that says what the last one did is not stored again. Who may review is
    the caller's to check. Nothing is mailed where nothing is new.

    Raises:
        NothingToReview: the signature was withdrawn.
    """
    stored = Signature.objects.select_for_update().get(pk=signature.pk)
    if not stored.is_in_force:
        raise NothingToReview
    answers = stored.answers.prefetch_related("reviews").in_bulk(list(findings))
    reviews = [
        SignatureReview(
            answer=answer,
            verdict=findings[pk].verdict,
            reason=findings[pk].reason,
            reviewed_at=now,
            reviewed_by=by,
        )
        for pk, answer in answers.items()
        if not _says_the_same(answer, findings[pk])
    ]
    SignatureReview.objects.bulk_create(reviews)
    if reviews:
        tell_review(stored, now=now)
    return reviews


@transaction.atomic
def reply_to_review(
    review: SignatureReview, *, text: str, by: User, now: datetime.datetime
) -> SignatureReview:
    """Store the space's reply beside what the network found, and tell the network.

    Raises:
        NotSpeaker: ``by`` does not speak for the space today.
        ReplyGiven: it replied already.
    """
    stored = (
        SignatureReview.objects.select_for_update(of=("self",))
        .select_related("answer__signature__space", "answer__criterion")
        .get(pk=review.pk)
    )
    require_speaker(by, stored.answer.signature.space, now=now)
    if stored.replied_at is not None:
        raise ReplyGiven
    stored.reply = text
    stored.replied_at = now
    stored.replied_by = by
    stored.save(update_fields=["reply", "replied_at", "replied_by"])
    tell_reply(stored)
    return stored


def _says_the_same(answer: SignatureAnswer, finding: Finding) -> bool:
    last = answer.latest_review
    return last is not None and (last.verdict, last.reason) == (
        finding.verdict,
        finding.reason,
    )
