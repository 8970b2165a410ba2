"""What is done with the versions of a charter.

Whatever a charter lets happen to its text or asks of who signs it is done under a lock
on the charter's row: publishing, closing and signing never cross.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from resources.domain.charter_text import compute_digest
from resources.domain.charters import (
    AmendmentsWait,
    TextIsNotReady,
    TextIsPublished,
    TextWasAltered,
)
from resources.enums import VersionState
from resources.models import (
    Amendment,
    AmendmentRound,
    Article,
    ChangeReason,
    Charter,
    CharterVersion,
    Criterion,
)


def lock_charter(charter_id: int) -> Charter:
    """Return the charter, locked until the transaction ends."""
    return Charter.objects.select_for_update().get(pk=charter_id)


@transaction.atomic
def publish_version(
    version: CharterVersion, *, adopted_on: datetime.date, now: datetime.datetime
) -> CharterVersion:
    """Publish a draft, which freezes its text for ever, and return it.

    Spaces sign it from now on, and no longer the version before; another network's
    charter is signed by nobody here.

    Raises:
        TextIsPublished: it is published already.
        TextIsNotReady: it has no article.
        AmendmentsWait: members still amend it, or wait for an answer.
    """
    charter = lock_charter(version.charter_id)
    stored = CharterVersion.objects.with_text().get(pk=version.pk)
    if stored.is_published:
        raise TextIsPublished(str(stored))
    if not stored.ordered_articles:
        raise TextIsNotReady(str(stored))
    _require_answers(stored, timezone.localdate(now))
    published = CharterVersion.objects.published().filter(charter=charter)
    published.filter(signing_closed_at=None, number__lt=stored.number).update(
        signing_closed_at=now
    )
    if charter.issuer or published.filter(number__gt=stored.number).exists():
        stored.signing_closed_at = now
    stored.adopted_on = adopted_on
    stored.digest = compute_digest(stored.canonical_form)
    stored.state = VersionState.PUBLISHED
    stored.save(update_fields=["adopted_on", "digest", "signing_closed_at", "state"])
    # The pages that show the charter follow its record.
    charter.save()
    return stored


@transaction.atomic
def close_signing(version: CharterVersion, *, now: datetime.datetime) -> CharterVersion:
    """Let nobody sign ``version`` any more; signatures stay. Return it."""
    lock_charter(version.charter_id)
    CharterVersion.objects.open_to_signatures().filter(pk=version.pk).update(
        signing_closed_at=now
    )
    return CharterVersion.objects.get(pk=version.pk)


@transaction.atomic
def draft_next_version(charter: Charter) -> CharterVersion:
    """Copy the highest version into a new draft, anchors kept; empty where none is."""
    locked = lock_charter(charter.pk)
    source = (
        CharterVersion.objects.filter(charter=locked)
        .with_text()
        .order_by("-number")
        .first()
    )
    draft = CharterVersion(charter=locked, number=locked.next_number)
    if source is not None:
        _copy_text(source, draft)
    draft.save()
    return draft


@transaction.atomic
def adapt_version(
    source: CharterVersion, *, title: str, slug: str, issuer: str = ""
) -> CharterVersion:
    """Make a charter of its own of ``source``, and return its first version, a draft.

    Criteria stay known by their key: what is kept, changed, removed and added can be
    read off at any time.

    Raises:
        TextIsNotReady: ``source`` may still change.
        ValidationError: the title or the slug is taken or malformed.
    """
    stored = CharterVersion.objects.with_text().get(pk=source.pk)
    if not stored.is_published:
        raise TextIsNotReady(str(stored))
    charter = Charter(title=title, slug=slug, issuer=issuer)
    charter.full_clean()
    charter.save()
    draft = CharterVersion(charter=charter, number=1, adapted_from=stored)
    _copy_text(stored, draft)
    draft.save()
    return draft


@transaction.atomic
def write_reasons(version: CharterVersion, reasons: Mapping[uuid.UUID, str]) -> None:
    """Replace the reasons given with a draft; an empty one is none.

    Raises:
        TextIsPublished: the version is published, and its reasons with it.
    """
    lock_charter(version.charter_id)
    version.refuse_if_published()
    ChangeReason.objects.filter(version=version).delete()
    ChangeReason.objects.bulk_create(
        ChangeReason(version=version, criterion_key=key, reason=reason)
        for key, reason in reasons.items()
        if reason
    )


def verify_versions() -> None:
    """Check each published text against its fingerprint; three queries.

    The code changes none; a hand in the database might.

    Raises:
        TextWasAltered: names the versions whose text is not the one that was published.
    """
    versions = CharterVersion.objects.published().with_text()
    altered = [
        str(version)
        for version in versions
        if compute_digest(version.canonical_form) != version.digest
    ]
    if altered:
        raise TextWasAltered(", ".join(altered))


def _require_answers(version: CharterVersion, today: datetime.date) -> None:
    rounds = AmendmentRound.objects.filter(version=version)
    waiting = Amendment.objects.filter(round__version=version).waiting()
    if rounds.open_on(today).exists() or waiting.exists():
        raise AmendmentsWait(str(version))


def _copy_text(source: CharterVersion, draft: CharterVersion) -> None:
    draft.preamble = source.preamble
    draft.articles.set(map(_copy_article, source.ordered_articles))


def _copy_article(article: Article) -> Article:
    copied = Article(
        number=article.number,
        slug=article.slug,
        title=article.title,
        question=article.question,
        text=article.text,
        sort_order=article.sort_order,
    )
    copied.criteria.set(
        Criterion(
            key=criterion.key,
            number=criterion.number,
            text=criterion.text,
            kind=criterion.kind,
            sort_order=criterion.sort_order,
        )
        for criterion in article.criteria.all()
    )
    return copied
