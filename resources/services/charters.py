"""What is done with the versions of a charter."""

from __future__ import annotations

import datetime

from django.db import transaction

from resources.domain.charters import TextIsNotReady, TextIsPublished
from resources.enums import VersionState
from resources.models import Article, Charter, CharterVersion, Criterion


@transaction.atomic
def publish_version(
    version: CharterVersion, *, adopted_on: datetime.date
) -> CharterVersion:
    """Publish a draft, which freezes its text for ever, and return it.

    Raises:
        TextIsPublished: it is published already.
        TextIsNotReady: it has no article.
    """
    stored = CharterVersion.objects.select_for_update().get(pk=version.pk)
    if stored.is_published:
        raise TextIsPublished(str(stored))
    if not stored.articles.exists():
        raise TextIsNotReady(str(stored))
    stored.adopted_on = adopted_on
    stored.state = VersionState.PUBLISHED
    stored.save(update_fields=["adopted_on", "state"])
    # The pages that show the charter follow its record.
    stored.charter.save()
    return stored


@transaction.atomic
def draft_next_version(charter: Charter) -> CharterVersion:
    """Copy the highest version into a new draft, anchors kept; empty where none is."""
    locked = Charter.objects.select_for_update().get(pk=charter.pk)
    source = (
        CharterVersion.objects.filter(charter=locked)
        .with_text()
        .order_by("-number")
        .first()
    )
    draft = CharterVersion(charter=locked, number=locked.next_number)
    if source is not None:
        draft.preamble = source.preamble
        draft.articles.set(map(_copy_article, source.ordered_articles))
    draft.save()
    return draft


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
            number=criterion.number,
            text=criterion.text,
            kind=criterion.kind,
            sort_order=criterion.sort_order,
        )
        for criterion in article.criteria.all()
    )
    return copied
