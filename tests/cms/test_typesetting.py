"""What typed text becomes before it is set, and what a sheet does without."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import typst
from PIL import Image

from cms.typesetting import (
    LONGEST_WORD,
    Sheet,
    find_undrawn,
    keep_common,
    leave_out,
    shorten,
    tidy,
)
from tests.paper import read_facts, read_images, read_text

SOURCE = """
#let values = json(bytes(sys.inputs.values))
#let images = json(bytes(sys.inputs.images))
#set document(title: "Essai")
#set text(lang: "fr")
#values.text
#for name in images { image(name, alt: "Une image", width: 2cm) }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "essay.typ").write_text(SOURCE)
    return tmp_path


def draw_image() -> bytes:
    drawing = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawing, "JPEG")
    return drawing.getvalue()


def lose_image() -> bytes:
    raise FileNotFoundError("lost")


def test_long_word_may_be_broken():
    word = "a" * (LONGEST_WORD + 1)
    assert tidy(word) == "a" * LONGEST_WORD + "\u200ba"
    assert tidy("deux mots") == "deux mots"


def test_common_signs_are_those_of_european_languages():
    assert keep_common("Łódź 🍻 – 5 € 中") == "Łódź  – 5 €"


def test_text_is_cut_with_a_sign_that_says_so():
    assert (shorten("abc", 3), shorten("abcd", 3)) == ("abc", "ab…")


def test_words_on_both_sides_of_a_fixed_space_are_two():
    words = f"{'a' * LONGEST_WORD}\u00a0b"
    assert tidy(words) == words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Apéro 🍻", "Apéro"),
        ("un 🍻 mot ", "un  mot "),
        (" 🍻 ", "  "),
        (" rien à ôter ", " rien à ôter "),
    ],
)
def test_sign_is_left_out_and_words_stay_apart(text, kept):
    assert leave_out(text, frozenset("🍻")) == kept


def test_typst_says_which_signs_it_cannot_draw():
    with pytest.raises(typst.TypstError) as refused:
        typst.compile(
            '#set document(title: "x")\n中 🍻 α ≥'.encode(),
            format="pdf",
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
        )
    assert find_undrawn(refused.value.diagnostic) == frozenset("中🍻")


def test_signs_that_the_fonts_have_stay_beside_those_they_lack(folder):
    sheet = Sheet("essay.typ", {"text": "α ≥ β 🍻 中 fin"}, folder)
    assert read_text(sheet.write_pdf()) == "α ≥ β fin"


def test_images_that_can_be_read_are_set(folder):
    images = {"a.jpg": draw_image, "b.jpg": lose_image}
    sheet = Sheet("essay.typ", {"text": "Texte"}, folder, images)
    pdf = sheet.write_pdf()
    assert read_images(pdf) == [(40, 30)]
    assert read_facts(pdf)["Tagged"] == "yes"


def test_image_that_is_none_does_not_stop_the_press(folder):
    images = {"a.jpg": lambda: b"<html>"}
    pdf = Sheet("essay.typ", {"text": "Texte"}, folder, images).write_pdf()
    assert (read_text(pdf), read_images(pdf)) == ("Texte", [])


def test_images_are_read_when_the_sheet_is_set_alone(folder):
    sheet = Sheet("essay.typ", {"text": "x"}, folder, {"a.jpg": lose_image})
    assert sheet.etag == Sheet("essay.typ", {"text": "x"}, folder).etag
