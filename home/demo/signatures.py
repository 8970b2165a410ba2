"""Who signed which version of the charter, what was reviewed, who was there.

The records are stored as they would be after years: spaces without an account have
signed too, and nobody is mailed.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.core.files import File
from django.utils import timezone

from cms.models import SiteImage
from events.models import Event
from home.demo.accounts import MODERATOR, find_account
from home.demo.charters import CHARTER_SLUG, at_noon
from home.demo.content_files import FILES_DIR, read_content
from home.demo.dates import make_uid
from network.models import Space
from resources.enums import AnswerState, CriterionKind, SigningRight
from resources.models import (
    CharterVersion,
    Criterion,
    Signature,
    SignatureAnswer,
    SignatureReview,
    SigningEvent,
    SigningPhotograph,
    Witness,
)


def load_signatures(now: datetime.datetime) -> int:
    """Create the signatures with their reviews and signing event, unless one exists."""
    if Signature.objects.exists():
        return 0
    content = read_content("signatures")
    versions = {
        one.number: one
        for one in CharterVersion.objects.published()
        .filter(charter__slug=CHARTER_SLUG)
        .with_text()
    }
    spaces = Space.objects.in_bulk(field_name="slug")
    for row in content["signature"]:
        _store_signature(row, versions[row["version"]], spaces[row["space"]], now)
    for row in content["review"]:
        _store_review(row, now)
    _store_signing_event(content["signing"], versions, now)
    return len(content["signature"])


def _store_signature(
    row: dict[str, Any],
    version: CharterVersion,
    space: Space,
    now: datetime.datetime,
) -> None:
    withdrawn = row.get("withdrawn_days_ago")
    mandate = row.get("mandate", "")
    right = SigningRight.MANDATE if mandate else SigningRight.REPRESENTATIVE
    signature = Signature.objects.create(
        version=version,
        digest=version.digest,
        space=space,
        space_name=space.name,
        signed_at=_find_moment(row, now),
        signer_name=f"La personne qui représente {space.name}",
        right=right,
        right_details=", ".join(part for part in (row["office"], mandate) if part),
        withdrawn_at=None if withdrawn is None else _days_ago(now, withdrawn),
        withdrawal_reason=row.get("withdrawal_reason", ""),
    )
    SignatureAnswer.objects.bulk_create(
        _write_answer(signature, criterion, row)
        for criterion in version.criteria_by_key.values()
    )


def _write_answer(
    signature: Signature, criterion: Criterion, row: dict[str, Any]
) -> SignatureAnswer:
    not_yet = row.get("not_yet", {})
    evidence = {**not_yet, **row.get("evidence", {})}
    if criterion.kind == CriterionKind.EXCLUSION:
        state = AnswerState.ACCEPTED
    elif criterion.number in not_yet:
        state = AnswerState.NOT_YET
    else:
        state = AnswerState.MET
    return SignatureAnswer(
        signature=signature,
        criterion=criterion,
        state=state,
        evidence=evidence.get(criterion.number, ""),
    )


def _store_review(row: dict[str, Any], now: datetime.datetime) -> None:
    answer = SignatureAnswer.objects.get(
        signature__space__slug=row["space"],
        signature__version__number=row["version"],
        criterion__number=row["criterion"],
    )
    reply = row.get("reply", "")
    SignatureReview.objects.create(
        answer=answer,
        verdict=row["verdict"],
        reason=row["reason"],
        reviewed_at=_days_ago(now, 20),
        reviewed_by=find_account(MODERATOR),
        reply=reply,
        replied_at=_days_ago(now, 15) if reply else None,
    )


def _store_signing_event(
    row: dict[str, Any],
    versions: dict[int, CharterVersion],
    now: datetime.datetime,
) -> None:
    event = Event.objects.filter(uid=make_uid("single", row["event"])).first()
    if event is None:
        return
    day = timezone.localdate(now) - datetime.timedelta(days=row["days_ago"])
    version = versions[row["version"]]
    given = Signature.objects.filter(version=version, signed_at__date=day)
    signing = SigningEvent(version=version, event=event, account=row["account"].strip())
    signing.witnesses = [
        Witness(**witness, sort_order=order)
        for order, witness in enumerate(row["witnesses"])
    ]
    signing.photographs = [
        SigningPhotograph(
            image=_create_image(one), caption=one["caption"], sort_order=order
        )
        for order, one in enumerate(row["photographs"])
    ]
    signing.signatures = list(given)
    signing.save()


def _create_image(row: dict[str, Any]) -> SiteImage:
    with (FILES_DIR / row["file"]).open("rb") as stream:
        image = SiteImage(
            title=row["title"],
            file=File(stream, name=row["file"]),
            credit=row["credit"],
        )
        image.full_clean()
        image.save()
    return image


def _find_moment(row: dict[str, Any], now: datetime.datetime) -> datetime.datetime:
    if "signed_on" in row:
        return at_noon(row["signed_on"])
    return _days_ago(now, row["days_ago"])


def _days_ago(now: datetime.datetime, days: int) -> datetime.datetime:
    return at_noon(timezone.localdate(now) - datetime.timedelta(days=days))
