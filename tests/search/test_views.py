from __future__ import annotations

import datetime

import pytest

from search.models import IndexedText
from tests.search.conftest import TODAY

ADDRESS = "/recherche/"


@pytest.fixture
def get(client, db):
    def ask(**parameters):
        return client.get(ADDRESS, parameters)

    return ask


def read(response):
    return " ".join(response.content.decode().split())


def test_results_show_hit(get, make_resource):
    make_resource("Bail commercial", "Neuf ans <i>fermes</i>.")

    page = read(get(q="baux commerciaux"))

    assert (
        '<a href="/ressources/bail-commercial/"><mark>Bail commercial</mark></a>'
        in page
    )
    assert "Neuf ans &lt;i&gt;fermes&lt;/i&gt;." in page
    assert "<h1>1 résultat pour « baux commerciaux »</h1>" in page
    assert "<title>1 résultat pour « baux commerciaux » – " in page
    assert '<meta name="robots" content="noindex, follow">' in page


def test_results_link_kinds(get, make_resource, make_space):
    make_resource("Phare")
    make_space("Phare")

    page = read(get(q="phare", type="space"))

    assert 'href="?q=phare&amp;type=resource&amp;type=space"' in page
    assert "<h1>1 résultat pour « phare »</h1>" in page


def test_results_of_a_kind_without_any_say_so(get, make_resource):
    make_resource("Phare")

    assert "Rien de cette sorte" in read(get(q="phare", type="space"))


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"q": "phare", "type": "licorne"}, "Cette sorte de résultat n’existe pas"),
        ({"q": "phare", "page": "99"}, "voici la page 1"),
        ({"q": "phare", "page": "-1"}, "voici la page 1"),
        ({"q": "phare", "page": "deux"}, "voici la page 1"),
        ({"q": "phare", "page": "9" * 5000}, "voici la page 1"),
        ({"q": "phare zorglub"}, "Aucune page n’a tous ces mots"),
        ({"q": "phare zorglub"}, "1 résultat proche de « phare zorglub »"),
        ({"q": "phare " * 2000}, "Votre recherche était longue"),
        ({"q": "de la"}, "Ces mots sont partout"),
        ({"q": "zorglub"}, "Rien pour « zorglub »"),
    ],
)
def test_results_say_what_they_cannot_follow(get, make_resource, parameters, sentence):
    make_resource("Phare")

    response = get(**parameters)

    assert response.status_code == 200
    assert sentence in read(response).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "words", ['"', "*", 'a"b AND (c', "🎉", "NEAR(", "-", "\x01", "'; --", "%s", "{x}"]
)
def test_results_answer_any_words(get, make_resource, words):
    make_resource("Phare")

    assert get(q=words).status_code == 200


def test_results_say_which_date_is_past(get, make_event):
    make_event("Drink", datetime.date(2020, 2, 1))

    assert "<span>passé</span>" in read(get(q="drink"))


def test_results_survive_kind_that_has_gone(get, make_resource):
    make_resource("Phare")
    IndexedText.objects.update(kind="licorne")

    assert "<h1>1 résultat pour « phare »</h1>" in read(get(q="phare"))


def test_results_refuse_nul(get):
    assert get(q="a\x00b").status_code == 400


def test_results_without_words_invite(get):
    page = read(get())

    assert "<h1>Chercher</h1>" in page
    assert 'class="results' not in page


def test_results_go_on_to_next_page(get, make_resource):
    for number in range(21):
        make_resource(f"Phare {number}")

    assert 'href="?q=phare&amp;page=2"' in read(get(q="phare"))
    assert '<ol class="results" start="21">' in read(get(q="phare", page="2"))


def test_results_mark_french_for_other_readers(client, make_space):
    make_space("Les Voisins")

    page = read(client.get("/en/recherche/", {"q": "voisins"}))

    assert '<li lang="fr">' in page
    assert 'href="/en/lieux/les-voisins/"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_results_cost_same_whatever_their_number(
    get, make_event, django_assert_num_queries, count
):
    for number in range(count):
        make_event("Drink", TODAY + datetime.timedelta(days=number))
    get(q="drink")  # content types, sites and settings are read once

    # Two for the search; five for the frame: site, settings, menu.
    with django_assert_num_queries(6):
        get(q="drink")
