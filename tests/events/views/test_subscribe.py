from __future__ import annotations

import datetime
import html
import re

import pytest

from events.enums import Visibility
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
PAGE = "/agenda/abonnement/"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def test_page_gives_the_addresses_of_these_filters(client):
    EventFactory()

    page = read(client, f"{PAGE}?dep=22&type=drink-and-co&vue=mois&page=3")

    links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page)]
    feed = "hub.test/agenda/flux.ics?dep=22&type=drink-and-co"
    quoted = "hub.test%2Fagenda%2Fflux.ics%3Fdep%3D22%26type%3Ddrink-and-co"
    name = "Drink%20%26%20co%2C%20C%C3%B4tes-d%E2%80%99Armor"
    outlook = f"/calendar/0/addfromweb?url=https%3A%2F%2F{quoted}&name={name}"
    for link in (
        f"webcal://{feed}",
        f"https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F{quoted}",
        f"https://outlook.live.com{outlook}",
        f"https://outlook.office.com{outlook}",
        "/agenda/flux.ics?dep=22&type=drink-and-co",
    ):
        assert link in links
    field = re.search(r"<textarea[^>]*readonly[^>]*>([^<]+)</textarea>", page)
    assert html.unescape(field[1]) == f"https://{feed}"
    assert 'data-copy="adresse"' in page
    assert "elle ne se mettra pas à jour" in page


def test_page_counts_the_public_dates_to_come(client):
    EventFactory.create_batch(2)
    EventFactory(start_date=datetime.date(2026, 10, 1))
    EventFactory(title="Canari", visibility=Visibility.MEMBERS)

    page = read(client, PAGE)

    assert "2 rendez-vous à venir" in page
    assert "Canari" not in page


def test_address_it_gives_is_the_feed(client):
    EventFactory()
    page = read(client, f"{PAGE}?q=saint+brieuc")
    address = html.unescape(re.search(r"<textarea[^>]*>([^<]+)<", page)[1])

    response = client.get(address.removeprefix("https://hub.test"))

    assert response.content.count(b"BEGIN:VEVENT") == 1


def test_unknown_value_is_said_and_left_out(client):
    page = read(client, f"{PAGE}?type=inconnu")

    assert "nous ne connaissons pas « inconnu »" in page
    assert "https://hub.test/agenda/flux.ics</textarea>" in page
