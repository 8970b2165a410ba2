from __future__ import annotations

import pytest

from events.domain.links import UnreadableLink, read_links, split_links


def test_line_gives_its_words_and_its_address():
    text = "Le tableau des outils : https://exemple.fr/outils?a=1\n\n  http://b.fr  \n"

    assert read_links(text) == [
        ("Le tableau des outils", "https://exemple.fr/outils?a=1"),
        ("http://b.fr", "http://b.fr"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Cliquez javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "Une image data:text/html,<script>alert(1)</script>",
        "Fichier file:///etc/passwd",
        "Sans hôte https:///chemin",
        "Sans schéma //exemple.fr",
        "Déguisé https://banque.fr@pirate.fr/",
        'Guillemet https://exemple.fr/"onclick=alert(1)',
        "Port https://exemple.fr:abc/",
        "Pas d’adresse",
        "https://exemple.fr puis des mots",
    ],
)
def test_line_without_an_address_of_the_web_is_refused_and_shown_as_words(line):
    with pytest.raises(UnreadableLink) as caught:
        read_links(f"Bon https://exemple.fr\n{line}")

    assert caught.value.line == line
    assert split_links(line) == [(line, "")]


def test_long_line_is_read_at_once():
    assert split_links("- " * 100_000)[0][1] == ""
