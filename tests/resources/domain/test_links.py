"""What a mail program would make a link of."""

from __future__ import annotations

import time

import pytest

from resources.domain.links import holds_link


@pytest.mark.parametrize(
    "text",
    [
        "Voir https://promo.example/",
        "HTTP://PROMO",
        "ftp://promo",
        "Voir www.promo",
        "promo.com",
        "Un site : promo-shop.XYZ !",
        "promo.example/ici",
        "écrivez à lea@example.org",
    ],
)
def test_link_is_seen(text):
    assert holds_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bonjour.Nous serions douze, le 8.03/9.03 ou après.",
        "Prix : 12.50 € HT/jour, TVA comprise.",
        "M. Untel, S.A.R.L. au capital de 3 000 €…",
        "arobase @ seule",
        "et/ou, matin/soir",
    ],
)
def test_ordinary_words_pass(text):
    assert not holds_link(text)


def test_long_text_is_read_at_once():
    for word in ("a.", "a@", "www", "a-" * 10, "a+"):
        begun = time.perf_counter()
        holds_link(word * 2000)
        assert time.perf_counter() - begun < 1
