"""What a reader types and what a record says meet in one folded form."""

from __future__ import annotations

import pytest

from cms.folding import fold, fold_to_words, fold_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("École", "ecole"),
        ("ŒUVRE", "oeuvre"),
        ("Straße", "strasse"),
        ("Łódź, Ørsted", "lodz, orsted"),
        ("l’Écluse", "l'ecluse"),
        ("40 m²", "40 m2"),
        ("e\u0301te\u0301", "ete"),
    ],
)
def test_fold_takes_capitals_accents_and_ligatures_away(text, folded):
    assert fold(text) == folded


def test_fold_to_words_separates_at_every_sign():
    assert fold_to_words(" Tiers-lieu d’Étel_2 ! ") == "tiers lieu d etel 2"


def test_fold_words_gives_each_word_once_in_order():
    assert fold_words("Lieu, tiers-lieu") == ["lieu", "tiers"]
    assert fold_words("%_") == []
