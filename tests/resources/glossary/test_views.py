"""The glossary's own page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError

from tests.factories.resources import GlossaryTermFactory

pytestmark = pytest.mark.django_db


def read(client, address="/glossaire/"):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


def test_words_stand_under_their_letter_without_accents(client):
    for name in ("Zone", "école", "Bail", "Écart", "eau"):
        GlossaryTermFactory(name=name)
    soup = read(client)
    assert texts(soup, "main h2") == ["B", "E", "Z"]
    assert texts(soup, ".glossary dfn") == ["Bail", "eau", "Écart", "école", "Zone"]
    targets = [one["href"].removeprefix("#") for one in soup.select(".letters a")]
    assert [soup.find(id=target).get_text() for target in targets] == ["B", "E", "Z"]


def test_word_has_its_anchor_and_its_source(client):
    term = GlossaryTermFactory(
        name="Bail",
        source="Code civil, article 1709",
        source_url="https://example.org/",
    )
    soup = read(client)
    entry = soup.find(id=f"terme-{term.pk}")
    assert texts(entry, "dd p") == [
        "Ce que le mot veut dire.",
        "Code civil, article 1709",
    ]
    assert entry.select_one("a")["href"] == "https://example.org/"
    assert term.get_absolute_url() == f"/glossaire/#terme-{term.pk}"


def test_empty_glossary_says_so(client):
    assert texts(read(client), ".empty-title") == ["Pas encore de mot"]


def test_other_languages_mark_french_words(client):
    GlossaryTermFactory(name="Bail")
    soup = read(client, "/en/glossaire/")
    assert soup.select_one(".glossary > div")["lang"] == "fr"


@pytest.mark.parametrize("words", [1, 3])
def test_queries_do_not_grow_with_words(client, count_queries, words):
    for _ in range(words):
        GlossaryTermFactory()
    assert count_queries(lambda: read(client)) == 5


def test_word_is_found_by_its_name_and_its_definition():
    term = GlossaryTermFactory(name="Bail", definition="Un contrat de location.")
    (entry,) = term.search_entries()
    assert (entry.title, entry.summary) == ("Bail", "Un contrat de location.")
    assert entry.url == f"/glossaire/#terme-{term.pk}"


def test_search_leads_to_the_word(client):
    term = GlossaryTermFactory(name="Rescrit fiscal")
    soup = read(client, "/recherche/?q=rescrit")
    links = [one["href"] for one in soup.select(".results a")]
    assert links == [f"/glossaire/#terme-{term.pk}"]


def test_word_is_there_once():
    GlossaryTermFactory(name="Bail")
    with pytest.raises(IntegrityError):
        GlossaryTermFactory(name="Bail")


def test_signs_and_digits_stand_under_theirs(client):
    GlossaryTermFactory(name="5e catégorie")
    GlossaryTermFactory(name="« autre »")
    GlossaryTermFactory(name="L’autre")
    GlossaryTermFactory(name="%")
    soup = read(client)
    assert texts(soup, "main h2") == ["#", "5", "A"]
    assert texts(soup, ".glossary dfn") == ["%", "5e catégorie", "« autre »", "L’autre"]
