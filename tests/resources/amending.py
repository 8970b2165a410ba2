"""Drafts that members amend in the tests."""

from __future__ import annotations

import datetime
from typing import Any

from cms.models import User
from network.models import Space
from resources.enums import AmendmentTarget
from resources.models import Amendment, AmendmentRound, Criterion
from resources.services.amendments import Proposal, propose_amendment
from resources.services.charters import draft_next_version
from tests import personas
from tests.resources.signing import NOW, make_charter

__all__ = ["AFTER", "BEFORE", "NOW", "make_round", "propose", "propose_criterion"]

BEFORE = NOW - datetime.timedelta(days=10)
AFTER = NOW + datetime.timedelta(days=20)
TEXT = "Texte de « Ouvrir la porte »."


def make_round() -> AmendmentRound:
    """A second version drafted from 1 to 15 November 2026; the first is at /charte/."""
    return AmendmentRound.objects.create(
        version=draft_next_version(make_charter()),
        opens_on=datetime.date(2026, 11, 1),
        closes_on=datetime.date(2026, 11, 15),
        introduction="Nous reprenons le texte.",
    )


def propose(
    drafting: AmendmentRound,
    *,
    by: User,
    space: Space | None = None,
    proposal: Proposal | None = None,
    now: datetime.datetime = NOW,
    **values: Any,
) -> Amendment:
    """Amend the text of the first article."""
    fields = {
        "article_slug": "ouvrir-la-porte",
        "target": AmendmentTarget.TEXT,
        "original": TEXT,
        "text": "La porte reste ouverte.",
        "reason": "Le froid.",
    }
    return propose_amendment(
        drafting,
        proposal or Proposal(**fields | values),
        space=space or personas.space_of(by),
        by=by,
        now=now,
    )


def propose_criterion(
    drafting: AmendmentRound, number: str, *, by: User, text: str = "Autrement"
) -> Amendment:
    """Amend a criterion of the first article."""
    criterion = Criterion.objects.get(
        article__version=drafting.version_id, number=number
    )
    proposal = Proposal(
        "ouvrir-la-porte",
        AmendmentTarget.CRITERION,
        criterion.text,
        text,
        "Plus clair.",
        criterion.key,
    )
    return propose(drafting, by=by, proposal=proposal)
