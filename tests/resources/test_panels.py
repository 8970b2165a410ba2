"""What the room shows on the home page and on a space's page."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override

from resources.panels import CharterPanel, GuidePanel, SpaceResourcesPanel
from tests.factories.resources import (
    CharterPageFactory,
    CharterVersionFactory,
    GuidePageFactory,
    SharedResourceFactory,
    SharingSpaceFactory,
    StagePageFactory,
)

pytestmark = pytest.mark.django_db


def texts(html, selector):
    soup = BeautifulSoup(html, "html.parser")
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


@pytest.fixture
def request_(rf):
    return rf.get("/")


def test_guide_panel_shows_the_first_guides_stages(request_):
    guide = GuidePageFactory(title="Ouvrir")
    StagePageFactory(parent=guide, title="Conception", duration="Deux mois")
    StagePageFactory(parent=guide, title="Canari", live=False)
    StagePageFactory(parent=GuidePageFactory(), title="Canari")
    html = GuidePanel().render(request_)
    assert texts(html, "h3") == ["Conception"]
    assert texts(html, "li p") == ["Deux mois"]
    assert "lang=" not in html


def test_guide_panel_marks_the_french_guide_on_an_english_page(request_):
    StagePageFactory(parent=GuidePageFactory())
    with override("en"):
        assert 'lang="fr"' in GuidePanel().render(request_)


def test_guide_panel_is_silent_without_a_public_guide(request_):
    guide = GuidePageFactory(live=False)
    StagePageFactory(parent=guide)
    assert GuidePanel().render(request_) == ""


def test_charter_panel_shows_the_statement_and_the_articles(request_):
    page = CharterPageFactory()
    assert CharterPanel().render(request_) == ""
    CharterVersionFactory(charter=page.charter, published=datetime.date(2026, 3, 12))
    CharterVersionFactory(charter=page.charter, texts=["Canari"])
    html = CharterPanel().render(request_)
    assert texts(html, "blockquote") == [page.charter.summary]
    assert texts(html, ".files a") == ["Ouvrir la porte", "À voix égale"]


def test_space_panel_shows_what_the_space_shares(request_):
    space = SharingSpaceFactory()
    assert SpaceResourcesPanel().render(request_, space) == ""
    SharedResourceFactory(title="Budget", space=space)
    SharedResourceFactory(title="Canari", space=space, live=False)
    SharedResourceFactory(title="Canari", space=SharingSpaceFactory())
    html = SpaceResourcesPanel().render(request_, space)
    assert texts(html, "h3") == ["Budget"]
