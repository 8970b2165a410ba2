"""Words of the glossary inside rich text, from the database to the page and back."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.blocks import TEXT_FEATURES, BodyBlock
from resources.glossary.rich_text import FEATURE
from resources.models import GlossaryTerm, StagePage
from tests import personas
from tests.factories.resources import (
    GlossaryTermFactory,
    GuidePageFactory,
    StagePageFactory,
)

pytestmark = pytest.mark.django_db

BODY = BodyBlock()


def mark(term, text="la commission"):
    key = getattr(term, "pk", term)
    return f'<a linktype="glossary" id="{key}">{text}</a>'


def make_body(*paragraphs):
    return [{"type": "paragraph", "value": f"<p>{html}</p>"} for html in paragraphs]


def render(*paragraphs):
    return BeautifulSoup(
        BODY.render(BODY.to_python(make_body(*paragraphs))), "html.parser"
    )


def texts(soup, selector):
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


def test_word_leads_to_the_glossary_and_is_described_at_the_end_of_the_body():
    term = GlossaryTermFactory(
        name="Commission permanente", definition="Elle délibère."
    )
    soup = render(f"Vu par {mark(term)}.")
    (link,) = soup.select("a.term")
    assert link["href"] == f"/glossaire/#terme-{term.pk}"
    assert link.get_text() == "la commission"
    described_by = soup.find(id=link["aria-describedby"])
    assert described_by.name == "dd"
    assert described_by.get_text() == "Elle délibère."
    assert texts(soup, ".terms dt") == ["Commission permanente"]


def test_word_marked_twice_is_defined_once_and_words_stand_in_order():
    last, first = GlossaryTermFactory(name="Zone"), GlossaryTermFactory(name="Évasé")
    soup = render(mark(last) + mark(first), mark(last))
    assert texts(soup, ".terms dt") == ["Évasé", "Zone"]
    assert len(soup.select("a.term")) == 3


def test_body_without_a_word_is_left_as_it_is():
    GlossaryTermFactory()
    soup = render("Rien à définir.")
    assert soup.select(".terms") == []


def test_word_that_is_gone_stays_as_text():
    gone, kept = GlossaryTermFactory(), GlossaryTermFactory(name="Reste")
    body = (mark(gone, "parti"), mark(kept, "resté"))
    gone.delete()
    soup = render(*body)
    assert texts(soup, "p")[:2] == ["parti", "resté"]
    assert texts(soup, "a.term") == ["resté"]
    assert texts(soup, ".terms dt") == ["Reste"]
    kept.delete()
    soup = render(*body)
    assert texts(soup, "p") == ["parti", "resté"]
    assert soup.select("a[href], .terms") == []


@pytest.mark.parametrize("key", ["", "abc", "-1", "1.5", "9" * 5000, "١", "1 OR 1=1"])
def test_broken_key_stays_as_text(key):
    soup = render(mark(key, "mot"))
    assert texts(soup, "p") == ["mot"]
    assert soup.select("a[href], .terms") == []


def test_definition_is_shown_as_it_was_typed():
    term = GlossaryTermFactory(
        name="<b>gras</b>", definition="<script>alert(1)</script>"
    )
    soup = render(mark(term))
    assert soup.find("script") is None
    assert texts(soup, ".terms dd") == ["<script>alert(1)</script>"]


def test_two_bodies_of_one_page_have_no_id_in_common():
    term = GlossaryTermFactory()
    one, other = render(mark(term), "un"), render(mark(term), "deux")
    ids = [tag["id"] for soup in (one, other) for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids)) == 4


@pytest.mark.parametrize("words", [1, 3])
def test_one_query_for_the_words_of_a_body(words, django_assert_num_queries):
    paragraphs = [mark(GlossaryTermFactory()) for _ in range(words)]
    body = BODY.to_python(make_body(*paragraphs))
    with django_assert_num_queries(1):
        BODY.render(body)


def test_link_and_definition_follow_the_language_of_the_page():
    term = GlossaryTermFactory(name="Bail")
    with override("en"):
        soup = render(mark(term))
    assert soup.select_one("a.term")["href"] == f"/en/glossaire/#terme-{term.pk}"
    assert soup.select_one(".terms dl > div")["lang"] == "fr"


def test_rich_text_outside_a_body_leads_to_the_glossary():
    term = GlossaryTermFactory()
    assert expand_db_html(mark(term)) == (
        f'<a class="term" href="/glossaire/#terme-{term.pk}">la commission</a>'
    )


def test_editor_reads_and_writes_a_word():
    term = GlossaryTermFactory(name="Bail")
    converter = ContentstateConverter(features=TEXT_FEATURES)
    state = json.loads(
        converter.from_database_format(f"<p>{mark(term, 'un bail')}</p>")
    )
    (entity,) = state["entityMap"].values()
    assert entity["type"] == "GLOSSARY-TERM"
    assert entity["data"] == {"id": term.pk, "name": "Bail"}
    stored = BeautifulSoup(
        converter.to_database_format(json.dumps(state)), "html.parser"
    )
    assert stored.a.attrs == {"linktype": "glossary", "id": str(term.pk)}
    assert stored.a.get_text() == "un bail"


def test_editor_keeps_a_word_that_is_gone():
    converter = ContentstateConverter(features=TEXT_FEATURES)
    state = converter.from_database_format(f"<p>{mark(987, 'un bail')}</p>")
    assert json.loads(state)["entityMap"]["0"]["data"] == {"id": 987, "name": ""}
    assert 'id="987"' in converter.to_database_format(state)


def test_editor_offers_the_words_of_the_glossary(client):
    stage = StagePageFactory(parent=GuidePageFactory())
    client.force_login(personas.editor())
    page = client.get(reverse("wagtailadmin_pages:edit", args=[stage.pk]))
    assert page.status_code == 200
    assert "resources/glossary-term.js" in page.text
    assert reverse("wagtailsnippetchoosers_resources_glossaryterm:choose") in page.text


def test_chooser_lists_words_for_editors(client):
    GlossaryTermFactory(name="Commission permanente")
    client.force_login(personas.editor())
    address = reverse("wagtailsnippetchoosers_resources_glossaryterm:choose")
    response = client.get(address)
    assert response.json()["step"] == "choose"
    assert "Commission permanente" in response.json()["html"]


def test_feature_is_one_that_wagtail_knows():
    registry = FeatureRegistry()
    assert FEATURE in registry.get_default_features()
    assert FEATURE in TEXT_FEATURES


def test_admin_knows_where_a_word_is_used():
    term = GlossaryTermFactory()
    stage = StagePageFactory(parent=GuidePageFactory(), body=make_body(mark(term)))
    ReferenceIndex.create_or_update_for_object(stage)
    used = ReferenceIndex.get_references_to(term)
    assert [int(one.object_id) for one in used] == [stage.pk]


def test_deleting_a_used_word_breaks_no_page(client):
    term = GlossaryTermFactory(name="Bail")
    stage: StagePage = StagePageFactory(
        parent=GuidePageFactory(), body=make_body(mark(term, "le bail"))
    )
    client.force_login(personas.editor())
    viewset = GlossaryTerm.snippet_viewset
    response = client.post(reverse(viewset.get_url_name("delete"), args=[term.pk]))
    assert response.status_code == 302
    assert not GlossaryTerm.objects.exists()
    page = client.get(stage.url)
    assert page.status_code == 200
    assert "le bail" in page.text
    assert 'class="term"' not in page.text
    edited = client.get(reverse("wagtailadmin_pages:edit", args=[stage.pk]))
    assert edited.status_code == 200
