"""Spaces that sign a charter in the tests."""

from __future__ import annotations

import datetime
from typing import Any

from cms.models import User
from network.models import Space
from resources.enums import AnswerState, CriterionKind, SigningRight
from resources.models import Charter, CharterVersion, Signature
from resources.services.signatures import Answer, Signer, sign_charter
from tests import personas
from tests.factories.resources import (
    CharterFactory,
    CharterPageFactory,
    CharterVersionFactory,
)

ADOPTED = datetime.date(2026, 9, 1)
NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)
SIGNER = Signer("Maëlle Le Goff", SigningRight.REPRESENTATIVE, "présidente")


def make_charter(**values: Any) -> Charter:
    """A charter with a page at /charte/ and its first version, open to signatures."""
    fields = {"title": "Charte du réseau", "slug": "charte-du-reseau"} | values
    charter = CharterFactory(**fields)
    CharterPageFactory(charter=charter)
    CharterVersionFactory(charter=charter, published=ADOPTED)
    return charter


def publish_next(
    charter: Charter, texts: Any = ("Compter ensemble",)
) -> CharterVersion:
    """Adopt another version, which closes the one before."""
    return CharterVersionFactory(charter=charter, published=ADOPTED, texts=texts)


def open_version(charter: Charter) -> CharterVersion:
    return CharterVersion.objects.open_to_signatures().get(charter=charter)


def answer_all(version: CharterVersion, **changes: str) -> dict[str, Answer]:
    """Say yes to everything; ``changes`` are states by the number of a criterion."""
    answers = {}
    for key, criterion in version.criteria_by_key.items():
        usual = (
            AnswerState.ACCEPTED
            if criterion.kind == CriterionKind.EXCLUSION
            else AnswerState.MET
        )
        state = changes.get(f"c{criterion.number.replace('.', '_')}", usual)
        answers[key] = Answer(state)
    return answers


def sign(
    version: CharterVersion,
    *,
    by: User | None = None,
    space: Space | None = None,
    now: datetime.datetime = NOW,
    **values: Any,
) -> Signature:
    """Sign as somebody who speaks for a space does."""
    person = by or personas.member(f"{version.signatures.count()}-{now:%Y}@hub.test")
    arguments: dict[str, Any] = {
        "space": space or personas.space_of(person),
        "by": person,
        "signer": SIGNER,
        "answers": answer_all(version),
        "digest": version.digest,
        "now": now,
    }
    return sign_charter(version, **arguments | values)


def form_values(version: CharterVersion, **changes: str) -> dict[str, str]:
    """What a browser sends from the second step, everything met."""
    values = {
        "digest": version.digest,
        "signer_name": "Maëlle Le Goff",
        "right": "representative",
        "right_details": "",
    }
    for key, answer in answer_all(version).items():
        values[f"answer-{key}"] = str(answer.state)
    return values | changes
