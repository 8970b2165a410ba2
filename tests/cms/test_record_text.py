from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

from cms.record_text import RecordTextMixin


class Record(RecordTextMixin):
    translated_fields = ("title", "summary")
    title = "Repas de quartier"
    summary = "Jeudi midi"
    secret = "canary"


def render(source: str) -> str:
    return Template("{% load hub %}" + source).render(Context({"record": Record()}))


def test_text_in_another_language_is_french_and_says_so():
    text = Record().text_in("en")
    assert (text.language, text.title, text.summary) == (
        "fr",
        "Repas de quartier",
        "Jeudi midi",
    )


def test_text_has_the_translated_fields_only():
    with pytest.raises(AttributeError, match="no “secret”"):
        _ = Record().text_in("fr").secret


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "<h1>Repas de quartier</h1>"),
        ("en", '<h1 lang="fr">Repas de quartier</h1>'),
        ("br", '<h1 lang="fr">Repas de quartier</h1>'),
    ],
)
def test_page_marks_french_in_another_language(language, expected):
    with translation.override(language):
        html = render(
            "{% record_text record as text %}<h1{% lang_attribute text %}>{{ text.title }}</h1>"
        )
    assert html == expected
