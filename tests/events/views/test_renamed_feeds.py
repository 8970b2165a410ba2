from __future__ import annotations

import pytest

from cms.models import MovedSlug
from events.models.event import EventTag
from network.enums import SpaceStatus
from tests.factories.events import EventFactory, EventTypeFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


def rename(record, slug):
    """Give another address, as an administrator does."""
    record.slug = slug
    record.save()


@pytest.fixture
def renamed():
    space = SpaceFactory(slug="ancien-lieu")
    series = SeriesFactory(slug="ancienne-serie")
    EventFactory(venue=space, venue_name="", series=series, recurrence_key="20261126",
                 tags=["ancien-mot"])  # fmt: skip
    rename(space, "lieu")
    rename(series, "serie")
    rename(EventTypeFactory(), "type")
    rename(EventTag.objects.get(), "mot")


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/agenda/lieu/ancien-lieu.ics", "/agenda/lieu/lieu.ics"),
        ("/agenda/serie/ancienne-serie.ics", "/agenda/serie/serie.ics"),
        ("/agenda/type/drink-and-co.ics", "/agenda/type/type.ics"),
        ("/agenda/tag/ancien-mot.ics", "/agenda/tag/mot.ics"),
        (
            "/agenda/flux.ics?lieu=ancien-lieu&type=drink-and-co&q=halle&page=3",
            "/agenda/flux.ics?lieu=lieu&q=halle&type=type",
        ),
        ("/lieux/ancien-lieu/", "/lieux/lieu/"),
        ("/en/lieux/ancien-lieu/", "/en/lieux/lieu/"),
        ("/agenda/serie/ancienne-serie/", "/agenda/serie/serie/"),
    ],
)
def test_h07_old_address_leads_to_the_new_one_for_ever(client, old, new):
    response = client.get(old)

    assert response.status_code == 301
    assert sorted(response["Location"].partition("?")[2].split("&")) == sorted(
        new.partition("?")[2].split("&")
    )
    assert response["Location"].partition("?")[0] == new.partition("?")[0]
    assert client.get(response["Location"]).status_code == 200


def test_record_renamed_twice_is_found_by_each_address(client):
    space = SpaceFactory(slug="un")
    rename(space, "deux")
    rename(space, "trois")

    for old in ("un", "deux"):
        assert client.get(f"/lieux/{old}/")["Location"] == "/lieux/trois/"


def test_address_taken_back_or_by_another_is_theirs(client):
    space = SpaceFactory(slug="un")
    rename(space, "deux")
    other = SpaceFactory(slug="un")
    assert client.get("/lieux/un/").context["space"] == other

    rename(other, "trois")
    rename(space, "un")
    assert client.get("/lieux/un/").context["space"] == space
    assert [*MovedSlug.objects.values_list("slug", flat=True)] == ["deux"]


def test_saving_without_renaming_remembers_nothing():
    space = SpaceFactory(slug="un")
    space.name = "Autre nom"
    space.save()
    space.save(update_fields=["name"])

    assert not MovedSlug.objects.exists()


def test_h07_calendar_of_a_closed_space_is_gone(client):
    SpaceFactory(slug="ferme", status=SpaceStatus.CLOSED)
    response = client.get("/agenda/lieu/ferme.ics")

    assert response.status_code == 410
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "a fermé" in response.content.decode()


def test_address_that_nothing_ever_had_is_not_found(client):
    SpaceFactory(slug="lieu", live=False)

    for address in ("/agenda/lieu/jamais.ics", "/agenda/lieu/lieu.ics", "/lieux/lieu/"):
        assert client.get(address).status_code == 404
