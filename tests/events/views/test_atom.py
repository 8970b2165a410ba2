from __future__ import annotations

import datetime
from xml.etree import ElementTree

import pytest

from events.enums import EventStatus, Visibility
from events.models import Event
from events.services.calendar import refresh_calendar_state
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def entries(client, address="/agenda/atom.xml"):
    response = client.get(address)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def said(entry, name):
    return entry.find(f"{ATOM}{name}").text


def test_entry_is_known_for_ever_and_dated_by_its_announcement(client):
    event = EventFactory(title="Drink & co", summary="Un verre.")
    [entry] = entries(client)

    assert said(entry, "title") == (
        "Jeudi 26\xa0novembre 2026, 18\xa0h\xa030 – 21\xa0h\xa030 — Drink & co"
    )
    assert said(entry, "id") == f"tag:hub.test,2026:{event.uid}"
    assert said(entry, "published") == "2026-09-01T08:00:00+00:00"
    assert said(entry, "updated") == "2026-11-23T09:00:00+00:00"
    assert entry.find(f"{ATOM}link").get("href").endswith(event.get_absolute_url())


def test_h14_moved_and_cancelled_date_is_an_update_of_the_same_entry(client):
    event = EventFactory(title="Apéro")
    EventFactory(title="Autre")
    before = {said(entry, "id"): said(entry, "updated") for entry in entries(client)}
    later = NOW + datetime.timedelta(hours=2)
    Event.objects.filter(pk=event.pk).update(
        status=EventStatus.CANCELLED, cancel_reason="Neige."
    )
    refresh_calendar_state(event, now=later)

    first = entries(client)[0]
    assert said(first, "title").startswith("Annulé : ")
    assert "Neige." in said(first, "summary")
    assert before[said(first, "id")] < said(first, "updated")
    assert {said(entry, "id") for entry in entries(client)} == set(before)


def test_hidden_dates_are_no_news(client):
    EventFactory(title="Membres", visibility=Visibility.MEMBERS)
    EventFactory(title="Brouillon", live=False)
    EventFactory(title="Retirée").unpublish()

    assert entries(client) == []


def test_unchanged_news_are_answered_304_and_hostile_words_stay_words(client):
    EventFactory(title="<script>\x0b]]>", summary="a\x01&lt;b")
    first = client.get("/agenda/atom.xml")
    ElementTree.fromstring(first.content)
    again = client.get("/agenda/atom.xml", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert not first.cookies


def test_filters_apply_and_unknown_ones_are_not_found(client):
    EventFactory(title="Ici")
    EventFactory(title="Ailleurs", venue_postcode="35400")

    assert len(entries(client, "/agenda/atom.xml?dep=22")) == 1
    assert client.get("/agenda/atom.xml?type=inconnu").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_news_cost_two_queries(client, django_assert_num_queries, count):
    EventFactory.create_batch(count)

    with django_assert_num_queries(2):
        client.get("/agenda/atom.xml")
