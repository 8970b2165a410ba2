"""The directory: list, filters with their counts, map in parity."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from network.views.directory import SPACES_PER_PAGE
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

RENNES = {"city": "Rennes", "postcode": "35000", "latitude": 48.11, "longitude": -1.68}
BREST = {"city": "Brest", "postcode": "29200", "latitude": 48.39, "longitude": -4.49}


class Reader(HTMLParser):
    """Collects what tests ask of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.rooms: list[str] = []
        self.markers: list[str] = []
        self.boxes: dict[tuple[str, str], bool] = {}
        self.headings: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if given.get("id"):
            self.ids.append(given["id"])
        if tag == "li" and "room" in classes:
            self.rooms.append(given["id"])
        if tag == "a" and "marker" in classes:
            self.markers.append(given["href"])
        if tag == "input" and given.get("type") == "checkbox":
            self.boxes[given["name"], given["value"]] = "checked" in given
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(tag)


def read(response) -> Reader:
    reader = Reader()
    reader.feed(response.content.decode())
    return reader


def list_rooms(client, query: str = "") -> list[str]:
    response = client.get(f"/lieux/{query}")
    assert response.status_code == 200
    return read(response).rooms


@pytest.fixture
def three_spaces():
    SpaceFactory(
        name="L’Estran", slug="estran", kinds=["coworking", "kitchen"], **RENNES
    )
    SpaceFactory(
        name="Le Préau", slug="preau", kinds=["fablab"], status="project", **BREST
    )
    SpaceFactory(name="Ti Numerik", slug="ti", kinds=["coworking"], status="paused")


@pytest.mark.parametrize("count", [1, 3])
def test_directory_costs_the_same_queries_for_one_and_for_three(
    client, django_assert_num_queries, count
):
    for number in range(count):
        SpaceFactory(
            name=f"Space {number}",
            kinds=["fablab", "media"],
            services=["Fibre", "Jardin"],
            prices=[{"label": "Jour", "amount_euros": 10, "unit": "day"}],
            opening_hours={"mon": "09:00-18:00"},
            **RENNES,
        )
    client.get("/lieux/")
    with django_assert_num_queries(13):
        response = client.get("/lieux/?type=fablab")
    assert len(read(response).rooms) == count


def test_directory_is_in_alphabetical_order(client, three_spaces):
    assert list_rooms(client) == ["estran", "preau", "ti"]


@pytest.mark.parametrize(
    ("query", "rooms"),
    [
        ("?dep=35", ["estran"]),
        ("?dep=35&dep=29", ["estran", "preau"]),
        ("?type=cuisine", ["estran"]),
        ("?type=cuisine&type=fablab", ["estran", "preau"]),
        ("?statut=projet", ["preau"]),
        ("?statut=pause&statut=ouvert", ["estran", "ti"]),
        ("?q=RENNES", ["estran"]),
        ("?q=preau", ["preau"]),
        ("?dep=35&type=fablab", []),
        ("?dep=75", []),
        ("?dep=&type=&statut=&q=", ["estran", "preau", "ti"]),
    ],
)
def test_directory_follows_the_address(client, three_spaces, query, rooms):
    assert list_rooms(client, query) == rooms


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?dep=99", "Nous ne connaissons pas «\xa099\xa0»"),
        ("?statut=ferme", "Nous ne connaissons pas «\xa0ferme\xa0»"),
        ("?type=%3Cscript%3E", "«\xa0&lt;script&gt;\xa0»"),
        ("?page=0", "voici la page 1"),
        ("?page=99", "voici la page 1"),
        ("?page=x", "voici la page 1"),
        ("?q=" + "rennes+" * 2000, "nous avons cherché son début"),
    ],
)
def test_directory_says_what_it_did_not_follow(client, three_spaces, query, sentence):
    response = client.get(f"/lieux/{query}")
    assert response.status_code == 200
    assert sentence in response.content.decode()


@pytest.mark.parametrize("query", ["?q=%01%02", "?q=%25", "?dep=22&dep=22", "?autre=1"])
def test_directory_survives(client, three_spaces, query):
    assert client.get(f"/lieux/{query}").status_code == 200


