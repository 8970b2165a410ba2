"""Which parts of a guide concern a reader."""

from __future__ import annotations

import pytest

from resources.domain.branches import (
    Condition,
    UnreadableCondition,
    parse_condition,
    read_answers,
)

KNOWN = {"statut": ["association", "scic"], "murs": ["bail", "pret"]}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ()),
        ("statut:association", (("statut", ("association",)),)),
        (
            "statut:scic, murs:bail statut:association statut:scic",
            (("statut", ("scic", "association")), ("murs", ("bail",))),
        ),
    ],
)
def test_condition_gathers_answers_by_question(text, wanted):
    assert parse_condition(text) == Condition(wanted)


@pytest.mark.parametrize(
    "word", ["association", "statut:", ":scic", "Statut:scic", "statut:à", "a:b:c"]
)
def test_condition_names_the_word_it_cannot_read(word):
    with pytest.raises(UnreadableCondition) as refused:
        parse_condition(f"murs:bail {word}")
    assert refused.value.word == word


@pytest.mark.parametrize(
    ("text", "answers", "allowed"),
    [
        ("", {"statut": "scic"}, True),
        ("statut:scic", {}, True),
        ("statut:scic", {"murs": "bail"}, True),
        ("statut:scic", {"statut": "scic"}, True),
        ("statut:scic", {"statut": "association"}, False),
        ("statut:scic statut:association", {"statut": "association"}, True),
        ("statut:scic murs:bail", {"statut": "scic"}, True),
        ("statut:scic murs:bail", {"statut": "scic", "murs": "pret"}, False),
    ],
)
def test_part_is_for_those_whose_answers_do_not_say_otherwise(text, answers, allowed):
    assert parse_condition(text).allows(answers) is allowed


def test_what_is_answered_is_not_asked_again():
    condition = parse_condition("statut:scic murs:bail")
    assert condition.still_open({"statut": "scic"}) == parse_condition("murs:bail")


def test_words_that_the_guide_does_not_know_say_nothing():
    condition = parse_condition("statut:scic statut:sarl age:vieux murs:tente")
    assert condition.among(KNOWN) == parse_condition("statut:scic")


def test_address_gives_only_answers_that_exist():
    parameters = {"statut": "scic", "murs": "tente", "dep": "22", "age": "vieux"}
    assert read_answers(parameters, KNOWN) == {"statut": "scic"}
