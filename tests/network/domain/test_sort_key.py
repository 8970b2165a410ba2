"""Articles do not count in the alphabetical order."""

from __future__ import annotations

import pytest

from cms.folding import fold
from network.domain.sort_key import make_sort_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("L’Estran", "estran l"),
        ("La Cale sèche", "cale seche la"),
        ("Les Viviers Douarnenez", "viviers douarnenez les"),
        ("Ti Numerik", "ti numerik"),
        ("An Ti Glas", "ti glas an"),
        ("Lavoir", "lavoir"),
        ("Le", "le"),
        ("L’", "l"),
        ("", ""),
    ],
)
def test_make_sort_key_moves_the_article_to_the_end(name, key):
    assert make_sort_key(fold(name)) == key
