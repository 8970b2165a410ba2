"""Amounts as people type and read them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given, strategies as st

from resources.simulator.euros import (
    EurosField,
    UnreadableAmount,
    read_euros,
    say_euros,
    write_euros,
)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0),
        ("1200", 1_200_00),
        ("1 200,50", 1_200_50),
        ("1\u00a0200,5\u00a0€", 1_200_50),
        ("1\u202f200.05", 1_200_05),
        ("12,", 12_00),
        ("-5", -5_00),
        ("−0,01", -1),
    ],
)
def test_amount_is_read_as_typed(text, cents):
    assert read_euros(text) == cents


@pytest.mark.parametrize(
    "text",
    ["", "NaN", "inf", "1e5", "12,345", "1.200,50", "deux", "١٢", "1-2", "0x10",
     "9" * 13, "9" * 5000, "<script>", "+5"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(UnreadableAmount):
        read_euros(text)


@given(st.integers(-(10**13), 10**13))
def test_written_amount_is_read_again(cents):
    assert read_euros(write_euros(cents)) == cents


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "0 €"),
        (-49, "0 €"),
        (50, "1 €"),
        (-50, "−1 €"),
        (-1_600_00, "−1\u00a0600 €"),
        (1_234_567_89, "1\u00a0234\u00a0568 €"),
    ],
)
def test_amount_is_said_in_whole_euros(cents, words):
    with override("fr"):
        assert say_euros(cents).replace("\u00a0€", " €") == words


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("NaN", "Ce n’est pas un montant en euros. Exemple\u00a0: 1200 ou 1200,50"),
        ("-1", "Un montant ne peut pas être négatif\u00a0: écrivez 0 ou plus."),
        (
            "10000000,01",
            "C’est plus de dix millions d’euros\u00a0: vérifiez le montant.",
        ),
    ],
)
def test_field_refuses_with_a_sentence(text, sentence):
    with pytest.raises(ValidationError) as refusal:
        EurosField().clean(text)
    assert refusal.value.messages == [sentence]


def test_empty_field_is_nothing():
    assert [EurosField().clean(text) for text in ("", "  ", None)] == [0, 0, 0]
