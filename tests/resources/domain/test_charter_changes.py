"""Which rows and which words differ between two texts."""

from __future__ import annotations

import time

import pytest

from resources.domain.charter_changes import Mark, Pair, compare_words, pair_by_key

SIGNS = {Mark.SAME: "", Mark.REMOVED: "-", Mark.ADDED: "+"}


def compare(before, after):
    """Write pieces as ``text``, ``[-text]`` and ``[+text]``."""
    return "".join(
        f"[{SIGNS[piece.mark]}{piece.text}]" if SIGNS[piece.mark] else piece.text
        for piece in compare_words(before, after)
    )


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Un lieu, une voix.", "Un lieu, une voix.", "Un lieu, une voix."),
        ("", "", ""),
        ("", "Compter.", "[+Compter.]"),
        ("Compter.", "", "[-Compter.]"),
        (
            "Verser 50 € à Ti Numerik.",
            "Verser 60 € à Ti Numerik.",
            "Verser [-50 ][+60 ]€ à Ti Numerik.",
        ),
        # A comma is no part of the word before it.
        ("Venir, écouter.", "Venir et écouter.", "Venir [-, ][+et ]écouter."),
        # One short word between two changes makes one change.
        (
            "Accueillir un voisin pour boire le café ensemble avant la décision.",
            "Accueillir un voisin pour prendre le thé ensemble avant la décision.",
            "Accueillir un voisin pour [-boire le café ][+prendre le thé ]"
            "ensemble avant la décision.",
        ),
        # What hardly has a word in common is read whole.
        (
            "Disposer de dix postes de travail.",
            "Accueillir qui crée son entreprise.",
            "[-Disposer de dix postes de travail.]"
            "[+Accueillir qui crée son entreprise.]",
        ),
        # A form sends CR LF; a paragraph more is seen.
        ("Un.\r\n\r\nDeux mots.", "Un.\n\nDeux mots.", "Un.\n\nDeux mots."),
    ],
)
def test_words_are_compared(before, after, expected):
    assert compare(before, after) == expected


def test_both_texts_can_be_read_off_the_pieces():
    before = (
        "Nous venons quand nous pouvons, et nous partageons : tout.\nUn lieu, une voix."
    )
    after = "Nous venons aussi souvent que nous pouvons.\nUn lieu, une voix, une table."
    pieces = compare_words(before, after)
    old = "".join(one.text for one in pieces if one.mark != Mark.ADDED)
    new = "".join(one.text for one in pieces if one.mark != Mark.REMOVED)
    assert (old.split(), new.split()) == (before.split(), after.split())


def test_the_longest_texts_take_no_time():
    started = time.process_time()
    compare_words("a " * 2500, "a b " * 1250)
    assert time.process_time() - started < 2


def test_rows_are_paired_in_the_new_order_and_the_gone_keep_their_place():
    before = {"a": 1, "b": 2, "c": 3, "d": 4}
    after = {"c": 30, "e": 50, "b": 20}
    assert pair_by_key(before, after) == [
        Pair(1, None),
        Pair(3, 30),
        Pair(4, None),
        Pair(None, 50),
        Pair(2, 20),
    ]
