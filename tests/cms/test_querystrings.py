from __future__ import annotations

from cms.querystrings import encode_parameters, with_parameter, without_parameter

PARAMETERS = {"type": ["drink-and-co", "atelier"], "dep": ["35"], "q": [""]}


def test_encode_parameters_sorts_and_drops_empty_values():
    assert encode_parameters(PARAMETERS) == "?dep=35&type=atelier&type=drink-and-co"


def test_encode_parameters_says_nothing_for_no_parameter():
    assert encode_parameters({"q": [""]}) == ""


def test_with_parameter_replaces_every_value_of_the_name():
    assert with_parameter(PARAMETERS, type="repas") == "?dep=35&type=repas"


def test_with_parameter_removes_a_name():
    assert with_parameter(PARAMETERS, dep=None) == "?type=atelier&type=drink-and-co"


def test_without_parameter_takes_one_value_away():
    assert (
        without_parameter(PARAMETERS, "type", "atelier") == "?dep=35&type=drink-and-co"
    )


def test_without_parameter_takes_all_values_away():
    assert without_parameter(PARAMETERS, "type") == "?dep=35"


def test_values_are_escaped():
    assert encode_parameters({"q": ["a&b=c é"]}) == "?q=a%26b%3Dc+%C3%A9"
