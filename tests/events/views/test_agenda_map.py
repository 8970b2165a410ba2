"""The agenda's map: one marker a place, and the same places as a list."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils.html import strip_tags

from events.enums import EventStatus, Visibility
from events.views import agenda_map
from tests.factories.events import EventFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
MAP = "/agenda/?vue=carte"
ROSTRENEN = {"latitude": 48.236, "longitude": -3.316}


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def read(client, address=MAP):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def markers(html):
    """The label and the target of each marker."""
    return re.findall(r'<a class="marker" href="#([^"]+)" aria-label="([^"]+)"', html)


def places(html, section):
    """The places under one heading."""
    found = re.search(rf'aria-labelledby="{section}">(.*?)</section>', html, re.S)
    names = re.findall(r"<h3>(.*?)</h3>", found[1]) if found else []
    return [strip_tags(name) for name in names]


def put_in_space(name="Ti Numerik", slug="ti-numerik", **values):
    space = SpaceFactory(name=name, slug=slug, **(ROSTRENEN | values))
    type(space).objects.update(live=True)
    return {"venue": space, "venue_name": ""}


def test_each_place_has_one_marker_with_the_number_of_its_dates(client):
    here = put_in_space()
    EventFactory.create_batch(2, **here)
    EventFactory(venue_latitude=48.514, venue_longitude=-2.765)
    EventFactory(venue_name="HALLE AU BLE", start_date=datetime.date(2027, 1, 7))
    EventFactory(**here, start_date=datetime.date(2026, 10, 22))

    html = read(client)

    assert markers(html) == [
        ("lieu-ti-numerik", "Rostrenen, Ti Numerik : 2 rendez-vous"),
        ("lieu-ailleurs-halle-au-ble-saint-brieuc",
         "Saint-Brieuc, Halle au blé : 2 rendez-vous"),
    ]  # fmt: skip
    assert places(html, "sur-la-carte") == ["Ti Numerik", "Halle au blé"]
    assert all(f'id="{target}"' in html for target, _label in markers(html))


def test_what_no_map_shows_is_listed_apart(client):
    EventFactory(**put_in_space())
    EventFactory(
        **put_in_space(
            "La Varangue", "la-varangue", latitude=-20.88, longitude=55.45,
            postcode="97400",
        )
    )  # fmt: skip
    EventFactory(venue_name="Café de la Halle")
    nowhere = dict.fromkeys(
        ("venue_name", "venue_street", "venue_postcode", "venue_city"), ""
    )
    EventFactory(**nowhere, online_url="https://visio.example/abc")
    EventFactory(**nowhere)

    html = read(client)

    assert [label for _target, label in markers(html)] == [
        "Rostrenen, Ti Numerik : 1 rendez-vous"
    ]
    assert places(html, "hors-carte") == ["La Varangue", "Café de la Halle"]
    assert places(html, "sans-lieu") == ["En ligne", "Lieu à préciser"]


def test_network_without_a_map_still_has_its_list(client):
    EventFactory(venue_postcode="97400", venue_city="Saint-Denis")

    html = read(client)

    assert "<svg class" not in html[html.index("<main") : html.index("</main>")]
    assert places(html, "hors-carte") == ["Halle au blé"]


def test_place_shows_three_dates_and_leads_to_the_others(client):
    here = put_in_space()
    for day in range(1, 6):
        EventFactory(title=f"N° {day}", start_date=datetime.date(2026, 12, day), **here)

    html = read(client, f"{MAP}&type=drink-and-co")

    assert re.findall(r'<a href="/agenda/n-[^"]+">(N° \d)</a>', html) == [
        "N° 1", "N° 2", "N° 3",
    ]  # fmt: skip
    assert "2 autres rendez-vous" in html
    assert 'href="/agenda/?lieu=ti-numerik&amp;type=drink-and-co"' in html


def test_date_called_off_says_so_on_the_map_too(client):
    EventFactory(status=EventStatus.CANCELLED, **put_in_space())

    assert "Annulé" in read(client)


def test_map_keeps_filters_and_days(client):
    here = put_in_space()
    EventFactory(**here)
    EventFactory(**here, start_date=datetime.date(2027, 2, 4))
    EventFactory(venue_postcode="35000", venue_city="Rennes")

    html = read(client, f"{MAP}&dep=22&du=2027-01-01&au=2027-03-01")

    assert [label for _target, label in markers(html)] == [
        "Rostrenen, Ti Numerik : 1 rendez-vous"
    ]
    assert '<input type="hidden" name="vue" value="carte">' in html
    assert 'href="?au=2027-03-01&amp;du=2027-01-01&amp;vue=carte"' in html


def test_past_dates_of_the_map_are_the_latest(client):
    here = put_in_space()
    for day in range(1, 6):
        EventFactory(title=f"N° {day}", start_date=datetime.date(2026, 10, day), **here)

    assert 'href="/agenda/?passes=1&amp;vue=carte"' in read(client)
    html = read(client, f"{MAP}&passes=1")
    assert re.findall(r">(N° \d)</a>", html) == ["N° 5", "N° 4", "N° 3"]


def test_empty_map_tells_the_next_date(client):
    EventFactory(title="Drink", **put_in_space())

    html = read(client, f"{MAP}&du=2027-03-01&au=2027-03-31&dep=22")

    assert (
        "Aucun rendez-vous pour Côtes-d’Armor, du lundi 1er mars 2027 au mercredi 31 "
        "mars 2027"
    ) in html
    assert "Le prochain : Drink, jeudi 26 novembre 2026" in html
    assert markers(html) == []


def test_hidden_dates_are_on_no_map(client):
    EventFactory(title="Canari", visibility=Visibility.MEMBERS, **put_in_space())
    EventFactory(title="Brouillon", live=False, **put_in_space("B", "b"))

    html = read(client)

    assert markers(html) == []
    assert "Canari" not in html
    assert "Aucun rendez-vous à venir" in html


def test_many_places_are_cut_into_pages(client, monkeypatch):
    monkeypatch.setattr(agenda_map, "PLACES_PER_PAGE", 2)
    for number in range(3):
        EventFactory(venue_name=f"Salle {number}")

    assert places(read(client, f"{MAP}&page=2"), "hors-carte") == ["Salle 2"]
    assert "voici la page 2" in read(client, f"{MAP}&page=9")
    assert 'href="?vue=carte&amp;page=2"' in read(client)
