"""Each block of a body becomes values that typst sets as text."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from wagtail.blocks import CharBlock
from wagtail.images.tests.utils import get_test_image_file

from cms.blocks import BodyBlock
from cms.bodies import load_together
from cms.models import SiteDocument, SiteImage, SiteRendition
from cms.paper.body import BodyWriter
from cms.paper.images import PaperImages
from cms.paper.rich_text import make_absolute
from cms.typesetting import Sheet
from tests.paper import read_images, read_structure, read_text

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves open the file of a rendition that it makes.
    pytest.mark.filterwarnings("ignore:Exception ignored in"),
    pytest.mark.filterwarnings("ignore:Unclosed file"),
]

BODY = BodyBlock()
SITE = "https://hub.test"
SOURCE = """
#import "body.typ": *
#let values = json(bytes(sys.inputs.values))
#set document(title: "Essai")
#set text(lang: "fr")
#heading(level: 1, "Essai")
#blocks-of(values.body, 1)
"""


def follow(address: str) -> dict[str, str]:
    link = make_absolute(address, SITE)
    return {"link": link} if link else {}


def describe(*blocks, images: PaperImages | None = None):
    stored = [{"type": name, "value": value} for name, value in blocks]
    (body,) = load_together([BODY.to_python(stored)])
    draw = (images or PaperImages()).draw
    return BodyWriter(follow=follow, draw=draw).describe(body)


def paragraph(text: str) -> dict:
    return {"block": "paragraph", "runs": [{"text": text}]}


@pytest.fixture
def picture() -> SiteImage:
    # Keys come back in each test: none may find the rendition of another's image.
    SiteRendition.cache_backend.clear()
    return SiteImage.objects.create(
        title="Table", file=get_test_image_file(size=(2000, 1000)), credit="Ti, CC BY"
    )


@pytest.fixture
def typeset(tmp_path):
    (tmp_path / "essay.typ").write_text(SOURCE)

    def write(*blocks) -> bytes:
        images = PaperImages()
        values = {"body": describe(*blocks, images=images)}
        return Sheet("essay.typ", values, tmp_path, images.readers).write_pdf()

    return write


def test_texts_are_described_as_they_were_typed():
    text = "<p>un</p>"
    assert describe(
        ("heading", {"text": "Titre", "level": "h2"}),
        ("heading", {"text": "Sous-titre", "level": "h3"}),
        ("paragraph", text),
        ("quote", {"text": "Dit.", "attribution": "Elle"}),
        ("key_point", {"title": "Clé", "text": text}),
        ("steps", [{"title": "A", "text": text}, {"title": "B", "text": ""}]),
    ) == [
        {"block": "heading", "level": 1, "title": "Titre"},
        {"block": "heading", "level": 2, "title": "Sous-titre"},
        paragraph("un"),
        {"block": "quote", "text": "Dit.", "attribution": "Elle"},
        {"block": "key_point", "title": "Clé", "inside": [paragraph("un")]},
        {
            "block": "steps",
            "steps": [
                {"title": "A", "inside": [paragraph("un")]},
                {"title": "B", "inside": []},
            ],
        },
    ]


def test_ways_on_say_where_they_lead():
    document = SiteDocument.objects.create(
        title="Bail", file=ContentFile(b"%PDF-1.7", name="bail.pdf")
    )
    assert describe(
        ("call_to_action", {"text": "Venez", "label": "Voir", "url": "/agenda/"}),
        ("embed", {"url": "https://video.invalid/1", "title": "Visite"}),
        ("download", {"document": document.pk, "description": "À relire"}),
    ) == [
        {
            "block": "reference",
            "title": "Voir",
            "link": f"{SITE}/agenda/",
            "details": ["Venez"],
        },
        {
            "block": "reference",
            "title": "Visite",
            "link": "https://video.invalid/1",
            "details": [],
        },
        {
            "block": "reference",
            "title": "Bail",
            "link": f"{SITE}{document.url}",
            "details": ["PDF, 8\u00a0octets", "À relire"],
        },
    ]


def test_contact_says_how_to_reach_it():
    value = {"name": "Le réseau", "email": "a@hub.invalid", "phone": "02 99"}
    assert describe(("contact", value)) == [
        {
            "block": "contact",
            "title": "Le réseau",
            "lines": [
                {"text": "a@hub.invalid", "link": "mailto:a@hub.invalid"},
                {"text": "02 99", "link": "tel:0299"},
            ],
        }
    ]


def test_document_that_is_gone_leaves_its_title():
    value = {"document": 987, "title": "Bail type"}
    assert [one["title"] for one in describe(("download", value))] == ["Bail type"]
    assert describe(("download", {"document": 987})) == []


def test_kind_that_nobody_describes_gives_its_text():
    class OtherBody(BodyBlock):
        poll = CharBlock()

    body = OtherBody().to_python([{"type": "poll", "value": "Midi ou soir ?"}])
    found = BodyWriter(follow=follow, draw=PaperImages().draw).describe(body)
    assert found == [paragraph("Midi ou soir ?")]


def test_picture_is_set_in_the_size_of_paper_with_its_words(typeset, picture):
    figure = {"image": picture.pk, "alt": "Une longue table", "caption": "La halle"}
    pdf = typeset(("figure", figure))
    assert read_images(pdf) == [(1200, 600)]
    assert "La halle Crédit : Ti, CC BY" in read_text(pdf).replace("\xa0", " ")
    assert "Figure" in read_structure(pdf)
    assert b"Une longue table" in pdf or "Une longue table".encode("utf-16-be") in pdf
    assert len(pdf) < 100_000


def test_decorative_picture_is_no_part_of_the_text(typeset, picture):
    picture.credit = ""
    picture.save()
    pdf = typeset(("figure", {"image": picture.pk, "is_decorative": True}))
    assert len(read_images(pdf)) == 1
    assert "Figure" not in read_structure(pdf)


@pytest.mark.parametrize("is_known", [True, False])
def test_picture_whose_file_is_lost_leaves_its_caption(typeset, picture, is_known):
    key = picture.pk
    if is_known:
        picture.file.storage.delete(picture.file.name)
    else:
        picture.delete()
    pdf = typeset(("figure", {"image": key, "alt": "Table", "caption": "La halle"}))
    assert read_images(pdf) == []
    assert "La halle" in read_text(pdf)


HOSTILE = [
    '#panic("x")',
    '#read("/etc/passwd")',
    "*a* _b_ `c` ~d",
    "$x$ = @ref",
    "= Titre // commentaire /* a */",
    "\\u{41} \\ fin",
    "] #[ ) ( }",
    '#image("/etc/passwd")',
    "- liste + autre / terme: mot",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_is_markup(typeset, typed):
    html = f"<p>{typed} <b>{typed}</b></p><ul><li>{typed}</li></ul>"
    text = read_text(
        typeset(
            ("heading", {"text": typed, "level": "h2"}),
            ("paragraph", html),
            ("quote", {"text": typed, "attribution": typed}),
            ("key_point", {"title": typed, "text": html}),
            ("steps", [{"title": typed, "text": html}] * 2),
            ("embed", {"url": "https://video.invalid/#1", "title": typed}),
            ("contact", {"name": typed, "email": "", "phone": typed, "note": typed}),
        )
    )
    assert text.count(typed) == 1 + 3 + 2 + 4 + 8 + 1 + 3


def test_markup_of_html_that_was_typed_is_shown(typeset):
    pdf = typeset(("paragraph", "<p>&lt;b&gt; &amp; &lt;script&gt;</p>"))
    assert "<b> & <script>" in read_text(pdf)


def test_structure_follows_the_text(typeset):
    tree = read_structure(
        typeset(
            ("heading", {"text": "Titre", "level": "h2"}),
            ("heading", {"text": "Sous-titre", "level": "h3"}),
            ("paragraph", "<ul><li>un<ul><li>dedans</li></ul></li></ul>"),
            ("paragraph", '<p><a href="/agenda/">agenda</a></p>'),
        )
    )
    tags = [line.strip().split()[0] for line in tree.splitlines() if line.strip()]
    kept = [tag for tag in tags if tag in {"H1", "H2", "H3", "L", "LI", "Link"}]
    assert kept == ["H1", "H2", "H3", "L", "LI", "L", "LI", "Link"]


def test_empty_titles_do_not_stop_the_press(typeset):
    pdf = typeset(
        ("heading", {"text": "🍻", "level": "h2"}),
        ("key_point", {"title": "🍻", "text": ""}),
        ("steps", [{"title": "🍻", "text": ""}] * 2),
        ("quote", {"text": "🍻", "attribution": ""}),
        ("call_to_action", {"text": "", "label": "🍻", "url": "javascript:1"}),
    )
    assert pdf.startswith(b"%PDF-1.7")
