"""A sheet shows what people typed as text, whatever they typed."""

from __future__ import annotations

import struct

import pytest

from events.models import Event
from events.posters.event_sheets import make_poster, make_share_image
from tests.factories.events import EventFactory
from tests.paper import read_facts, read_fonts, read_text

pytestmark = pytest.mark.django_db


def make_event(**values) -> Event:
    return EventFactory(**values)


@pytest.mark.parametrize(
    "title",
    [
        '#panic("x")',
        '#read("/etc/passwd")',
        "*a* _b_ `c`",
        "$x$ = <label> @ref",
        "= Titre // commentaire",
        "\\u{41} \\ fin",
        "« guillemets » \"droits\" 'simples'",
        "] #[ ) ( }",
        '{"qr": 1}',
    ],
)
def test_nothing_typed_is_markup(title):
    pdf = make_poster(make_event(title=title, summary=title), "Hub").write_pdf()

    assert title in read_text(pdf)
    assert read_facts(pdf)["Title"] == title


def test_endless_title_is_cut_and_stays_on_one_page():
    event = make_event(title="Drink")
    event.title = "x" * 10_000

    facts = read_facts(make_poster(event, "Hub").write_pdf())

    assert facts["Pages"] == "1"
    assert facts["Title"].replace("\u200b", "") == "x" * 139 + "…"


def test_longest_texts_that_the_form_lets_in_stay_on_one_page():
    words = "Une soirée pour parler de tout et de rien avec " * 10
    event = make_event(
        title=words[:120], summary=words[:300], price=words[:80],
        venue_name=words[:120], venue_street=words[:150], venue_city=words[:80],
        room=words[:80], status="cancelled", cancel_reason=words[:300],
    )  # fmt: skip

    assert read_facts(make_poster(event, "Hub").write_pdf())["Pages"] == "1"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Apéro 🍻 du port", "Apéro du port"),
        ("中文 Repas", "Repas"),
        ("c’hoazh, œuf, 5 €, ñ, Łódź", "c’hoazh, œuf, 5 €, ñ, Łódź"),
        ("Re\u0001pas\u202e du\u00ad port\ue000\uffff", "Repas du port"),
        ("Re\u0301union", "Réunion"),
    ],
)
def test_signs_without_a_drawing_are_left_out(title, shown):
    event = make_event()
    event.title = title
    pdf = make_poster(event, "Hub").write_pdf()

    assert " ".join(read_facts(pdf)["Title"].split()) == shown
    assert shown in read_text(pdf)


@pytest.mark.parametrize("title", ["🍻", "中文", "   ", "\u200b"])
def test_title_that_cannot_be_shown_gives_way_to_the_type(title):
    event = make_event()
    event.title = title

    assert read_facts(make_poster(event, "Hub").write_pdf())["Title"] == "Drink & co"
    assert make_share_image(event, "Hub").write_png().startswith(b"\x89PNG")


def test_sheet_uses_the_fonts_of_the_typesetter_alone():
    fonts = read_fonts(make_poster(make_event(), "Hub").write_pdf())

    assert {name.partition("-")[0] for name in fonts} == {"LibertinusSerif"}


def test_same_values_give_the_same_bytes_and_tag():
    event = make_event()
    one, two = make_poster(event, "Hub"), make_poster(event, "Hub")

    assert one.etag == two.etag
    assert one.write_pdf() == two.write_pdf()
    event.title = "Autre"
    assert make_poster(event, "Hub").etag != one.etag


def test_share_image_has_the_size_that_networks_crop_to():
    png = make_share_image(make_event(), "Hub").write_png()

    assert struct.unpack(">II", png[16:24]) == (1200, 630)
    assert len(png) < 150_000
