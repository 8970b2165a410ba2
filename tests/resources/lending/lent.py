"""Spaces that lend and borrow in the tests."""

from __future__ import annotations

import datetime
from typing import Any

from cms.models import User
from network.models import Space
from resources.enums import ResourceKind
from resources.models import Loan, SharedResource
from resources.services.lending import Wish, accept_loan, ask_loan
from tests import personas
from tests.factories.network import SpaceFactory
from tests.factories.resources import SharedResourceFactory

# Midday in Paris, on a Monday.
NOW = datetime.datetime(2026, 11, 23, 11, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 11, 23)


def day(offset: int) -> datetime.date:
    """The day that comes ``offset`` days after today."""
    return TODAY + datetime.timedelta(days=offset)


def make_lent(**values: Any) -> SharedResource:
    """Six grilles that L’Estran lends, at most for seven days."""
    fields: dict[str, Any] = {
        "title": "Grilles d’exposition",
        "slug": "grilles",
        "kind": ResourceKind.EQUIPMENT,
        "is_lent": True,
        "quantity": 6,
        "longest_loan": 7,
    } | values
    if "space" not in fields:
        fields["space"] = SpaceFactory(name="L’Estran", slug="l-estran")
    return SharedResourceFactory(**fields)


def owner_of(resource: SharedResource) -> User:
    """Somebody who speaks for the space that lends."""
    known = User.objects.filter(email="owner@hub.test").first()
    return known or personas.member("owner@hub.test", spaces=[resource.space])


def wish(
    first: int = 10, last: int = 12, units: int = 2, purpose: str = "Expo"
) -> Wish:
    return Wish(day(first), day(last), units, purpose)


def ask(
    resource: SharedResource,
    wanted: Wish | None = None,
    *,
    by: User | None = None,
    space: Space | None = None,
    now: datetime.datetime = NOW,
) -> Loan:
    """Ask as somebody who speaks for a space does."""
    person = by or personas.member(f"borrower-{User.objects.count()}@hub.test")
    return ask_loan(
        resource,
        wanted or wish(),
        space=space or personas.space_of(person),
        by=person,
        now=now,
    )


def lend(resource: SharedResource, wanted: Wish | None = None, **values: Any) -> Loan:
    """Ask, and have the owner accept."""
    loan = ask(resource, wanted, **values)
    return accept_loan(
        loan, by=owner_of(resource), now=values.get("now", NOW), answer="Entendu."
    )
