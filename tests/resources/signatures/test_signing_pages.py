"""The member's pages: read, answer, read again, sign, follow, withdraw."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from network.models import Space
from resources.models import Criterion, Signature
from resources.services.charters import (
    close_signing,
    draft_next_version,
    publish_version,
)
from tests import personas
from tests.factories.network import SpaceFactory
from tests.paper import read_facts, read_text
from tests.resources.signing import (
    NOW,
    form_values,
    make_charter,
    open_version,
    publish_next,
    sign,
)

pytestmark = pytest.mark.django_db
SIGN_URL = "/espace/chartes/charte-du-reseau/signer/{space}/"


@pytest.fixture(autouse=True)
def _in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def charter():
    return make_charter()


@pytest.fixture
def version(charter):
    return open_version(charter)


@pytest.fixture
def person(client):
    person = personas.member()
    client.force_login(person)
    return person


@pytest.fixture
def space(person) -> Space:
    return personas.space_of(person)


@pytest.fixture
def url(space):
    return SIGN_URL.format(space=space.slug)


def read(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text(" ").split()) for one in soup.select(selector)]


def hidden_values(soup):
    """What the page that is read again would send."""
    form = soup.select_one("form.form")
    return {one["name"]: one.get("value", "") for one in form.select("[type=hidden]")}


def test_way_from_the_list_to_the_signature(client, version, space, url):
    soup = read(client.get("/espace/chartes/"))
    assert texts(soup, ".tasks h3 + p") == ["Pas encore signée"]
    soup = read(client.get("/espace/chartes/charte-du-reseau/"))
    assert texts(soup, ".clause h3") == [
        "Article 1 : Ouvrir la porte §",
        "Article 2 : À voix égale §",
    ]
    assert [one["href"] for one in soup.select(".tasks a")] == [url]

    soup = read(client.get(url))
    assert texts(soup, ".criterion-answer legend") == [
        "1.1 Premier critère de « Ouvrir la porte »",
        "1.2 Second critère de « Ouvrir la porte »",
        "2.1 Premier critère de « À voix égale »",
        "2.2 Second critère de « À voix égale »",
    ]

    key = next(iter(version.criteria_by_key))
    values = form_values(version, **{f"evidence-{key}": "Une plaque <b>à l’entrée</b>"})
    soup = read(client.post(url, values | {"step": "review"}))
    assert "Une plaque <b>à l’entrée</b>" in soup.get_text()
    assert "Maëlle Le Goff" in soup.get_text()
    assert not Signature.objects.exists()

    confirmed = hidden_values(soup) | {"step": "sign", "is_confirmed": "on"}
    response = client.post(url, confirmed)
    signature = Signature.objects.get()
    assert response.url == f"/espace/signatures/{signature.pk}/"
    assert signature.answers.first().evidence == "Une plaque <b>à l’entrée</b>"
    soup = read(client.get(response.url))
    assert texts(soup, ".changes .status") == [
        "oui",
        "lu et accepté",
        "oui",
        "lu et accepté",
    ]
    assert texts(read(client.get("/espace/chartes/")), ".tasks h3 + p") == [
        "Version 1 signée"
    ]


def test_signing_asks_to_confirm(client, version, space, url):
    soup = read(client.post(url, form_values(version, step="sign")), 422)
    assert texts(soup, ".error-summary") == ["Cochez la case à la fin pour signer."]
    assert hidden_values(soup)["signer_name"] == "Maëlle Le Goff"
    assert not Signature.objects.exists()


def test_changing_an_answer_keeps_the_others(client, version, space, url):
    values = form_values(version, signer_name="Yann", is_shown="False", step="change")
    soup = read(client.post(url, values))
    assert soup.select_one("[name=signer_name]")["value"] == "Yann"
    assert soup.select("[name=is_shown][checked]") == []
    assert len(soup.select(".criterion-answer [checked]")) == 4
    values |= {"is_shown": "on"}
    soup = read(client.post(url, values))
    assert len(soup.select("[name=is_shown][checked]")) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"signer_name": ""}, "Vos prénom et nom – Champ requis."),
        ({"right": "roi"}, "À quel titre signez-vous pour ce lieu ?"),
        ({"right": "mandate"}, "Dites quelle décision vous donne mandat."),
        ({"signer_name": "x" * 121}, "Vos prénom et nom"),
        ({"signer_name": "A\x00"}, "Vos prénom et nom"),
    ],
)
def test_mistake_is_said_and_the_answers_kept(
    client, version, space, url, changes, sentence
):
    values = form_values(version, **{"step": "review", **changes})
    soup = read(client.post(url, values), 422)
    assert sentence in " ".join(texts(soup, ".error-summary")).replace("\u00a0", " ")
    assert len(soup.select(".criterion-answer [checked]")) == 4
    assert not Signature.objects.exists()


def test_unanswered_criterion_is_said(client, version, space, url):
    values = form_values(version, step="review")
    key = next(iter(version.criteria_by_key))
    values.pop(f"answer-{key}")
    soup = read(client.post(url, values), 422)
    assert "Répondez à ce critère." in soup.select_one(".error-summary").get_text()


def test_space_of_others_cannot_be_signed_for(client, version, person):
    other = SpaceFactory(name="Le Sémaphore", slug="le-semaphore")
    for slug in (other.slug, "inconnu"):
        for answer in (
            client.get(SIGN_URL.format(space=slug)),
            client.post(
                SIGN_URL.format(space=slug),
                form_values(version, step="sign", is_confirmed="on"),
            ),
        ):
            soup = read(answer, 403)
            assert texts(soup, ".lead") == [
                "Vous ne parlez pas pour ce lieu : rien n’a été enregistré."
            ]
            assert "Sémaphore" not in soup.get_text()
    assert not Signature.objects.exists()


def test_signing_twice_leads_to_the_signature(client, version, person, space, url):
    signature = sign(version, by=person)
    assert client.get(url).url == f"/espace/signatures/{signature.pk}/"
    response = client.post(
        url, form_values(version, step="sign", is_confirmed="on"), follow=True
    )
    assert "Votre lieu a déjà signé cette version" in response.content.decode()
    assert Signature.objects.count() == 1


def test_version_closed_meanwhile_is_said(client, version, space, url):
    values = form_values(version, step="sign", is_confirmed="on")
    close_signing(version, now=NOW)
    soup = read(client.post(url, values), 409)
    assert texts(soup, ".lead")[0].startswith(
        "Cette version n’est plus ouverte à la signature"
    )
    assert read(client.get(url), 409)
    assert read(client.get("/espace/chartes/charte-du-reseau/"), 409)
    assert not Signature.objects.exists()


def test_criterion_removed_meanwhile_asks_again_with_what_remains(
    client, charter, version, space, url
):
    values = form_values(version, signer_name="Yann", step="sign", is_confirmed="on")
    draft = draft_next_version(charter)
    Criterion.objects.get(article__version=draft, number="2.1").delete()
    second = publish_version(draft, adopted_on=NOW.date(), now=NOW)
    soup = read(client.post(url, values), 409)
    assert texts(soup, ".notice strong") == [
        "Le texte n’est plus celui que vous avez lu : rien n’a été signé. "
        "Relisez-le, puis répondez à chaque critère."
    ]
    assert soup.select_one("[name=digest]")["value"] == second.digest
    assert soup.select_one("[name=signer_name]")["value"] == "Yann"
    assert len(soup.select(".criterion-answer [checked]")) == 3
    assert not Signature.objects.exists()


def test_next_version_is_to_be_confirmed(client, charter, version, person, space):
    sign(version, by=person)
    publish_next(charter)
    soup = read(client.get("/espace/chartes/"))
    assert texts(soup, ".tasks h3 + p") == ["Version 1 signée, version 2 à confirmer"]
    assert texts(soup, ".tasks a") == ["Confirmer pour Ti Numerik"]
    assert "version 2 à confirmer" in client.get("/espace/").content.decode()


def test_receipt_can_be_taken_again(client, version, person):
    signature = sign(version, by=person)
    response = client.get(f"/espace/signatures/{signature.pk}/recu.pdf")
    assert response["Content-Type"] == "application/pdf"
    facts = read_facts(response.content)
    assert (facts["Tagged"], facts["Pages"]) == ("yes", "1")
    assert "Reçu de signature" in read_text(response.content)


def test_withdrawing_takes_one_page(client, version, person):
    signature = sign(version, by=person)
    url = f"/espace/signatures/{signature.pk}/retirer/"
    assert "Retirer la signature" in client.get(url).content.decode()
    response = client.post(url, {"reason": "Nous fermons."}, follow=True)
    assert "Retirée le 2 novembre 2026" in response.content.decode()
    assert "Reçu" in response.content.decode()
    receipt = client.get(f"/espace/signatures/{signature.pk}/recu.pdf")
    assert "retirée le 2 novembre 2026" in read_text(receipt.content)
    again = client.post(url, {}, follow=True)
    assert "Cette signature est déjà retirée." in again.content.decode()


@pytest.mark.parametrize("name", ["signature", "receipt", "withdraw"])
def test_signature_of_another_space_is_unknown(client, version, person, name):
    signature = sign(version, by=personas.other_member())
    url = reverse(f"member_charters:{name}", args=[signature.pk])
    assert client.get(url).status_code == 404
    assert client.post(url).status_code in (404, 405)
    assert Signature.objects.in_force().exists()


def test_list_without_open_charter_says_so(client, person):
    soup = read(client.get("/espace/chartes/"))
    assert texts(soup, ".empty h2") == ["Aucune charte n’est ouverte à la signature"]
    assert "Vos chartes" not in client.get("/espace/").content.decode()


@pytest.mark.parametrize("total", [1, 3])
def test_pages_cost_the_same_for_one_space_and_three(
    client, version, total, django_assert_num_queries
):
    spaces = [SpaceFactory(name=f"Lieu {number}") for number in range(total)]
    person = personas.member(spaces=spaces)
    client.force_login(person)
    for space in spaces:
        sign(version, by=person, space=space)
    signature = Signature.objects.first()
    for url, queries in (
        ("/espace/chartes/", 12),
        ("/espace/chartes/charte-du-reseau/", 14),
        (f"/espace/signatures/{signature.pk}/", 11),
    ):
        client.get(url)
        with django_assert_num_queries(queries):
            client.get(url)
