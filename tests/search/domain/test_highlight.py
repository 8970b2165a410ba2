from __future__ import annotations

import pytest
from hypothesis import given, strategies

from search.domain.highlight import (
    PASSAGE_LENGTH,
    Part,
    choose_passage,
    find_matches,
    mark_matches,
)
from search.domain.query import parse_query


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("bail commercial", "Le bail commercial annoté", ["bail commercial"]),
        ("bail", "Comparer deux baux", ["baux"]),
        ("ecole", "Devant l’École", ["École"]),
        ("tiers lieu", "Un tierslieu, des tiers-lieux", ["tierslieu", "tiers-lieux"]),
        ("tierslieu", "Nos tiers lieux à nous", ["tiers lieux"]),
        ('"bail neuf"', "Un bail, puis un bail neuf", ["bail neuf"]),
        ("<b>", "Pas de <b> ici", ["b"]),
        ("rien", "Tout", []),
    ],
)
def test_find_matches_gives_places(query, text, marked):
    found = find_matches(text, "fr", parse_query(query, "fr"))

    assert [text[start:end] for start, end in found] == marked


def test_mark_matches_cuts_into_parts():
    parts = mark_matches("Un bail signé", "fr", parse_query("baux", "fr"))

    assert parts == (Part("Un ", False), Part("bail", True), Part(" signé", False))


@given(strategies.text(alphabet="ab é’-\n", max_size=80), strategies.text(max_size=9))
def test_mark_matches_loses_nothing(text, words):
    parts = mark_matches(text, "fr", parse_query(words, "fr"))

    assert "".join(part.text for part in parts) == text


def test_choose_passage_finds_place_in_body():
    body = f"{'avant ' * 200}Le loyer se négocie. {'ensuite ' * 200}"

    passage = choose_passage("Autre chose.", body, "fr", parse_query("loyers", "fr"))

    shown = "".join(part.text for part in passage)
    assert [part.text for part in passage if part.is_match] == ["loyer"]
    assert len(shown) <= PASSAGE_LENGTH + 4
    assert (shown[0], shown[-1]) == ("…", "…")


def test_choose_passage_without_match_gives_summary():
    passage = choose_passage("Un résumé.", "Le corps", "fr", parse_query("zzz", "fr"))

    assert passage == (Part("Un résumé.", False),)


def test_choose_passage_of_nothing_is_empty():
    assert choose_passage("", "", "fr", parse_query("zzz", "fr")) == ()
