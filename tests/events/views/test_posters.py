"""Files of the agenda: posters, a quarter's programme, pictures of shared links."""

from __future__ import annotations

import datetime
import html
import re

import pytest
from django.utils.html import strip_tags

from events.enums import EventStatus, Visibility
from events.posters import quarter
from tests.factories.events import EventFactory, EventTypeFactory
from tests.factories.network import SpaceFactory
from tests.paper import read_facts, read_text

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
PROGRAMME = "/agenda/programme.pdf"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def fetch(client, address, **headers):
    response = client.get(address, **headers)
    assert response.status_code == 200
    return response


def read_programme(client, query=""):
    pdf = fetch(client, PROGRAMME + query).content
    return read_text(pdf).replace("\xa0", " ")


def test_poster_says_when_where_how_much_and_who(client):
    host = SpaceFactory(name="L’Estran")
    event = EventFactory(title="Drink & co du port", price="gratuit", host=host)

    response = fetch(client, f"/agenda/{event.slug}/affiche.pdf")

    assert response["Content-Type"] == "application/pdf"
    words = read_text(response.content).replace("\xa0", " ")
    for part in (
        "Drink & co du port", "jeudi", "26", "novembre 2026", "18 h 30 – 21 h 30",
        "Gratuit", "Halle au blé", "1 place du Marché, 22000 Saint-Brieuc",
        "Qui accueille", "L’Estran",
    ):  # fmt: skip
        assert part in words
    assert f"hub.test/agenda/{event.slug}/" in words.replace(" ", "")


def test_poster_is_one_tagged_page_of_a4(client):
    event = EventFactory(title="Drink")

    facts = read_facts(fetch(client, f"/agenda/{event.slug}/affiche.pdf").content)

    assert {name: facts[name] for name in ("Title", "Tagged", "Pages")} == {
        "Title": "Drink",
        "Tagged": "yes",
        "Pages": "1",
    }
    assert facts["Page size"].endswith("(A4)")


def test_poster_of_a_date_called_off_says_so(client):
    event = EventFactory(
        status=EventStatus.CANCELLED, cancel_reason="La salle est inondée."
    )

    words = read_text(fetch(client, f"/agenda/{event.slug}/affiche.pdf").content)

    assert "Annulé" in words
    assert "La salle est inondée." in words


def test_poster_reads_in_english(client):
    event = EventFactory(title="Repas")

    words = read_text(fetch(client, f"/en/agenda/{event.slug}/affiche.pdf").content)

    assert "Thursday" in words
    assert "Who welcomes" not in words


@pytest.mark.parametrize("name", ["affiche.pdf", "image.png"])
@pytest.mark.parametrize(
    "values", [{"visibility": Visibility.MEMBERS}, {"visibility": Visibility.PRIVATE}]
)
def test_hidden_date_has_no_file_even_for_staff(admin_client, name, values):
    event = EventFactory(**values)

    assert admin_client.get(f"/agenda/{event.slug}/{name}").status_code == 404


@pytest.mark.parametrize("name", ["affiche.pdf", "image.png"])
def test_who_has_the_file_is_told_so_without_typesetting(client, monkeypatch, name):
    event = EventFactory()
    address = f"/agenda/{event.slug}/{name}"
    first = fetch(client, address)
    monkeypatch.setattr("typst.compile", None)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"]
    assert "Cookie" not in first.get("Vary", "")


def test_file_changes_its_tag_with_the_date(client):
    event = EventFactory()
    address = f"/agenda/{event.slug}/affiche.pdf"
    first = fetch(client, address)
    event.price = "5 €"
    event.save()

    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again["ETag"] == first["ETag"]) == (200, False)


def test_event_page_names_its_picture(client):
    event = EventFactory(title="Drink")

    page = fetch(client, f"/agenda/{event.slug}/").content.decode()

    found = dict(re.findall(r'<meta property="(og:[^"]+)" content="([^"]*)"', page))
    path = html.unescape(found["og:image"]).removeprefix("https://hub.test")
    assert found["og:title"] == "Drink"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:alt"].replace("\xa0", " ") == (
        "Drink, Jeudi 26 novembre 2026, 18 h 30 – 21 h 30, Halle au blé, Saint-Brieuc"
    )
    assert re.fullmatch(rf"/agenda/{event.slug}/image\.png\?v=[0-9a-f]{{8}}", path)
    picture = fetch(client, path)
    assert picture["Content-Type"] == "image/png"
    assert picture["Cache-Control"] == "public, max-age=604800"
    # The address changes with what the picture shows, and only then.
    event.title = "Autre"
    event.save()
    assert path not in fetch(client, f"/agenda/{event.slug}/").content.decode()
    assert f'href="/agenda/{event.slug}/affiche.pdf"' in page


