from __future__ import annotations

import datetime
import string

import pytest
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies

from search.domain.query import parse_query
from search.domain.results import FacetValue, SearchFilters
from search.engines import get_engine
from tests.search.conftest import TODAY

CORPUS = {
    "Bail commercial annoté": "Neuf ans, relus ligne à ligne.",
    "Comparer deux baux": "Le loyer d’un local commercial sur neuf ans.",
    "Tiers-lieux en campagne": "Ouvrir un lieu rural.",
    "Louer ses locaux": "Ce qu’un tiers voit en entrant dans un lieu rural.",
    "Le coworking à la ferme": "Un tierslieu chez un éleveur de chevaux.",
    "Statuts d’une SCIC": "La coopérative d’intérêt collectif, article par article.",
    "Réseau d’écoles": "L’école ouvre ses portes à l’œuvre commune.",
    "Loi de 1901": "Ce que dit la loi d’une association.",
    "Travaux et accessibilité": "Demander les autorisations avant le chantier.",
}


@pytest.fixture
def corpus(make_resource):
    for title, summary in CORPUS.items():
        make_resource(title, summary)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("bail commercial", "Bail commercial annoté"),
        ("baux", "Bail commercial annoté"),
        ("tiers lieu rural", "Tiers-lieux en campagne"),
        ("tierslieu rural", "Tiers-lieux en campagne"),
        ("tiers-lieux", "Tiers-lieux en campagne"),
        ("co-working", "Le coworking à la ferme"),
        ("co working", "Le coworking à la ferme"),
        ("cheval", "Le coworking à la ferme"),
        ("l'ecole", "Réseau d’écoles"),
        ("ÉCOLES", "Réseau d’écoles"),
        ("oeuvre", "Réseau d’écoles"),
        ("réseaux", "Réseau d’écoles"),
        ("cooperatives", "Statuts d’une SCIC"),
        ("loyers", "Comparer deux baux"),
        ("lois", "Loi de 1901"),
        ("association 1901", "Loi de 1901"),
        ("travail chantiers", "Travaux et accessibilité"),
        ('"lieu rural"', "Tiers-lieux en campagne"),
        ("« intérêt collectif »", "Statuts d’une SCIC"),
    ],
)
def test_search_puts_best_first(corpus, find_titles, words, first):
    assert find_titles(words)[0] == first


@pytest.mark.parametrize("words", ["tiers lieu", "tiers-lieu", "tierslieux"])
def test_search_finds_each_way_to_write_a_compound(corpus, find_titles, words):
    assert {"Tiers-lieux en campagne", "Le coworking à la ferme"} <= set(
        find_titles(words)
    )


def test_search_ranks_title_before_summary_before_body(make_resource, find_titles):
    make_resource("Trois", "Rien", description="un phare")
    make_resource("Deux", "Un phare")
    make_resource("Un phare")

    assert find_titles("phare") == ["Un phare", "Deux", "Trois"]


def test_search_finds_tags(make_resource, find_titles):
    resource = make_resource("Modèle")
    resource.tags.add("Mutualisation")
    resource.save()

    assert find_titles("mutualisations") == ["Modèle"]


def test_search_puts_nearest_date_first(make_event, find_titles, search):
    for days in (-2, 40, -9, 3):
        make_event("Drink & co", TODAY + datetime.timedelta(days=days))

    dates = [(hit.date - TODAY).days for hit in search("drink").hits]

    assert dates == [3, 40, -2, -9]


def test_search_falls_back_to_some_words(corpus, search):
    results = search("chevaux zorglub")

    assert (results.total, results.is_relaxed) == (1, True)


def test_search_without_any_word_found_is_empty(corpus, search):
    results = search("zorglub zorglube")

    assert (results.hits, results.total, results.is_relaxed) == ((), 0, False)


@pytest.mark.parametrize("words", ["", "de la", '"', "*", "🎉"])
def test_search_without_words_asks_nothing(
    corpus, search, words, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert search(words).total == 0


def test_search_counts_each_kind(make_resource, make_event, make_space, search):
    make_resource("Phare")
    make_event("Phare")
    make_event("Phare rouge")
    make_space("Phare")

    results = search("phare", kinds=("event", "guide"))

    assert [hit.kind for hit in results.hits] == ["event", "event"]
    assert results.facets["kind"] == (
        FacetValue("event", 2, is_selected=True),
        FacetValue("resource", 1, is_selected=False),
        FacetValue("space", 1, is_selected=False),
        FacetValue("guide", 0, is_selected=True),
    )


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_two_queries(
    make_resource, search, django_assert_num_queries, count
):
    for number in range(count):
        make_resource(f"Phare {number}")

    with django_assert_num_queries(2):
        assert search("phare").total == count


def test_search_costs_three_queries_to_fall_back(
    corpus, search, django_assert_num_queries
):
    with django_assert_num_queries(3):
        search("chevaux zorglub")


def test_search_gives_last_page_for_one_out_of_range(make_resource, search):
    for number in range(21):
        make_resource(f"Phare {number}")

    results = search("phare", page=9)

    assert (results.page, results.page_count, len(results.hits)) == (2, 2, 1)


def test_search_shows_french_text_to_other_readers(make_space, search):
    make_space("Les Voisins", summary="Douze bureaux")

    (hit,) = search("bureau", language="en").hits

    assert (hit.language, hit.url) == ("fr", "/en/lieux/les-voisins/")


def test_search_shows_own_language_once(make_page, search, home_page):
    page = make_page("Phare")
    english_home = home_page.get_translations().get(locale__language_code="en")
    translation = page.copy_for_translation(english_home.locale)
    translation.title = "Lighthouse phare"
    translation.save_revision().publish()

    assert [hit.language for hit in search("phare").hits] == ["fr"]
    assert [hit.language for hit in search("phare", language="en").hits] == ["en"]


def test_search_marks_words(corpus, search):
    hit = search("bail commercial").hits[0]

    assert [part for part in hit.title_parts if part.is_match] == [
        ("Bail commercial", True)
    ]


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    strategies.one_of(strategies.text(), strategies.text(string.punctuation + "ab "))
)
def test_search_answers_any_text(corpus, text):
    for language in ("fr", "br"):
        get_engine().search(parse_query(text, language), SearchFilters(TODAY), 1)
