"""Several who amend one draft at once, on PostgreSQL: SQLite has one writer."""

from __future__ import annotations

from resources.models import Amendment, AmendmentSupport
from resources.services.amendments import support_amendment
from tests import personas
from tests.factories.network import SpaceFactory
from tests.racing import RACE_MARKS, at_once
from tests.resources.amending import NOW, make_round, propose

pytestmark = RACE_MARKS


def test_amendments_proposed_at_once_have_their_own_number():
    drafting = make_round()
    people = [
        personas.member(f"{one}@hub.test", spaces=[SpaceFactory()]) for one in range(4)
    ]
    results = at_once(*[lambda by=by: propose(drafting, by=by) for by in people])
    assert sorted(one.number for one in results) == [1, 2, 3, 4]
    assert Amendment.objects.count() == 4


def test_space_that_supports_twice_at_once_has_one_voice():
    amendment = propose(make_round(), by=personas.member())
    other = personas.other_member()
    space = personas.space_of(other)
    at_once(*[lambda: support_amendment(amendment, space=space, by=other, now=NOW)] * 3)
    assert AmendmentSupport.objects.count() == 1
