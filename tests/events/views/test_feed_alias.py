from __future__ import annotations

import datetime

import pytest
from django.http import QueryDict

from events.models import FeedAlias
from events.selection import read_selection
from events.services.feed_alias import (
    CODE_LENGTH,
    NothingToShorten,
    find_alias,
    shorten_address,
)
from tests.factories.events import EventFactory, EventTypeFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def shorten(query):
    return shorten_address(read_selection(QueryDict(query)), now=NOW)


def test_same_filters_have_the_same_code_for_ever():
    EventTypeFactory()
    EventTypeFactory(slug="repas", name="Repas")

    first = shorten("type=repas&type=drink-and-co&dep=22&page=4")
    again = shorten("dep=22&type=drink-and-co&type=repas")

    assert first == again
    assert len(first.code) == CODE_LENGTH
    assert find_alias(read_selection(QueryDict("dep=22&type=repas"))) is None


def test_two_filters_whose_codes_meet_get_two_addresses():
    EventFactory()
    taken = shorten("dep=22").code
    FeedAlias.objects.update(query="dep=35")

    assert shorten("dep=22").code.startswith(taken)
    assert len(shorten("dep=22").code) == CODE_LENGTH + 1


def test_short_address_gives_the_same_dates(client):
    EventFactory(title="Ici")
    EventFactory(title="Ailleurs", venue_postcode="35400")
    alias = shorten("dep=22&type=drink-and-co")

    response = client.get(f"/agenda/flux/{alias.code}.ics")
    text = response.content.decode()

    assert (text.count("BEGIN:VEVENT"), "SUMMARY:Ici" in text) == (1, True)
    assert f"SOURCE;VALUE=URI:https://hub.test/agenda/flux/{alias.code}.ics" in (
        text.replace("\r\n ", "")
    )
    again = client.get(
        f"/agenda/flux/{alias.code}.ics", headers={"if-none-match": response["ETag"]}
    )
    assert again.status_code == 304


def test_short_address_outlives_a_rename(client):
    EventFactory(title="Ici")
    alias = shorten("type=drink-and-co&dep=22")
    kind = EventTypeFactory()
    kind.slug = "aperos"
    kind.save()

    assert b"SUMMARY:Ici" in client.get(f"/agenda/flux/{alias.code}.ics").content


def test_unknown_code_is_not_found(client):
    assert client.get("/agenda/flux/abcdefgh.ics").status_code == 404


@pytest.mark.parametrize("query", ["", "type=inconnu", "vue=mois"])
def test_nothing_or_unknown_filters_are_not_shortened(query):
    with pytest.raises(NothingToShorten):
        shorten(query)
