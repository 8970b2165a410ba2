"""Fixtures of the loans."""

from __future__ import annotations

from typing import Any

import pytest

from cms.models import User
from resources.models import SharedResource
from tests import personas
from tests.resources.lending.lent import NOW, make_lent


@pytest.fixture
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the site believe that it is ``NOW``."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def resource(db: None) -> SharedResource:
    """Six grilles that L’Estran lends."""
    return make_lent()


@pytest.fixture
def member(client: Any) -> User:
    """Somebody who speaks for Ti Numerik, logged in."""
    person = personas.member()
    client.force_login(person)
    return person
