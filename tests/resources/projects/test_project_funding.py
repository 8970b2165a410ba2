"""The money of a project: what is kept, what each source says, what it adds up to."""

from __future__ import annotations

import csv
import io

import pytest

from tests.factories.resources import ProjectPageFactory
from tests.resources.projects.reading import FUNDING, SOURCES, texts

pytestmark = pytest.mark.django_db


def facts(soup, number=1):
    rows = soup.select(f"#financement-{number} dl > div")
    return {
        row.dt.get_text(): " ".join(row.dd.get_text().split()).replace("\xa0", " ")
        for row in rows
    }


def test_funding_tells_its_facts_and_nothing_of_what_nobody_said(read):
    page = ProjectPageFactory(
        fundings=[FUNDING, {"number": 2, "title": "Heures", "nature": "in_kind"}]
    )
    soup = read(page.url)
    assert facts(soup) == {
        "Montant": "38 040 €",
        "Nature": "fonctionnement",
        "Financeur": "Région Aquitaine",
        "Bénéficiaire": "Arrêt Minute",
        "Qui a décidé": "Commission permanente",
        "Date de la décision": "17 octobre 2011",
        "Référence de la décision": "2011.1775",
    }
    assert facts(soup, 2) == {"Montant": "inconnu", "Nature": "en nature"}
    assert soup.select(".notice, .sayings") == []


def test_sources_that_disagree_stand_beside_the_value_that_is_kept(read):
    page = ProjectPageFactory(
        fundings=[{**FUNDING, "kept_because": "Le numéro va avec ce jour."}],
        sources=SOURCES,
    )
    soup = read(page.url)
    assert texts(soup, "#financement-1 .notice") == [
        "Les sources se contredisent : voici ce que dit chacune."
    ]
    [row] = [one for one in soup.select("dl > div") if one.select(".sayings")]
    assert row.dt.get_text() == "Date de la décision"
    assert texts(row, "dd > span") == ["17 octobre 2011"]
    assert texts(row, ".sayings li") == [
        "26 octobre 2011 selon « Initialisation d’un réseau »",
        "17 octobre 2011 selon « Le réseau des tiers-lieux »",
    ]
    assert "Le numéro va avec ce jour." in soup.select_one("#financement-1").get_text()
    assert texts(soup, "[aria-labelledby=sources] li") == [
        "Initialisation d’un réseau",
        "Le réseau des tiers-lieux",
    ]
    [link] = soup.select("[aria-labelledby=sources] a")
    assert link["href"] == "https://region.invalid/initialisation"


def test_fact_that_editors_do_not_keep_is_unknown_though_sources_say(read):
    page = ProjectPageFactory(fundings=[{**FUNDING, "decided_on": ""}], sources=SOURCES)
    told = facts(read(page.url))["Date de la décision"]
    assert told.startswith("inconnu 26 octobre 2011 selon")


def test_source_speaks_of_its_own_funding_alone(read):
    page = ProjectPageFactory(
        fundings=[FUNDING, {**FUNDING, "number": 2}],
        sources=[{**SOURCES[0], "funding_number": 2}],
    )
    soup = read(page.url)
    assert soup.select("#financement-1 .sayings") == []
    assert texts(soup, "#financement-2 .sayings strong") == ["26 octobre 2011"]


def test_less_precise_source_does_not_disagree(read):
    page = ProjectPageFactory(
        fundings=[FUNDING], sources=[{**SOURCES[1], "decided_on": "2011"}]
    )
    assert read(page.url).select(".sayings") == []


def test_totals_count_what_is_secured_and_say_what_is_unknown(read):
    page = ProjectPageFactory(
        fundings=[
            FUNDING,
            {"number": 2, "title": "a", "funder": "Ville", "amount": 120_050, "nature": "investment", "state": "paid"},
            {"number": 3, "title": "b", "funder": "Ville", "nature": "investment"},
            {"number": 4, "title": "c", "funder": "Atelier", "nature": "in_kind"},
            {"number": 5, "title": "d", "funder": "Ville", "amount": 99, "state": "requested"},
            {"number": 6, "title": "e", "funder": "Ville", "amount": 98, "state": "refused"},
            {"number": 7, "title": "f", "amount": 10},
        ]
    )  # fmt: skip
    soup = read(page.url)
    rows = soup.select("[aria-labelledby=financements] .rooms .facts > div")
    assert [
        " ".join(row.get_text(" ").split()).replace("\xa0", " ") for row in rows
    ] == [
        "Fonctionnement 38 040 €",
        "Investissement 1 200,50 € et un montant inconnu",
        "Nature inconnue 0,10 €",
        "En nature montant inconnu",
        "Région Aquitaine 38 040 €",
        "Ville 1 200,50 € et un montant inconnu",
        "Financeur inconnu 0,10 €",
        "Atelier montant inconnu",
    ]
    assert "0 €" not in [one.get_text() for one in soup.select("dd")]


def test_one_funding_needs_no_total(read):
    page = ProjectPageFactory(fundings=[FUNDING])
    soup = read(page.url)
    assert soup.select("[aria-labelledby=financements] .rooms") == []


def read_csv(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    return response, list(csv.DictReader(io.StringIO(response.content.decode())))


def test_fundings_are_open_data_with_what_each_source_says(client):
    page = ProjectPageFactory(
        slug="aquitaine",
        fundings=[FUNDING, {"number": 2, "title": "=1+1"}],
        sources=SOURCES,
    )
    assert page.fundings_url == "/projets/aquitaine/financements.csv"
    response, rows = read_csv(client, page.fundings_url)
    assert [
        (
            row["financement"],
            row["dit_par"],
            row["montant"],
            row["devise"],
            row["decide_le"],
        )
        for row in rows
    ] == [
        ("1", "", "38040", "EUR", "2011-10-17"),
        ("1", "Initialisation d’un réseau", "38040", "EUR", "2011-10-26"),
        ("1", "Le réseau des tiers-lieux", "", "", "2011-10-17"),
        ("2", "", "", "", ""),
    ]
    assert rows[3]["objet"] == "'=1+1"
    assert response["Access-Control-Allow-Origin"] == "*"
    again = client.get(page.fundings_url, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_actions_are_open_data(client):
    page = ProjectPageFactory(
        slug="aquitaine",
        objectives=[{"number": "1", "text": "a"}, {"number": "2", "text": "b"}],
        actions=[
            {"text": "Compter", "state": "done", "since": "2012", "objective_numbers": "1, 2"},
            {"text": "Louer", "state": "abandoned", "reason": "Cher", "phase_number": 1},
        ],
    )  # fmt: skip
    assert page.actions_url == "/projets/aquitaine/actions.csv"
    _response, rows = read_csv(client, page.actions_url)
    assert [list(row.values()) for row in rows] == [
        ["aquitaine", "1", "Compter", "faite", "2012", "", "", "1|2", ""],
        ["aquitaine", "2", "Louer", "abandonnee", "", "Cher", "1", "", ""],
    ]
