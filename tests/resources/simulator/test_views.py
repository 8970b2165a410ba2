"""The simulator's page and its file, as people ask for them by their address."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup

from network.enums import PriceUnit
from tests.factories.network import SpaceFactory
from tests.factories.resources import (
    GuidePageFactory,
    SheetPageFactory,
    StagePageFactory,
)

pytestmark = pytest.mark.django_db

# The village of tests/resources/domain/test_first_year.py, as an address.
VILLAGE = {
    "postes_fixes": "5",
    "prix_mois": "120",
    "postes_jour": "2",
    "prix_jour": "10",
    "salles": "0",
    "prix_demi_journee": "40",
    "jours_ouverts": "20",
    "loyer": "300",
    "charges": "100",
    "salaires": "0",
    "equipement": "1 500,00",
    "tresorerie": "1000",
    "aide_1": "1200",
    "aide_1_mois": "6",
    "ouverture": "9",
} | {f"taux_{n}": str((n + 1) // 2 * 10) for n in range(1, 13)}


def ask(client, status=200, **changes):
    response = client.get("/simulateur/", VILLAGE | changes)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


def test_page_says_the_three_numbers(client):
    soup = ask(client)
    assert texts(soup, "#resultats .figure") == ["40 %", "−1 600 €", "−900 €"]
    assert texts(soup, "#resultats .key-figure dd:last-child") == [
        "toute l’année, sans aide, travaux et mobilier non comptés",
        "à la fin du mois : janvier, mois 5",
        "5 400 € entrent, 6 300 € sortent",
    ]
    assert texts(soup, "#resultats .notice") == [
        "À la fin du mois (janvier), le compte est à −1 600 €. "
        "Trouvez cette somme avant d’ouvrir, ou changez une hypothèse."
    ]


def test_table_has_a_line_for_each_month_and_one_for_the_year(client):
    rows = texts(ask(client), ".year-table tr")
    assert rows[1] == "1. septembre 10 % 60 € 40 € 0 € 0 € 1 900 € −1 800 € −800 €"
    assert rows[5] == (
        "5. janvier, au plus bas 30 % 180 € 120 € 0 € 0 € 400 € −100 € −1 600 €"
    )
    assert rows[12] == "12. août 60 % 360 € 240 € 0 € 0 € 400 € 200 € 100 €"
    assert rows[13] == "Année 2 520 € 1 680 € 0 € 1 200 € 6 300 € −900 €"
    assert len(rows) == 14


def test_form_keeps_what_the_address_says(client):
    soup = ask(client)
    assert soup.select_one("[name=equipement]")["value"] == "1 500,00"
    assert texts(soup, "[name=ouverture] [selected]") == ["septembre"]
    assert texts(soup, "[name=aide_1_mois] [selected]") == ["février"]
    assert soup.select_one("form.simulator-form")["method"] == "get"


def test_shared_address_is_whole_and_gives_the_same_year(client):
    shared = ask(client).select_one("#share-address").get_text()
    parts = urlsplit(shared)
    assert parts.path == "/simulateur/"
    parameters = parse_qs(parts.query)
    assert parameters["equipement"] == ["1500"]
    assert set(VILLAGE) < set(parameters)
    again = client.get(f"{parts.path}?{parts.query}")
    soup = BeautifulSoup(again.content, "html.parser")
    assert texts(soup, "#resultats .figure") == ["40 %", "−1 600 €", "−900 €"]
    assert soup.select_one("#share-address").get_text() == shared


def test_address_without_hypotheses_starts_from_defaults_and_says_so(client):
    response = client.get("/simulateur/")
    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200
    assert soup.select_one("[name=postes_fixes]")["value"] == "10"
    assert texts(soup, "#resultats p.quiet") == [
        "Ce sont des valeurs de départ, pas encore les vôtres : changez-les ci-dessous."
    ]
    assert "noindex" not in response.text
    sources = texts(soup, ".starts-table tbody td:last-child")
    assert set(sources[:6]) == {"chiffre rond pour commencer, aucune enquête derrière"}
    assert [one["href"].split("/")[2] for one in soup.select(".starts-table a")] == [
        "www.legifrance.gouv.fr",
        "www.vie-publique.fr",
    ]


def test_defaults_of_the_network_are_named_with_their_coverage(client):
    for _ in range(5):
        SpaceFactory(permanent_desks=7)
    response = client.get("/simulateur/")
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("[name=postes_fixes]")["value"] == "7"
    assert texts(soup, "#id_postes_fixes_helptext") == [
        "Médiane du réseau : 7 (5 lieux)"
    ]
    row = texts(soup, ".starts-table tbody tr")[0]
    assert row == "Postes fixes 7 médiane de 5 lieux du réseau"


def test_address_that_says_a_part_starts_from_defaults_for_the_rest(client):
    response = client.get("/simulateur/", {"loyer": "0"})
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("[name=loyer]")["value"] == "0"
    assert soup.select_one("[name=charges]")["value"] == "450"
    assert "noindex" in response.text


def test_late_subsidy_is_told_apart(client):
    soup = ask(client, aide_2="800", aide_2_mois="apres", tresorerie="9000")
    assert texts(soup, "#resultats .notice") == [
        "800 € d’aides arrivent après la première année : ici, elles ne paient rien."
    ]


def test_space_that_never_pays_for_itself_is_told_so(client):
    soup = ask(client, loyer="1000")
    assert texts(soup, "#resultats .figure")[0] == "aucune"
    assert texts(soup, "#resultats .key-figure dd:last-child")[0] == (
        "Même plein, il manque 100 € au lieu chaque mois."
    )


WHOLE = "Écrivez un nombre entier de 0 à 1000."
RATE = "L’occupation est un nombre entier de 0 à 100."
AMOUNT = "Ce n’est pas un montant en euros. Exemple : 1200 ou 1200,50"
NEGATIVE = "Un montant ne peut pas être négatif : écrivez 0 ou plus."
HUGE = "C’est plus de dix millions d’euros : vérifiez le montant."
DAYS = "Écrivez un nombre entier de 1 à 31."


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("loyer", "-1", NEGATIVE),
        ("loyer", "NaN", AMOUNT),
        ("loyer", "1e9", AMOUNT),
        ("loyer", "beaucoup", AMOUNT),
        ("loyer", "9" * 5000, AMOUNT),
        ("salaires", "99999999", HUGE),
        ("taux_3", "300", RATE),
        ("taux_3", "-1", RATE),
        ("taux_3", "12,5", RATE),
        ("taux_3", "inf", RATE),
        ("postes_fixes", "-2", WHOLE),
        ("postes_fixes", "9" * 5000, WHOLE),
        ("postes_fixes", "<script>alert(1)</script>", WHOLE),
        ("jours_ouverts", "0", DAYS),
        ("jours_ouverts", "", DAYS),
    ],
)
@pytest.mark.parametrize("file_format", ["", "csv"])
def test_bad_hypothesis_is_answered_with_a_sentence(
    client, name, typed, sentence, file_format
):
    soup = ask(client, status=422, format=file_format, **{name: typed})
    assert texts(soup, f"#id_{name}_error") == [sentence]
    assert soup.select_one(f"[name={name}]").get("value", "") == typed
    assert soup.select_one("[name=tresorerie]")["value"] == "1000"
    assert texts(soup, "title")[0].startswith("Erreur")
    assert soup.select("#resultats") == []


@pytest.mark.parametrize(
    "nothing",
    [
        {"postes_fixes": "0", "postes_jour": "0", "salles": "0"},
        {"prix_mois": "0", "prix_jour": "", "salles": "0"},
    ],
    ids=["no desk", "no price"],
)
def test_nothing_to_sell_is_answered_with_a_sentence(client, nothing):
    soup = ask(client, status=422, **nothing)
    assert texts(soup, "#id_postes_fixes_error") == [
        "Rien n’est à vendre : donnez un prix à au moins un poste ou une salle."
    ]


@pytest.mark.parametrize(
    "changes",
    [{"ouverture": "13"}, {"aide_1_mois": "14"}, {"titre": "a" * 81}],
    ids=str,
)
def test_unknown_choice_is_answered(client, changes):
    assert len(ask(client, status=422, **changes).select(".field-error")) == 1


def read_csv(client, **changes):
    response = client.get("/simulateur/", VILLAGE | {"format": "csv"} | changes)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="premiere-annee.csv"'
    )
    assert response.content.startswith(b"\xef\xbb\xbf")
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_file_has_the_cents_with_a_comma(client):
    rows = read_csv(client)
    assert rows[0][:4] == ["Mois", "Nom du mois", "Occupation en\xa0%", "Postes fixes"]
    assert ";".join(rows[5]) == (
        "5;janvier;30;180,00;120,00;0,00;0,00;300,00;100,00;0,00;0,00;-100,00;-1600,00"
    )
    assert rows[14:18] == [
        ["Occupation d’équilibre en\xa0%", "40,0"],
        ["Caisse au plus bas", "-1600,00"],
        ["Mois du point bas", "janvier"],
        ["Solde de l’année", "-900,00"],
    ]
    kept = dict(row for row in rows[19:] if len(row) == 2)
    assert kept["Loyer par mois, en euros"] == "300"
    assert kept["Premier mois"] == "septembre"
    assert kept["Mois où l’aide 1 est versée"] == "février"
    assert "Mois où l’aide 2 est versée" not in kept


def test_file_holds_no_formula(client):
    rows = read_csv(client, titre="=HYPERLINK(1)")
    assert ["Nom de cet essai", "'=HYPERLINK(1)"] in rows
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_page_links_to_the_file_of_the_same_hypotheses(client):
    links = [one["href"] for one in ask(client).select('a[href*="format=csv"]')]
    assert len(links) == 1
    response = client.get(links[0])
    assert b"-1600,00" in response.content


def test_page_speaks_english_too(client):
    response = client.get("/en/simulateur/?" + urlencode(VILLAGE))
    soup = BeautifulSoup(response.content, "html.parser")
    assert texts(soup, "#resultats .figure") == ["40 %", "−1,600 €", "−900 €"]


@pytest.mark.parametrize("spaces", [1, 3])
def test_queries_do_not_grow_with_spaces(client, count_queries, spaces):
    prices = [{"label": "Mois", "amount_euros": 120, "unit": PriceUnit.MONTH}]
    for _ in range(spaces):
        SpaceFactory(permanent_desks=4, prices=prices)
    assert count_queries(lambda: ask(client)) == 6


def test_guide_leads_to_it_where_money_is_counted(client):
    guide = GuidePageFactory(slug="ouvrir")
    money = StagePageFactory(parent=guide, title="Argent", slug="argent")
    SheetPageFactory(parent=money, kind="economic", title="Budget", slug="budget")
    law = StagePageFactory(parent=guide, title="Droit", slug="droit")
    SheetPageFactory(parent=law, kind="legal", title="Bail", slug="bail")
    counts = {
        path: client.get(path).text.count('href="/simulateur/"')
        for path in (
            "/guides/ouvrir/",
            "/guides/ouvrir/argent/",
            "/guides/ouvrir/argent/budget/",
            "/guides/ouvrir/droit/",
            "/guides/ouvrir/droit/bail/",
            "/ressources/",
        )
    }
    assert list(counts.values()) == [1, 1, 1, 0, 0, 1]
