from __future__ import annotations

import pytest

from search.domain.analysis import analyse, cut


@pytest.mark.parametrize(
    ("text", "language", "terms"),
    [
        ("L’école", "fr", "ecole"),
        ("l'ECOLE", "fr", "ecole"),
        ("qu’une œuvre d'art", "fr", "oeuvr art"),
        ("jusqu’au 12 décembre 2026 à 18h30", "fr", "12 decembr 2026 18h30"),
        ("Tiers-lieu rural", "fr", "tiers lieu rural tierslieu"),
        ("tiers\u2011lieux", "fr", "tiers lieu tierslieu"),
        ("150 m²", "fr", "150 m2"),
        ("e\u0301cole", "fr", "ecole"),
        ("de la, à l’", "fr", ""),
        ("🎉 !?", "fr", ""),
        ("The members' spaces", "en", "member space"),
        ("C’hoari er skolioù", "br", "choari er skol"),
        ("Привет", "fr", "привет"),
    ],
)
def test_analyse_gives_terms(text, language, terms):
    assert analyse(text, language) == terms


def test_analyse_cuts_endless_word():
    assert analyse("x" * 5000, "fr") == "x" * 64


def test_cut_gives_positions_in_the_text():
    text = "À l’avant-projet"

    (found,) = [chunk for chunk in cut(text, "fr") if chunk.joined]

    assert [text[word.start : word.end] for word in found.words] == ["avant", "projet"]
