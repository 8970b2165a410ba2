from __future__ import annotations

import pytest

from search.domain.french import make_singular, stem


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("chevaux", "cheval"),
        ("reseaux", "reseau"),
        ("locaux", "local"),
        ("materiaux", "materiau"),
        ("tuyaux", "tuyau"),
        ("travaux", "travail"),
        ("baux", "bail"),
        ("lieux", "lieu"),
        ("tierslieux", "tierslieu"),
        ("bijoux", "bijou"),
        ("loyers", "loyer"),
        ("lois", "loi"),
        ("mois", "mois"),
        ("bus", "bus"),
        ("heureux", "heureux"),
    ],
)
def test_make_singular_reads_plural(plural, singular):
    assert make_singular(plural) == singular


@pytest.mark.parametrize(
    "forms",
    [
        "cheval chevaux",
        "ecole ecoles",
        "zebulon zebulons",
        "rural rurale ruraux rurales",
        "realise realisee realisees realises",
        "commercial commerciale commerciaux",
        "organiser organisation organisations",
        "travail travaux",
    ],
)
def test_stem_unites_forms(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["loyer loi", "port porte", "mois moi", "cours cour"])
def test_stem_keeps_words_apart(pair):
    left, right = pair.split()

    assert stem(left) != stem(right)
