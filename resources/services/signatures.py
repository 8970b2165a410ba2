"""Signing a charter for a space, and withdrawing the signature."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from network.enums import SpaceStatus
from network.speaking import require_speaker
from resources.enums import AnswerState, CriterionKind
from resources.models import CharterVersion, Signature, SignatureAnswer
from resources.services.charters import lock_charter
from resources.services.signature_mail import send_receipt, tell_withdrawal
from resources.services.signature_refusals import (
    AlreadySigned,
    AnswersIncomplete,
    NothingToWithdraw,
    SigningClosed,
    SpaceIsClosed,
    TextChanged,
)

if TYPE_CHECKING:
    from cms.models import User
    from network.models import Space
    from resources.models import Criterion


@dataclass(frozen=True, slots=True)
class Answer:
    """What a space says to a criterion: an ``AnswerState`` and, freely, its evidence."""

    state: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs and by what right (a ``SigningRight``)."""

    name: str
    right: str
    right_details: str = ""
    is_shown: bool = False


@transaction.atomic
def sign_charter(
    version: CharterVersion,
    *,
    space: Space,
    by: User,
    signer: Signer,
    answers: Mapping[str, Answer],
    digest: str,
    now: datetime.datetime,
) -> Signature:
    """Sign ``version`` for ``space``, mail the receipt, and return the record.

    ``answers`` are by the key of their criterion; ``digest`` is that of the text which
    the person read. Publishing or closing a version waits for this to end, and this
    for it.

    Raises:
        NotSpeaker: ``by`` does not speak for ``space`` today.
        SpaceIsClosed: the space no longer takes part.
        AlreadySigned: it has a signature of this version in force.
        SigningClosed: the version is a draft, or closed by now.
        TextChanged: the text or its criteria are not those that were read.
        AnswersIncomplete: a criterion has no answer that it takes.
    """
    require_speaker(by, space, now=now)
    if space.status == SpaceStatus.CLOSED:
        raise SpaceIsClosed
    lock_charter(version.charter_id)
    stored = CharterVersion.objects.with_text().get(pk=version.pk)
    standing = Signature.objects.in_force().filter(space=space, version=stored).first()
    if standing is not None:
        raise AlreadySigned(standing)
    if not stored.is_open_to_signatures:
        raise SigningClosed
    criteria = stored.criteria_by_key
    if digest != stored.digest or set(answers) != set(criteria):
        raise TextChanged
    if not all(takes(criteria[key], answers[key].state) for key in criteria):
        raise AnswersIncomplete
    signature = _store(stored, space=space, by=by, signer=signer, now=now)
    SignatureAnswer.objects.bulk_create(
        SignatureAnswer(
            signature=signature,
            criterion=criterion,
            state=answers[key].state,
            evidence=answers[key].evidence,
        )
        for key, criterion in criteria.items()
    )
    send_receipt(signature, now=now)
    return signature


def takes(criterion: Criterion, state: str) -> bool:
    """Tell whether ``state`` answers ``criterion``: a ground for leaving is accepted."""
    if criterion.kind == CriterionKind.EXCLUSION:
        return state == AnswerState.ACCEPTED
    return state in (AnswerState.MET, AnswerState.NOT_YET)


@transaction.atomic
def withdraw_signature(
    signature: Signature, *, by: User, now: datetime.datetime, reason: str = ""
) -> Signature:
    """End a signature today; the record stays. Return it.

    Raises:
        NotSpeaker: ``by`` does not speak for the space today.
        NothingToWithdraw: somebody withdrew it already.
    """
    stored = Signature.objects.select_for_update().get(pk=signature.pk)
    require_speaker(by, stored.space, now=now)
    if not stored.is_in_force:
        raise NothingToWithdraw
    stored.withdrawn_at = now
    stored.withdrawn_by = by
    stored.withdrawal_reason = reason
    stored.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    tell_withdrawal(stored, now=now)
    return stored


def _store(
    version: CharterVersion,
    *,
    space: Space,
    by: User,
    signer: Signer,
    now: datetime.datetime,
) -> Signature:
    try:
        # Its own savepoint: where nothing locks rows, the constraint decides.
        with transaction.atomic():
            return Signature.objects.create(
                version=version,
                digest=version.digest,
                space=space,
                space_name=space.name,
                signed_at=now,
                signed_by=by,
                signer_name=signer.name,
                right=signer.right,
                right_details=signer.right_details,
                shows_signer=signer.is_shown,
            )
    except IntegrityError:
        raise AlreadySigned from None
