"""What typed text becomes before it is set."""

from __future__ import annotations

from cms.typesetting import LONGEST_WORD, keep_common, shorten, tidy


def test_long_word_may_be_broken():
    word = "a" * (LONGEST_WORD + 1)
    assert tidy(word) == "a" * LONGEST_WORD + "\u200ba"
    assert tidy("deux mots") == "deux mots"


def test_common_signs_are_those_of_european_languages():
    assert keep_common("Łódź 🍻 – 5 € 中") == "Łódź  – 5 €"


def test_text_is_cut_with_a_sign_that_says_so():
    assert (shorten("abc", 3), shorten("abcd", 3)) == ("abc", "ab…")
