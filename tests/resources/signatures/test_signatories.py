"""Who signed, as everybody reads it: page, CSV, JSON, a space's page."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile

from cms.models import SiteImage
from network.enums import SpaceStatus
from resources.models import Signature, SigningEvent, SigningPhotograph, Witness
from resources.services.signatures import Signer, withdraw_signature
from tests import personas
from tests.factories.events import EventFactory
from tests.factories.network import SpaceFactory
from tests.resources.signing import NOW, make_charter, open_version, publish_next, sign

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"></svg>'
LAST_YEAR = NOW - datetime.timedelta(days=365)


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text(" ").split()) for one in soup.select(selector)]


def sign_as(version, name, *, now=NOW, shows=False, **values):
    space = SpaceFactory(name=name, **values)
    person = personas.member(f"{space.slug}@hub.test", spaces=[space])
    signer = Signer("Maëlle Le Goff", "representative", "présidente", is_shown=shows)
    return sign(version, by=person, signer=signer, now=now)


@pytest.fixture
def charter():
    return make_charter()


@pytest.fixture
def version(charter):
    return open_version(charter)


@pytest.fixture
def three(version):
    """L’Écluse (35, last year), Ti Numerik and Zinc (22, this year)."""
    return [
        sign_as(version, "Zinc", slug="zinc"),
        sign_as(version, "Ti Numerik", slug="ti-numerik", shows=True),
        sign_as(
            version, "L’Écluse", slug="l-ecluse", now=LAST_YEAR, postcode="35600",
            city="Redon",
        ),
    ]  # fmt: skip


def test_list_names_spaces_first_and_persons_who_agreed(client, three):
    soup = read(client, "/charte/signataires/")
    assert texts(soup, "h1") == ["3 lieux ont signé"]
    assert texts(soup, ".signatories li") == [
        "L’Écluse Redon version 1, 2 novembre 2025",
        "Ti Numerik Rostrenen version 1, 2 novembre 2026 Maëlle Le Goff",
        "Zinc Rostrenen version 1, 2 novembre 2026",
        "Votre lieu ? Trois étapes, dix minutes",
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?dep=35", ["L’Écluse"]),
        ("?annee=2026", ["Ti Numerik", "Zinc"]),
        ("?dep=22&annee=2025", []),
        ("?dep=99&annee=x", []),
        ("?annee=99999999999999999999", []),
        ("?annee=٢٠٢٦", []),
    ],
)
def test_list_and_files_are_filtered_by_territory_and_year(client, three, query, names):
    soup = read(client, f"/charte/signataires/{query}")
    assert texts(soup, ".signatories li:not(.is-lit) b") == names
    assert bool(soup.select(".empty")) == (not names)
    data = client.get(f"/charte/signataires.json{query}").json()
    assert [one["nom"] for one in data["signataires"]] == names
    rows = read_csv(client.get(f"/charte/signataires.csv{query}"))
    assert [row["nom"] for row in rows] == names


def read_csv(response):
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_files_keep_the_filters_of_the_page(client, three):
    soup = read(client, "/charte/signataires/?dep=35&annee=2025")
    assert [one["href"] for one in soup.select(".page-head .actions a")] == [
        "/charte/signataires.csv?annee=2025&dep=35",
        "/charte/signataires.json?annee=2025&dep=35",
    ]
    assert [one["href"] for one in soup.select(".chip")] == [
        "/charte/signataires/?annee=2025",
        "/charte/signataires/?dep=35",
    ]


def test_json_says_version_day_and_text(client, three, version):
    response = client.get("/charte/signataires.json?dep=22")
    data = response.json()
    assert response["Access-Control-Allow-Origin"] == "*"
    assert (data["charte"], data["version_en_vigueur"], data["empreinte"]) == (
        "Charte du réseau",
        1,
        version.digest,
    )
    assert data["signataires"][0] == {
        "identifiant": "ti-numerik",
        "nom": "Ti Numerik",
        "url": "https://hub.test/lieux/ti-numerik/",
        "commune": "Rostrenen",
        "departement": "22",
        "version": 1,
        "signe_le": "2026-11-02",
        "a_confirmer": "non",
        "empreinte": version.digest,
        "signataire": "Maëlle Le Goff",
    }
    assert data["signataires"][1]["signataire"] == ""


def test_csv_runs_no_formula(client, version):
    sign_as(version, "=1+1", city="@Rostrenen")
    [row] = read_csv(client.get("/charte/signataires.csv"))
    assert (row["nom"], row["commune"]) == ("'=1+1", "'@Rostrenen")


def test_files_are_sent_once(client, three):
    for name in ("csv", "json"):
        url = f"/charte/signataires.{name}"
        first = client.get(url)
        again = client.get(url, headers={"if-none-match": first["ETag"]})
        assert (first.status_code, again.status_code) == (200, 304)
        assert client.get(f"/en{url}").status_code == 404


def test_version_signed_before_is_to_be_confirmed(client, charter, version, three):
    second = publish_next(charter)
    sign(second, by=three[0].signed_by)
    soup = read(client, "/charte/signataires/")
    assert texts(soup, ".signatories li:not(.is-lit)") == [
        "L’Écluse Redon version 1, version 2 à confirmer, 2 novembre 2025",
        "Ti Numerik Rostrenen version 1, version 2 à confirmer, 2 novembre 2026 "
        "Maëlle Le Goff",
        "Zinc Rostrenen version 2, 2 novembre 2026",
    ]
    data = client.get("/charte/signataires.json").json()["signataires"]
    assert [(one["version"], one["a_confirmer"]) for one in data] == [
        (1, "oui"),
        (1, "oui"),
        (2, "non"),
    ]


def test_withdrawn_closed_and_unpublished_are_out_of_sight(client, version, three):
    canari = sign_as(version, "Canari", slug="canari")
    withdraw_signature(canari, by=canari.signed_by, now=NOW)
    closed, hidden = three[0].space, three[2].space
    closed.status = SpaceStatus.CLOSED
    closed.save()
    hidden.live = False
    hidden.save()
    for url in (
        "/charte/",
        "/charte/signataires/",
        "/charte/signataires.csv",
        "/charte/signataires.json",
    ):
        body = client.get(url).content.decode()
        assert "Ti Numerik" in body
        assert [one for one in ("Canari", "Zinc", "Écluse") if one in body] == []


def test_nobody_has_signed_yet(client, charter):
    soup = read(client, "/charte/signataires/")
    assert texts(soup, ".empty h2") == ["Personne n’a encore signé"]
    assert read_csv(client.get("/charte/signataires.csv")) == []
    assert read(client, "/charte/").select("#signatories") == []


def test_page_of_the_charter_leads_to_signing_and_signatories(client, three):
    soup = read(client, "/charte/")
    assert [one["href"] for one in soup.select(".page-head .actions a")] == [
        "/espace/chartes/charte-du-reseau/"
    ]
    assert texts(soup, "#signatories h2") == ["3 lieux l’ont signée"]


def test_older_version_is_not_offered_for_signing(client, charter, three):
    publish_next(charter)
    assert read(client, "/charte/v/1/").select(".page-head .actions a") == []
    assert len(read(client, "/charte/").select(".page-head .actions a")) == 1


def test_page_of_a_space_says_what_it_signed(client, charter, three):
    publish_next(charter)
    soup = read(client, "/lieux/ti-numerik/")
    assert texts(soup, "section[aria-labelledby=space-charter] p") == [
        "Charte du réseau , version 1, version 2 à confirmer, depuis le 2 novembre 2026"
    ]
    SpaceFactory(name="Autre", slug="autre")
    assert read(client, "/lieux/autre/").select("#space-charter") == []


def test_signing_event_names_witnesses_and_shows_the_day(client, version, three):
    event = EventFactory(title="Signature à Carhaix", slug="signature")
    signing = SigningEvent(version=version, event=event, account="Il pleuvait.")
    signing.witnesses = [
        Witness(office="vice-présidente", organisation="Région Bretagne"),
    ]
    signing.signatures = [three[1]]
    signing.save()
    soup = read(client, "/charte/signataires/")
    [section] = soup.select("section[aria-labelledby^=signing-]")
    words = " ".join(section.get_text(" ").split())
    assert "Signature à Carhaix" in words
    assert "Il pleuvait." in words
    assert "Région Bretagne vice-présidente" in words
    assert "signée ce jour-là par : Ti Numerik." in words.replace("\u00a0", " ")


@pytest.mark.parametrize("total", [1, 3])
def test_pages_cost_the_same_for_one_signatory_and_three(
    client, version, total, django_assert_num_queries
):
    for number in range(total):
        sign_as(version, f"Lieu {number}")
        event = EventFactory(title=f"Signature {number}", slug=f"signature-{number}")
        signing = SigningEvent(version=version, event=event)
        signing.witnesses = [Witness(office="maire")]
        signing.signatures = [Signature.objects.first()]
        signing.save()
    for url, queries in (
        ("/charte/", 20),
        ("/charte/signataires/", 21),
        ("/charte/signataires.csv", 13),
        ("/charte/signataires.json", 13),
    ):
        client.get(url)
        with django_assert_num_queries(queries):
            client.get(url)


# Wagtail leaves the temporary file of a rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore:Exception ignored in")
@pytest.mark.filterwarnings("ignore:Unclosed file")
def test_photographs_are_shown_with_their_words_and_their_caption(client, version):
    image = SiteImage.objects.create(
        title="Table", file=ContentFile(SVG, name="table.svg"), width=40, height=30
    )
    event = EventFactory(title="Signature", slug="signature")
    signing = SigningEvent(version=version, event=event)
    signing.photographs = [SigningPhotograph(image=image, caption="À Carhaix")]
    signing.save()
    soup = read(client, "/charte/signataires/")
    assert texts(soup, "figcaption") == ["À Carhaix"]
    assert soup.select_one("figure img")["alt"] == "Table"