def test_page_of_a_hidden_date_names_no_picture(admin_client):
    event = EventFactory(visibility=Visibility.MEMBERS)

    page = fetch(admin_client, f"/agenda/{event.slug}/").content.decode()

    assert "og:image" not in page
    assert "affiche.pdf" not in page


def test_programme_holds_the_dates_of_its_quarter_by_month(client):
    EventFactory(title="En octobre", start_date=datetime.date(2026, 10, 1))
    EventFactory(title="En novembre")
    EventFactory(title="En décembre", start_date=datetime.date(2026, 12, 31))
    EventFactory(title="En janvier", start_date=datetime.date(2027, 1, 1))
    EventFactory(title="Canari", visibility=Visibility.MEMBERS)

    words = read_programme(client)

    assert words.count("Canari") == words.count("En janvier") == 0
    order = ["Octobre, novembre, décembre 2026", "3 rendez-vous", "Octobre 2026",
             "En octobre", "Novembre 2026", "En novembre", "Décembre 2026",
             "En décembre"]  # fmt: skip
    places = [words.index(part) for part in order]
    assert places == sorted(places)
    assert "En janvier" in read_programme(client, "?trimestre=2027-1")


def test_programme_keeps_the_filters_of_the_agenda(client):
    EventFactory(title="Drink")
    EventFactory(title="Repas", type=EventTypeFactory(slug="repas", name="Repas"))

    words = read_programme(client, "?type=repas&dep=22")

    assert "Drink" not in words
    assert "Repas, Côtes-d’Armor" in words
    assert "hub.test/agenda/?dep=22&type=repas" in words


def test_programme_flows_over_pages_and_names_them(client):
    for day in range(70):
        EventFactory(
            title=f"Date {day:02}",
            start_date=datetime.date(2026, 10, 1) + datetime.timedelta(days=day),
        )

    pdf = fetch(client, PROGRAMME).content

    facts = read_facts(pdf)
    assert int(facts["Pages"]) > 2
    assert facts["Tagged"] == "yes"
    words = read_text(pdf)
    assert all(f"Date {day:02}" in words for day in range(70))
    assert f"page 2 / {facts['Pages']}" in words


def test_programme_says_what_it_leaves_out(client, monkeypatch):
    monkeypatch.setattr(quarter, "MOST_DATES", 2)
    EventFactory.create_batch(5)

    words = read_programme(client)

    assert "5 rendez-vous" in words
    assert "3 autres rendez-vous sont dans l’agenda." in words


def test_programme_says_what_is_called_off(client):
    EventFactory(title="Repas", status=EventStatus.POSTPONED)

    assert "Repas Reporté" in read_programme(client)


def test_empty_quarter_says_so(client):
    words = read_programme(client, "?trimestre=2030-2")

    assert "Aucun rendez-vous n’est annoncé pour ces trois mois." in words


def test_hostile_titles_stay_text_in_a_programme(client):
    title = '#panic("x") *a* $x$ 🍻'
    EventFactory(title=title)

    assert '#panic("x") *a* $x$' in read_programme(client)


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("?trimestre=2026-5", 400, "« 2026-5 » n’est pas un trimestre lisible"),
        ("?trimestre=hier", 400, "« hier » n’est pas un trimestre lisible"),
        ("?trimestre=" + "9" * 999, 400, "n’est pas un trimestre lisible"),
        ("?type=inconnu", 404, "nous ne connaissons pas « inconnu »"),
        ("?dep=99&trimestre=2026-4", 404, "nous ne connaissons pas « 99 »"),
    ],
)
def test_programme_that_nobody_can_make_is_refused_in_a_sentence(
    client, query, status, sentence
):
    response = client.get(PROGRAMME + query)

    assert response.status_code == status
    assert sentence in strip_tags(response.content.decode()).replace("\xa0", " ")


def test_agenda_links_to_the_programme_of_what_it_shows(client):
    EventFactory()

    page = fetch(client, "/agenda/?vue=mois&mois=2027-02&dep=22").content.decode()

    assert 'href="/agenda/programme.pdf?dep=22&amp;trimestre=2027-1"' in page
