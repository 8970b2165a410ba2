"""Several bodies are read together as they would be one by one, in fewer queries."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from cms.blocks import BodyBlock
from cms.bodies import load_together
from cms.models import SiteDocument, SiteImage

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves open the file of a rendition that it makes.
    pytest.mark.filterwarnings("ignore:Exception ignored in"),
    pytest.mark.filterwarnings("ignore:Unclosed file"),
]

BODY = BodyBlock()
WEB = "max-960x1280|format-webp"


@pytest.fixture
def home() -> Page:
    return Page.objects.get(depth=2, locale__language_code="fr")


def make_blocks(number: int, page: Page) -> list[dict]:
    """The stored form of a body that refers to an image, a document and pages."""
    image = SiteImage.objects.create(
        title=f"Table {number}", file=get_test_image_file(f"{number}.png")
    )
    document = SiteDocument.objects.create(
        title=f"Bail {number}", file=ContentFile(b"%PDF-1.7", name="bail.pdf")
    )
    target = page.add_child(instance=Page(title=f"Page {number}"))
    links = (
        f'<p><a id="{target.pk}" linktype="page">page {number}</a> '
        f'<a linktype="document" id="{document.pk}">bail</a></p>'
    )
    figure = {"image": image.pk, "alt": "Une table", "caption": f"Figure {number}"}
    return [
        {"type": "heading", "value": {"text": f"Titre {number}", "level": "h2"}},
        {"type": "paragraph", "value": links},
        {"type": "key_point", "value": {"title": "Clé", "text": links}},
        {"type": "steps", "value": [{"title": "Un", "text": links}] * 2},
        {"type": "figure", "value": figure},
        {"type": "download", "value": {"document": document.pk}},
        {
            "type": "call_to_action",
            "value": {"text": "Venez", "label": "Voir", "page": target.pk},
        },
    ]


def test_bodies_say_what_each_would_say_alone(home):
    bodies = [make_blocks(number, home) for number in (1, 2, 3)]
    alone = [BODY.render(BODY.to_python(blocks)) for blocks in bodies]
    together = load_together([BODY.to_python(blocks) for blocks in bodies])
    assert [BODY.render(body) for body in together] == alone


def test_three_bodies_cost_what_one_does(home):
    bodies = [make_blocks(number, home) for number in (1, 2, 3)]
    for blocks in bodies:
        # Renditions are made once.
        BODY.render(BODY.to_python(blocks))

    def count(some):
        with CaptureQueriesContext(connection) as captured:
            for body in load_together(
                [BODY.to_python(blocks) for blocks in some], filter_specs=[WEB]
            ):
                BODY.render(body)
        return len(captured)

    count(bodies)
    assert count(bodies) == count(bodies[:1])


def test_nothing_is_read_of_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert load_together([]) == []
        assert [list(one) for one in load_together([BODY.to_python([])])] == [[]]


def test_subtitle_that_no_title_stands_above_is_one():
    levels = ("h3", "h3", "h2", "h3")
    stored = [
        {"type": "heading", "value": {"text": "x", "level": level}} for level in levels
    ]
    bodies = load_together([BODY.to_python(stored), BODY.to_python(stored[2:])])
    found = [[child.value["level"] for child in body] for body in bodies]
    assert found == [["h2", "h2", "h2", "h3"], ["h2", "h3"]]


def test_block_of_an_unknown_kind_is_left_out():
    stored = [
        {"type": "poll", "value": "x"},
        {"type": "paragraph", "value": "<p>un</p>"},
    ]
    one, other = load_together([BODY.to_python(stored), BODY.to_python(stored)])
    assert [child.block_type for child in [*one, *other]] == ["paragraph", "paragraph"]


def test_page_that_is_not_published_has_no_address(home):
    draft = home.add_child(instance=Page(title="Secret", slug="secret", live=False))
    texts = [f'<a linktype="page" id="{key}">mot</a>' for key in (draft.pk, 9**9)]
    (body,) = load_together(
        [BODY.to_python([{"type": "paragraph", "value": text} for text in texts])]
    )
    html = BODY.render(body)
    assert BeautifulSoup(html, "html.parser").select("a[href]") == []
    assert "secret" not in html


def test_text_that_leaves_a_tag_open_does_not_spill_over():
    stored = [
        {"type": "paragraph", "value": text} for text in ("<p>un <a ", "<p>deux</p>")
    ]
    (body,) = load_together([BODY.to_python(stored)])
    assert [child.value.html for child in body] == ["<p>un <a ", "<p>deux</p>"]
