"""The stages at which a resource helps: on its page, its card, and as a filter."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Locale, PageViewRestriction

from resources.enums import ResourceKind
from tests.factories.resources import (
    GuidePageFactory,
    SharedResourceFactory,
    SharingSpaceFactory,
    SiteDocumentFactory,
    StagePageFactory,
)

pytestmark = pytest.mark.django_db


def read(client, url):
    return BeautifulSoup(client.get(url).content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


def titles(soup):
    return texts(soup, ".rooms h3")


def share(title, *stages, **fields):
    resource = SharedResourceFactory(title=title, **fields)
    resource.stages = stages
    resource.save()
    return resource


@pytest.fixture
def guide():
    return GuidePageFactory(title="Ouvrir", slug="ouvrir")


@pytest.fixture
def stages(guide):
    return [
        StagePageFactory(parent=guide, title="Conception", slug="conception"),
        StagePageFactory(parent=guide, title="Juridique", slug="juridique"),
    ]


def test_page_and_card_lead_to_public_stages_in_order(client, guide, stages):
    draft = StagePageFactory(parent=guide, title="Canari", live=False)
    private = StagePageFactory(parent=guide, title="Canari privé")
    PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.LOGIN
    )
    hidden = GuidePageFactory(title="Canari guide")
    under = StagePageFactory(parent=hidden, title="Canari dessous")
    hidden.live = False
    hidden.save()
    share("Bail", *reversed(stages), draft, private, under, slug="bail")
    page = read(client, "/ressources/bail/")
    assert [link["href"] for link in page.select(".facts a")] == [
        "/guides/ouvrir/conception/",
        "/guides/ouvrir/juridique/",
    ]
    listed = read(client, "/ressources/")
    assert texts(listed, ".rooms .quiet a") == ["Conception", "Juridique"]
    assert "Canari" not in page.get_text() + listed.get_text()


def test_english_reader_is_led_to_the_english_stage_where_there_is_one(
    client, guide, stages
):
    english = Locale.objects.get(language_code="en")
    translated = stages[0].copy_for_translation(english, copy_parents=True)
    translated.title = "Design"
    translated.save_revision().publish()
    for page in translated.get_ancestors().filter(live=False):
        page.specific.save_revision().publish()
    share("Bail", *stages, slug="bail")
    links = read(client, "/en/ressources/bail/").select(".facts a")
    assert [(one.get_text(), one["href"], one.get("lang")) for one in links] == [
        ("Design", "/en/guides/ouvrir/conception/", None),
        ("Juridique", "/guides/ouvrir/juridique/", "fr"),
    ]


def test_list_is_filtered_by_stage(client, stages):
    conception, juridique = stages
    share("Bail", juridique)
    share("Plan", conception, juridique)
    share("Affiche", kind=ResourceKind.DOCUMENT)
    soup = read(client, "/ressources/?etape=juridique")
    assert titles(soup) == ["Bail", "Plan"]
    assert texts(soup, "select[name=etape] option") == [
        "Toutes",
        "Conception (1)",
        "Juridique (2)",
    ]
    assert soup.select_one("select[name=etape] option[selected]")["value"] == (
        "juridique"
    )
    assert texts(soup, "select[name=type] option") == ["Tous les types", "modèle (2)"]
    assert texts(soup, ".chips a")[0].startswith("Juridique")
    assert soup.title.get_text().startswith("Ressources partagées\xa0: Juridique")
    both = read(client, "/ressources/?etape=conception&q=plan")
    assert titles(both) == ["Plan"]


@pytest.mark.parametrize("word", ["inconnue", "brouillon", "a" * 5000])
def test_unknown_stage_answers_nothing(client, guide, stages, word):
    draft = StagePageFactory(parent=guide, slug="brouillon", live=False)
    share("Bail", draft, *stages)
    soup = read(client, f"/ressources/?etape={word}")
    assert titles(soup) == []
    assert texts(soup, ".empty h2") == ["Rien de partagé ne correspond"]


def test_stages_of_several_guides_that_share_a_word_share_its_choice(client, stages):
    other = GuidePageFactory(title="Animer", slug="animer")
    share("Bail", StagePageFactory(parent=other, title="Rythmer"), stages[0])
    share("Plan", StagePageFactory(parent=other, title="Idée", slug="conception"))
    soup = read(client, "/ressources/")
    assert texts(soup, "select[name=etape] option") == [
        "Toutes",
        "Conception (2)",
        "Rythmer (1)",
    ]
    soup = read(client, "/ressources/?etape=conception")
    assert titles(soup) == ["Bail", "Plan"]


def test_stages_of_the_same_name_are_told_apart_by_their_guides(client, stages):
    other = GuidePageFactory(title="À la campagne")
    same = StagePageFactory(parent=other, title="Juridique", slug="juridique")
    share("Bail", *stages, same, slug="bail")
    assert texts(read(client, "/ressources/bail/"), ".facts a") == [
        "Conception",
        "Juridique – Ouvrir",
        "Juridique – À la campagne",
    ]


def test_queries_do_not_grow_with_what_cards_show(client, stages, count_queries):
    def add():
        space = SharingSpaceFactory()
        resource = share(
            "Bail",
            *stages,
            space=space,
            document=SiteDocumentFactory(),
            editable_document=SiteDocumentFactory(),
            adapted_from=SharedResourceFactory(space=space),
        )
        SharedResourceFactory(adapted_from=resource, space=space)

    add()
    for url in ("/ressources/", "/en/ressources/?etape=juridique"):
        of_one = count_queries(lambda url=url: client.get(url))
        add()
        add()
        assert count_queries(lambda url=url: client.get(url)) == of_one
