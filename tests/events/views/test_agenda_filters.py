"""The filters say what each choice would give, with the others in force."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils.html import strip_tags

from events.enums import Visibility
from tests.factories.events import EventFactory, EventTypeFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def _dates():
    estran = SpaceFactory(name="L’Estran", slug="estran", city="Saint-Malo",
                          postcode="35400")  # fmt: skip
    ti = SpaceFactory(name="Ti", slug="ti", city="Brest", postcode="29200")
    hidden = SpaceFactory(name="Caché", slug="cache", city="Vannes", postcode="56000")
    type(ti).objects.exclude(pk=hidden.pk).update(live=True)
    type(ti).objects.filter(pk=hidden.pk).update(live=False)
    lunch = EventTypeFactory(slug="repas", name="Repas")
    there = {"venue": estran, "venue_name": "", "host": estran}
    EventFactory(**there, tags=["Un", "Deux"])
    EventFactory(**there, type=lunch)
    EventFactory(venue=ti, host=estran)  # in the Halle au blé of Saint-Brieuc
    EventFactory(venue=hidden, venue_name="", start_date=datetime.date(2027, 2, 4))
    EventFactory(**there, start_date=datetime.date(2026, 10, 1))
    EventFactory(**there, visibility=Visibility.MEMBERS)


def read(client, address=""):
    response = client.get(f"/agenda/{address}")
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def choices(html, name):
    select = re.search(rf'<select id="{name}".*?</select>', html, re.S)[0]
    return [strip_tags(text) for text in re.findall(r"<option[^>]*>(.*?)<", select)][1:]


@pytest.mark.usefixtures("_dates")
@pytest.mark.parametrize(
    ("address", "types", "departments", "spaces"),
    [
        (
            "",
            ["Drink &amp; co (3)", "Repas (1)"],
            ["Côtes-d’Armor (1)", "Ille-et-Vilaine (2)", "Morbihan (1)"],
            ["L’Estran, Saint-Malo (3)"],
        ),
        (
            "?dep=35",
            ["Drink &amp; co (1)", "Repas (1)"],
            ["Côtes-d’Armor (1)", "Ille-et-Vilaine (2)", "Morbihan (1)"],
            ["L’Estran, Saint-Malo (2)"],
        ),
        (
            "?tag=un&tag=deux",
            ["Drink &amp; co (1)"],
            ["Ille-et-Vilaine (1)"],
            ["L’Estran, Saint-Malo (1)"],
        ),
        (
            "?vue=mois&mois=2027-02&dep=35",
            [],
            ["Ille-et-Vilaine (0)", "Morbihan (1)"],
            [],
        ),
        (
            "?passes=1&vue=carte",
            ["Drink &amp; co (1)"],
            ["Ille-et-Vilaine (1)"],
            ["L’Estran, Saint-Malo (1)"],
        ),
    ],
)
def test_each_choice_says_how_many_dates_it_would_give(
    client, address, types, departments, spaces
):
    html = read(client, address)

    found = [choices(html, name) for name in ("type", "dep", "lieu")]
    assert found == [types, departments, spaces]


@pytest.mark.usefixtures("_dates")
@pytest.mark.parametrize("address", ["?dep=35", "?type=repas", "?lieu=estran"])
def test_count_of_a_choice_is_what_it_gives(client, address):
    html = read(client, address)

    promised = re.search(r'" selected>[^<]+\((\d+)\)<', html)[1]
    assert f"<strong>{promised} rendez-vous à venir</strong>" in html


@pytest.mark.usefixtures("_dates")
def test_second_value_of_a_filter_is_kept_by_the_form(client):
    html = read(client, "?dep=35&dep=56")

    assert '<input type="hidden" name="dep" value="56">' in html
    assert html.count('" selected>') == 1


@pytest.mark.usefixtures("_dates")
def test_subscribe_page_has_the_same_fields(client):
    address = "abonnement/?dep=35&tag=un&q=drink"
    agenda = read(client, "?dep=35&tag=un&q=drink")
    subscribe = read(client, address)

    for name in ("type", "dep", "lieu"):
        assert choices(subscribe, name) == choices(agenda, name)
    assert 'name="tag" value="un"' in subscribe
    assert 'value="drink"' in subscribe


def test_keyword_and_series_are_removed_one_by_one(client):
    SeriesFactory(slug="repas-du-port", title="Repas du port")
    EventFactory(tags=["Tiers-lieu"])

    html = read(client, "?serie=repas-du-port&tag=tiers-lieu&vue=carte")

    chips = re.findall(r'<a class="chip" href="([^"]+)">([^<]+?) <svg', html)
    assert chips == [
        ("?tag=tiers-lieu&amp;vue=carte", "Repas du port"),
        ("?serie=repas-du-port&amp;vue=carte", "Tiers-lieu"),
    ]


@pytest.mark.parametrize("page", ["", "?vue=mois", "?vue=carte", "abonnement/"])
def test_unknown_value_is_said_on_every_page(client, page):
    EventFactory()
    mark = "&" if "?" in page else "?"

    html = read(client, f"{page}{mark}type=inconnu&dep=22")

    assert "Filtre « type » : nous ne connaissons pas « inconnu »" in html
    assert "Drink &amp; co n° " in html


def test_keyword_of_a_hidden_date_is_unknown(client):
    EventFactory(tags=["Secret"], visibility=Visibility.MEMBERS)

    assert "nous ne connaissons pas « secret »" in read(client, "?tag=secret")
