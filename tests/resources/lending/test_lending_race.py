"""Several who ask for, accept or block the last units at once, on PostgreSQL."""

from __future__ import annotations

import threading

import pytest

from resources.models import BlockedDays, Loan, SharedResource
from resources.services import lending
from resources.services.blocked_days import block_days
from resources.services.free_days import list_overbooked
from resources.services.lending import accept_loan
from resources.services.lending_refusals import AlreadyAsked, DaysAreLent, NotFree
from tests import personas
from tests.racing import RACE_MARKS, at_once
from tests.resources.lending.lent import (
    NOW,
    TODAY,
    ask,
    day,
    make_lent,
    owner_of,
    wish,
)

pytestmark = RACE_MARKS


@pytest.fixture
def resource():
    return make_lent(quantity=3)


def accept_each(loans, owner):
    return at_once(
        *[lambda loan=loan: accept_loan(loan, by=owner, now=NOW) for loan in loans]
    )


def test_accepted_at_once_never_exceed_the_quantity(resource):
    loans = [ask(resource) for _turn in range(4)]
    results = accept_each(loans, owner_of(resource))
    assert [type(one) for one in results if not isinstance(one, Loan)] == (
        [NotFree] * 3
    )
    assert Loan.objects.accepted().count() == 1
    assert list_overbooked(resource, TODAY) == []


def test_without_the_lock_they_would_exceed_it(resource, monkeypatch):
    """The control: the same race, the resource's row read but not held."""
    loans = [ask(resource) for _turn in range(2)]
    owner = owner_of(resource)
    counted = threading.Barrier(2)
    require_free = lending.require_free

    def read_without_holding(known):
        return SharedResource.objects.select_related("space").get(pk=known.pk)

    def count_together(*args, **values):
        require_free(*args, **values)
        counted.wait(timeout=10)

    monkeypatch.setattr(lending, "lock_resource", read_without_holding)
    monkeypatch.setattr(lending, "require_free", count_together)
    accept_each(loans, owner)
    assert Loan.objects.accepted().count() == 2
    assert list_overbooked(resource, TODAY) == [day(10), day(11), day(12)]


def test_form_sent_twice_at_once_makes_one_loan(resource):
    person = personas.member()
    results = at_once(*[lambda: ask(resource, by=person)] * 3)
    [loan] = Loan.objects.all()
    again = [one for one in results if isinstance(one, AlreadyAsked)]
    assert [one.loan for one in again] == [loan] * 2


def test_lending_and_blocking_never_cross(resource):
    loan = ask(resource, wish(units=2))
    owner = owner_of(resource)
    accepted, blocked = at_once(
        lambda: accept_loan(loan, by=owner, now=NOW),
        lambda: block_days(
            resource,
            first_day=day(10),
            last_day=day(10),
            units=2,
            reason="",
            by=owner,
            now=NOW,
        ),
    )
    loan.refresh_from_db()
    assert loan.is_accepted != BlockedDays.objects.exists()
    assert isinstance(blocked, DaysAreLent) == loan.is_accepted
    assert isinstance(accepted, Loan) == loan.is_accepted
