"""From an article of a published charter back to the amendments it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resources.enums import AmendmentState
from resources.models.amendment import Amendment, AmendmentRound

if TYPE_CHECKING:
    from resources.models.charter import CharterVersion


def find_round(version: CharterVersion) -> AmendmentRound | None:
    """Return the round in which members amended ``version``; one query."""
    return AmendmentRound.objects.filter(version=version).first()


def attach_amendments(version: CharterVersion) -> None:
    """Give each article ``amendments_that_counted``, accepted whole or in part.

    One query. The articles are those of ``ordered_articles``.
    """
    counted: dict[int, list[Amendment]] = {}
    amendments = (
        Amendment.objects.filter(
            round__version=version,
            state__in=[AmendmentState.ACCEPTED, AmendmentState.PARTLY],
            article__isnull=False,
        )
        .select_related("space")
        .order_by("number")
    )
    for amendment in amendments:
        if amendment.article_id is not None:
            counted.setdefault(amendment.article_id, []).append(amendment)
    for article in version.ordered_articles:
        article.amendments_that_counted = counted.get(article.pk, [])