def test_directory_refuses_a_nul_and_a_post(client):
    assert client.get("/lieux/?q=%00").status_code == 400
    assert client.post("/lieux/").status_code == 405


def test_facets_count_without_their_own_choice(client, three_spaces):
    facets = client.get("/lieux/?type=coworking&statut=ouvert").context["facets"]
    counts = {
        facet.name: {option.word: option.count for option in facet.options}
        for facet in facets
    }
    assert counts == {
        "dep": {"35": 1},
        "type": {"coworking": 1, "cuisine": 1},
        "statut": {"ouvert": 1, "pause": 1},
    }


def test_chosen_facet_stays_ticked_with_nothing_in_it(client, three_spaces):
    response = client.get("/lieux/?dep=75&type=media")
    boxes = read(response).boxes
    assert boxes["dep", "75"] is True
    assert boxes["type", "media"] is True


def test_chips_let_one_filter_go(client, three_spaces):
    response = client.get("/lieux/?dep=35&type=cuisine&q=rennes&dep=99")
    assert response.context["chips"] == [
        ("Ille-et-Vilaine", "?q=rennes&type=cuisine"),
        ("cuisine partagée", "?dep=35&q=rennes"),
        ("«\xa0rennes\xa0»", "?dep=35&type=cuisine"),
    ]
    alone = client.get("/lieux/?dep=35").context["chips"]
    assert alone == [("Ille-et-Vilaine", "?")]


def test_empty_result_says_so_and_leads_out(client, three_spaces):
    page = client.get("/lieux/?q=zeppelin").content.decode()
    assert "Aucun lieu ne réunit tout cela" in page
    assert 'value="zeppelin"' in page


def test_empty_directory_says_so(client):
    page = client.get("/lieux/").content.decode()
    assert "Le premier lieu arrive" in page


def test_map_and_list_have_the_same_spaces(client, three_spaces):
    SpaceFactory(
        name="La Varangue",
        slug="varangue",
        postcode="97400",
        city="Saint-Denis",
        latitude=-20.88,
        longitude=55.45,
    )
    response = client.get("/lieux/")
    reader = read(response)
    drawn = response.context["map"]
    shown = [(marker.number, marker.subject.slug) for marker in drawn.markers]
    elsewhere = [(number, space.slug) for number, space in drawn.elsewhere]
    assert shown == [(1, "estran"), (2, "preau")]
    assert elsewhere == [(3, "ti"), (4, "varangue")]
    assert reader.markers == ["#estran", "#preau"]
    assert reader.rooms == ["estran", "preau", "ti", "varangue"]
    assert "La Réunion" in response.content.decode()


def test_second_page_goes_on_numbering(client):
    for number in range(SPACES_PER_PAGE + 2):
        SpaceFactory(name=f"Space {number:02}", slug=f"space-{number:02}", **RENNES)
    response = client.get("/lieux/?dep=35&page=2")
    reader = read(response)
    assert reader.rooms == ["space-24", "space-25"]
    assert [marker.number for marker in response.context["map"].markers] == [25, 26]
    assert 'href="?dep=35&amp;page=1"' in response.content.decode()


def test_page_has_one_title_and_no_double_id(client, three_spaces):
    reader = read(client.get("/lieux/"))
    assert reader.headings.count("h1") == 1
    assert len(reader.ids) == len(set(reader.ids))


@pytest.mark.parametrize("prefix", ["/en", "/br"])
def test_directory_speaks_other_languages(client, three_spaces, prefix):
    response = client.get(f"{prefix}/lieux/")
    assert response.status_code == 200
    assert f'href="{prefix}/lieux/estran/"' in response.content.decode()


def test_numbers_of_the_drawing_keep_their_dot_in_french(client, three_spaces):
    page = client.get("/lieux/").content.decode()
    (drawing,) = re.findall(r'<svg class="map".*?</svg>', page, re.DOTALL)
    assert re.findall(r'\s(?:x|y|cx|cy|stroke-width)="[^"]*,[^"]*"', drawing) == []
