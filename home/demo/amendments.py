"""The round that the charter's second version came from, and the one that is open."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from cms.tasks.mail import hold_back_mail
from home.demo.accounts import EDITOR, find_account
from home.demo.charters import CHARTER_SLUG, at_noon
from home.demo.content_files import read_content
from network.models import Space
from resources.enums import AmendmentState, AmendmentTarget
from resources.models import (
    Amendment,
    AmendmentComment,
    AmendmentRound,
    AmendmentSupport,
    Article,
    Charter,
    CharterVersion,
)
from resources.services.amendments import answer_amendment
from resources.services.charters import draft_next_version


def load_rounds(now: datetime.datetime) -> int:
    """Create the rounds with their amendments, unless there is one."""
    if AmendmentRound.objects.exists():
        return 0
    spaces = Space.objects.in_bulk(field_name="slug")
    rows = read_content("amendments")["round"]
    for row in rows:
        _load_round(row, spaces, now)
    return len(rows)


def _load_round(
    row: dict[str, Any], spaces: dict[str, Space], now: datetime.datetime
) -> None:
    today = timezone.localdate(now)
    opens_on = row.get("opens_on") or _shift(today, -row["opened_days_ago"])
    drafting = AmendmentRound.objects.create(
        version=_find_version(row["version"]),
        opens_on=opens_on,
        closes_on=row.get("closes_on") or _shift(today, row["closes_in_days"]),
        introduction=row["introduction"].strip(),
        # It opened before this network was loaded: nobody is written to.
        opening_told_at=at_noon(opens_on),
    )
    for number, one in enumerate(row["amendment"], start=1):
        day = min(_shift(opens_on, 2 * number), today)
        amendment = _store(drafting, number, one, spaces, at_noon(day))
        _discuss(amendment, one, spaces, at_noon(day))
        if one["state"] != AmendmentState.PROPOSED:
            _answer(amendment, one, at_noon(min(_shift(day, 7), today)))


def _find_version(number: int) -> CharterVersion:
    charter = Charter.objects.get(slug=CHARTER_SLUG)
    version = CharterVersion.objects.filter(charter=charter, number=number).first()
    return version or draft_next_version(charter)


def _store(
    drafting: AmendmentRound,
    number: int,
    row: dict[str, Any],
    spaces: dict[str, Space],
    at: datetime.datetime,
) -> Amendment:
    article = Article.objects.get(version=drafting.version, slug=row["article"])
    criteria = {one.number: one for one in article.ordered_criteria}
    criterion = criteria.get(row["target"])
    target = AmendmentTarget.CRITERION if criterion else row["target"]
    standing = article.text if target == AmendmentTarget.TEXT else ""
    original = row.get("original", criterion.text if criterion else standing)
    added = row.get("proposal_append", "")
    return Amendment.objects.create(
        round=drafting,
        number=number,
        article=article,
        article_slug=article.slug,
        article_title=article.title,
        target=target,
        criterion_key=criterion.key if criterion else None,
        original=original,
        proposal=row.get("proposal") or f"{original}\n\n{added}",
        reason=row["reason"],
        space=spaces[row["space"]],
        proposed_at=at,
    )


def _discuss(
    amendment: Amendment,
    row: dict[str, Any],
    spaces: dict[str, Space],
    at: datetime.datetime,
) -> None:
    AmendmentSupport.objects.bulk_create(
        AmendmentSupport(amendment=amendment, space=spaces[slug], supported_at=at)
        for slug in row["supports"]
    )
    AmendmentComment.objects.bulk_create(
        AmendmentComment(
            amendment=amendment,
            space=spaces[one["space"]],
            written_at=at,
            text=one["text"],
            state=one["state"],
        )
        for one in row.get("comments", [])
    )


def _answer(amendment: Amendment, row: dict[str, Any], at: datetime.datetime) -> None:
    """Answer as an editor does; a published version has its answers already."""
    editor = find_account(EDITOR)
    if not amendment.round.version.is_published:
        with hold_back_mail():
            answer_amendment(
                amendment,
                state=row["state"],
                answer=row["answer"],
                by=editor,
                now=at,
                is_applied=row.get("is_applied", False),
            )
        return
    amendment.state = row["state"]
    amendment.answer = row["answer"]
    amendment.answered_at = at
    amendment.answered_by = editor
    amendment.save()


def _shift(day: datetime.date, days: int) -> datetime.date:
    return day + datetime.timedelta(days=days)
