"""The blocks of a body refuse what a reader could not use."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError

from cms.blocks import BodyBlock, CallToActionBlock, FigureBlock
from tests.factories.resources import GuideIndexPageFactory

BODY = BodyBlock()


def render(*blocks):
    body = BODY.to_python([{"type": name, "value": value} for name, value in blocks])
    return BeautifulSoup(BODY.render(body), "html.parser")


def errors_of(block, **fields):
    value = block.to_python(fields)
    try:
        block.clean(value)
    except ValidationError as refused:
        return sorted(refused.block_errors)
    return []


def call(**fields):
    return {"text": "Venez", "label": "Voir", "page": None, "url": "", **fields}


@pytest.mark.parametrize(
    "url",
    ["/agenda/", "https://example.org/", "http://example.org/", "mailto:a@hub.invalid"],
)
def test_call_to_action_accepts_addresses_a_browser_opens(url):
    assert errors_of(CallToActionBlock(), **call(url=url)) == []


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "//example.org/", "agenda/", "data:text/html,x"],
)
def test_call_to_action_refuses_the_others(url):
    assert errors_of(CallToActionBlock(), **call(url=url)) == ["url"]


@pytest.mark.django_db
def test_call_to_action_leads_to_one_place():
    page = GuideIndexPageFactory()
    both = call(page=page.pk, url="/agenda/")
    assert errors_of(CallToActionBlock(), **both) == ["url"]
    assert errors_of(CallToActionBlock(), **call(page=page.pk)) == []


@pytest.mark.parametrize(
    ("alt", "is_decorative", "expected"),
    [
        ("Douze personnes", False, []),
        ("", True, []),
        ("", False, ["alt"]),
        ("Douze personnes", True, ["alt"]),
    ],
)
@pytest.mark.django_db
def test_figure_has_words_or_is_decorative(alt, is_decorative, expected):
    from wagtail.images.tests.utils import get_test_image_file

    from cms.models import SiteImage

    image = SiteImage.objects.create(title="Table", file=get_test_image_file())
    fields = {
        "image": image.pk,
        "alt": alt,
        "is_decorative": is_decorative,
        "caption": "",
    }
    assert errors_of(FigureBlock(), **fields) == expected


def test_heading_can_be_linked_to():
    soup = render(("heading", {"text": "Avant les travaux", "level": "h3"}))
    assert soup.h3["id"] == "avant-les-travaux"


def test_body_is_html_without_script_or_style():
    soup = render(
        ("heading", {"text": "Titre <script>", "level": "h2"}),
        ("paragraph", "<p>Un <b>texte</b></p>"),
        ("quote", {"text": "La porte est ouverte.", "attribution": "Ti Numerik"}),
        ("key_point", {"title": "À retenir", "text": "<p>Ceci</p>"}),
        (
            "steps",
            [
                {"title": "Un", "text": "<p>Faire</p>"},
                {"title": "Deux", "text": ""},
            ],
        ),
        ("call_to_action", call(url="/agenda/")),
        ("contact", {"name": "Le réseau", "email": "a@hub.invalid", "phone": "02 99"}),
        ("embed", {"url": "https://video.invalid/1", "title": "Visite"}),
    )
    assert soup.find_all(["script", "style", "iframe"]) == []
    assert soup.find_all(style=True) == []
    assert [link["href"] for link in soup.select("a")] == [
        "/agenda/",
        "mailto:a@hub.invalid",
        "tel:0299",
        "https://video.invalid/1",
    ]
    assert [one.get_text() for one in soup.select(".plain-steps-title")] == [
        "Un",
        "Deux",
    ]


def test_steps_need_two():
    body = BODY.to_python([{"type": "steps", "value": [{"title": "Un", "text": ""}]}])
    with pytest.raises(StreamBlockValidationError):
        BODY.clean(body)


def test_unknown_block_is_left_out_of_the_page():
    assert render(("poll", {"question": "Midi ou soir ?"})).get_text() == ""


def test_page_of_several_bodies_says_where_their_headings_stand():
    body = BODY.to_python(
        [
            {"type": "heading", "value": {"text": "Un", "level": "h2"}},
            {"type": "heading", "value": {"text": "Deux", "level": "h3"}},
        ]
    )
    html = BODY.render(body, {"heading_shift": 2, "anchor_prefix": "etape-1-"})
    soup = BeautifulSoup(html, "html.parser")
    assert [(one.name, one["id"]) for one in soup.select("[id]")] == [
        ("h4", "etape-1-un"),
        ("h5", "etape-1-deux"),
    ]
