"""The page of a space: what a visitor asks before coming."""

from __future__ import annotations

import datetime
import json
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail import hooks
from wagtail.models import Site

from cms.models import NetworkSettings
from network.models import Space
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

# 2026-11-23 is a Monday.
MONDAY_TEN = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)
HOURS = {"mon": "09:00-12:30, 14:00-18:00", "thu": "10:00-20:00"}


def show(client, slug: str = "ti-numerik") -> str:
    response = client.get(f"/lieux/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def make_space(**values) -> Space:
    return SpaceFactory(**{"name": "Ti Numerik", "slug": "ti-numerik", **values})


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        ("2026-11-23T07:59Z", "Fermé, ouvre à 9\xa0h"),
        ("2026-11-23T08:00Z", "Ouvert, ferme à 12\xa0h\xa030"),
        ("2026-11-23T11:30Z", "Fermé, ouvre à 14\xa0h"),
        ("2026-11-23T16:59Z", "Ouvert, ferme à 18\xa0h"),
        ("2026-11-23T17:00Z", "Fermé, ouvre jeudi à 10\xa0h"),
        ("2026-11-25T17:00Z", "Fermé, ouvre demain à 10\xa0h"),
        # Summer time: the same Monday clock is one hour earlier in UTC.
        ("2026-07-06T07:00Z", "Ouvert, ferme à 12\xa0h\xa030"),
    ],
)
def test_page_says_whether_it_is_open_on_the_space_clock(client, now, sentence):
    make_space(opening_hours=HOURS)
    with time_machine.travel(now, tick=False):
        assert f">{sentence}<" in show(client)


def test_page_reads_the_clock_of_an_island(client):
    make_space(opening_hours={"mon": "08:00-17:00"}, zone="Indian/Reunion")
    with time_machine.travel("2026-11-23T04:30Z", tick=False):
        page = show(client)
    assert "Ouvert, ferme à 17\xa0h" in page
    assert "(Indian/Reunion)" in page


def test_page_marks_today_in_words(client):
    make_space(opening_hours=HOURS)
    with time_machine.travel(MONDAY_TEN, tick=False):
        page = show(client)
    assert re.findall(r'<tr class="is-now"><th scope="row">([^<]*)</th>', page) == [
        "Lundi, aujourd’hui"
    ]
    assert "9\xa0h\xa0– 12\xa0h\xa030, 14\xa0h\xa0– 18\xa0h" in page


def test_page_says_nothing_of_unknown_hours(client):
    make_space(opening_hours={})
    page = show(client)
    assert "Fermé" not in page
    assert "Horaires</caption>" not in page


def test_page_shows_what_a_visitor_asks(client):
    make_space(
        latitude=48.2358,
        longitude=-3.3171,
        email="bonjour@ti.test",
        phone="02 61 91 10 22",
        website="https://ti.test",
        kinds=["fablab"],
        services=["Fibre & wifi"],
        permanent_desks=7,
        opened_on=datetime.date(2016, 9, 12),
        prices=[
            {"label": "Essai", "amount_euros": 0, "unit": "day"},
            {"label": "Heure", "amount_euros": "2.5", "unit": "hour"},
            {"label": "Mois", "amount_euros": 125, "unit": "month"},
        ],
    )
    page = show(client)
    for text in (
        'href="geo:48.2358,-3.3171"',
        'href="mailto:bonjour@ti.test"',
        'href="tel:0261911022"',
        'href="https://ti.test"',
        "Fibre &amp; wifi",
        "Fablab, atelier",
        "Ouvert depuis septembre 2016",
        ">gratuit<",
        "2,50\xa0€ l’heure",
        "125\xa0€ le mois",
    ):
        assert text in page


def test_planned_space_says_when_it_opens(client):
    make_space(status="project", opening_planned="printemps 2027", opening_hours=HOURS)
    page = show(client)
    assert "Ce lieu n’est pas encore ouvert" in page
    assert "printemps 2027" in page
    assert "Ouvert, ferme" not in page


def test_paused_space_asks_to_call_first(client):
    make_space(status="paused")
    assert "Ce lieu fait une pause" in show(client)


def test_closed_space_is_gone_and_says_so(client):
    make_space(status="closed", email="bonjour@ti.test")
    response = client.get("/lieux/ti-numerik/")
    page = response.content.decode()
    assert response.status_code == 410
    assert "Ti Numerik a fermé" in page
    assert 'href="/lieux/?dep=22"' in page
    assert "bonjour@ti.test" not in page


@pytest.mark.parametrize("path", ["/lieux/ti-numerik/", "/lieux/unknown/"])
def test_draft_and_unknown_spaces_are_not_found(client, path):
    make_space(live=False)
    assert client.get(path).status_code == 404


def test_report_names_the_page(client):
    make_space(name="Ti & Co", slug="ti-numerik")
    settings = NetworkSettings.for_site(Site.objects.get(is_default_site=True))
    assert "Signaler une erreur" not in show(client)
    settings.contact_email = "bonjour@hub.test"
    settings.save()
    assert (
        'href="mailto:bonjour@hub.test?subject=Une%20erreur%20sur%20la%20page%20de%20'
        'Ti%20%26%20Co&amp;body=https%3A%2F%2Fhub.test%2Flieux%2Fti-numerik%2F"'
    ) in show(client)


def test_data_block_cannot_end_its_element(client):
    make_space(summary="</script><script>alert(1)</script>", opening_hours=HOURS)
    page = show(client)
    (block,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL
    )
    described = json.loads(block)
    assert described["description"] == "</script><script>alert(1)</script>"
    assert described["url"] == "https://hub.test/lieux/ti-numerik/"
    assert [one["opens"] for one in described["openingHoursSpecification"]] == [
        "09:00",
        "14:00",
        "10:00",
    ]


def test_page_shows_the_panels_of_other_rooms_in_order(client):
    make_space()

    class Late:
        order = 20

        def render(self, request, space):
            return f"<p>late for {space.slug}</p>"

    class Early:
        order = 10

        def render(self, request, space):
            return "early &"

    class Silent:
        order = 1

        def render(self, request, space):
            return ""

    with (
        hooks.register_temporarily("register_space_panel", Late),
        hooks.register_temporarily("register_space_panel", Early),
        hooks.register_temporarily("register_space_panel", Silent),
    ):
        page = show(client)
    early, late = page.index("early &amp;"), page.index("late for ti-numerik")
    assert early < late


def test_french_texts_are_marked_on_an_english_page(client):
    make_space(summary="Un atelier", description="Une maison")
    page = client.get("/en/lieux/ti-numerik/").content.decode()
    assert '<p class="lead" lang="fr">Un atelier</p>' in page
    assert '<p class="lead">Un atelier</p>' in show(client)


@pytest.mark.parametrize("count", [1, 3])
def test_page_reads_the_network_in_four_queries(client, count):
    make_space(
        kinds=["fablab", "media", "food"][:count],
        services=["Fibre", "Jardin", "Four"][:count],
        prices=[{"label": "Jour", "amount_euros": 10, "unit": "day"}] * count,
    )
    with CaptureQueriesContext(connection) as queries:
        show(client)
    # Panels of other rooms read their own tables.
    ours = [one for one in queries.captured_queries if 'FROM "network_' in one["sql"]]
    assert len(ours) == 4
