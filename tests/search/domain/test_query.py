from __future__ import annotations

import pytest
from hypothesis import given, strategies

from search.domain.analysis import analyse
from search.domain.query import LONGEST_QUERY, MOST_WORDS, parse_query


def find_phrases(text, language="fr"):
    return [set(clause.phrases) for clause in parse_query(text, language).clauses]


def test_parse_query_wants_each_word():
    assert find_phrases("le bail à Brest") == [{("bail",)}, {("brest",)}]


@pytest.mark.parametrize(
    "text", ['"bail commercial"', "« baux commerciaux »", "“bail  commercial”"]
)
def test_parse_query_reads_phrase(text):
    (phrases,) = find_phrases(text)

    assert ("bail", "commercial") in phrases
    assert phrases.isdisjoint({("bail",), ("commercial",)})


def test_parse_query_ignores_lone_quote():
    assert find_phrases('bail "neuf') == [
        {("bail",), ("bailneuf",)},
        {("neuf",), ("bailneuf",)},
    ]


def test_parse_query_joins_neighbours():
    assert find_phrases("tiers lieu") == [
        {("tiers",), ("tierslieu",)},
        {("lieu",), ("tierslieu",)},
    ]


def test_parse_query_splits_one_word():
    (phrases,) = find_phrases("tierslieu")

    assert {("tierslieu",), ("tiers", "lieu")} <= phrases


def test_parse_query_reads_each_language_shown():
    (phrases,) = find_phrases("loyers", language="en")

    assert {("loyer",)} <= phrases


def test_parse_query_cuts_at_a_word():
    query = parse_query("rural " * 2000, "fr")

    assert (query.text, query.is_shortened) == (
        " ".join(["rural"] * ((LONGEST_QUERY + 1) // 6)),
        True,
    )


def test_parse_query_keeps_twelve_words():
    query = parse_query(" ".join(f"mot{number}" for number in range(20)), "fr")

    assert (len(query.clauses), query.is_shortened) == (MOST_WORDS, True)


@pytest.mark.parametrize(
    "text", ["", "  ", "de la", '"', '""', "🎉", "*", "l’", "\x00"]
)
def test_parse_query_without_words_has_no_clause(text):
    assert parse_query(text, "fr").clauses == ()


@given(strategies.text())
def test_parse_query_accepts_any_text(text):
    for clause in parse_query(text, "br").clauses:
        for phrase in clause.phrases:
            assert all(term.isalnum() for term in phrase), phrase


@given(strategies.text(alphabet="aeiouxslétrœ-’ ", max_size=60))
def test_parse_query_looks_for_terms_the_index_holds(text):
    indexed = set(analyse(text, "fr").split())

    for clause in parse_query(text, "fr").clauses:
        assert indexed & {phrase[0] for phrase in clause.phrases}
