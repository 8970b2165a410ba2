"""Drafts, closed spaces and people never reach what the public reads."""

from __future__ import annotations

import pytest

from network.models import Space
from tests.factories.network import SpaceFactory, SpaceMemberFactory, UserFactory

pytestmark = pytest.mark.django_db

SECRETS = ("CanaryDraft", "CanaryClosed", "CanaryPerson", "canary-person", "CanaryNext")


@pytest.fixture
def canaries():
    shown = SpaceFactory(name="Ti Numerik", slug="ti-numerik", is_trusted=True)
    person = UserFactory(
        email="canary-person@hub.test",
        first_name="CanaryPerson",
        last_name="CanaryPerson",
    )
    SpaceMemberFactory(space=shown, user=person)
    SpaceFactory(name="CanaryDraft", slug="canarydraft", city="CanaryDraft", live=False)
    SpaceFactory(name="CanaryClosed", slug="canaryclosed", status="closed")
    shown.name = "CanaryNext"
    shown.set_services(["CanaryNext"])
    shown.save_revision()


@pytest.mark.parametrize(
    "path",
    [
        "/lieux/",
        "/lieux/?q=canary",
        "/lieux/?q=canarynext",
        "/lieux/?statut=ferme",
        "/lieux/ti-numerik/",
        "/en/lieux/ti-numerik/",
        "/lieux.csv",
        "/lieux.geojson",
    ],
)
@pytest.mark.parametrize("logged_in", [False, True])
def test_public_page_tells_no_secret(client, canaries, path, logged_in):
    if logged_in:
        client.force_login(UserFactory())
    response = client.get(path)
    assert response.status_code == 200
    page = response.content.decode()
    told = [secret for secret in SECRETS if secret in page]
    assert told == []
    assert "is_trusted" not in page


def test_search_entries_tell_no_secret(canaries):
    entries = [
        entry for space in Space.objects.all() for entry in space.search_entries()
    ]
    assert [entry.title for entry in entries] == ["Ti Numerik"]
    assert [secret for secret in SECRETS if secret in repr(entries)] == []
