"""Two who sign, or close a version, at once, on PostgreSQL: SQLite has one writer."""

from __future__ import annotations

import pytest

from network.models import SpaceMember
from resources.models import Signature
from resources.services.charters import publish_version
from resources.services.signature_refusals import AlreadySigned, SigningClosed
from tests import personas
from tests.factories.resources import CharterVersionFactory
from tests.racing import RACE_MARKS, at_once
from tests.resources.signing import ADOPTED, NOW, make_charter, open_version, sign

pytestmark = RACE_MARKS


@pytest.fixture
def version():
    return open_version(make_charter())


def test_two_members_who_sign_at_once_make_one_signature(version):
    first = personas.member()
    space = personas.space_of(first)
    second = personas.member("autre@hub.test", spaces=[space])
    results = at_once(
        *[lambda by=by: sign(version, by=by, space=space) for by in (first, second) * 2]
    )
    [signature] = Signature.objects.all()
    assert sorted(type(one).__name__ for one in results) == [
        "AlreadySigned",
        "AlreadySigned",
        "AlreadySigned",
        "Signature",
    ]
    assert [one.signature for one in results if isinstance(one, AlreadySigned)] == (
        [signature] * 3
    )
    assert signature.answers.count() == 4
    assert SpaceMember.objects.count() == 2


def test_signing_and_replacing_a_version_never_cross(version):
    person = personas.member()
    draft = CharterVersionFactory(charter=version.charter)
    signed, published = at_once(
        lambda: sign(version, by=person),
        lambda: publish_version(draft, adopted_on=ADOPTED, now=NOW),
    )
    version.refresh_from_db()
    assert published.is_open_to_signatures
    assert not version.is_open_to_signatures
    # Either it came first and stands, or it came second and was refused whole.
    assert isinstance(signed, Signature | SigningClosed)
    assert Signature.objects.count() == isinstance(signed, Signature)
