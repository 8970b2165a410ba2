"""Projects on the page of a space and on the home page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override
from wagtail.models import Locale, PageViewRestriction
from wagtail_localize.operations import TranslationCreator

from resources.projects.panels import HomeProjectsPanel, SpaceProjectsPanel
from tests.factories.network import SpaceFactory
from tests.factories.resources import ProjectIndexPageFactory, ProjectPageFactory
from tests.resources.projects.reading import texts

pytestmark = pytest.mark.django_db

NOW = [{"number": 1, "title": "a", "starts": "2025", "ends": "2027"}]
THEN = [{"number": 1, "title": "a", "starts": "2011", "ends": "2014"}]


@pytest.fixture
def request_(rf):
    return rf.get("/")


def test_space_panel_names_its_projects_with_its_part(request_):
    space = SpaceFactory()
    assert SpaceProjectsPanel().render(request_, space) == ""
    mine = {"space": space, "is_coordinator": True, "role": "Tient la liste."}
    ProjectPageFactory(title="Matériel", phases=NOW, partners=[{"name": "x"}, mine])
    ProjectPageFactory(title="Aquitaine", phases=THEN, partners=[{"space": space}])
    ProjectPageFactory(title="Canari", partners=[{"space": SpaceFactory()}])
    html = SpaceProjectsPanel().render(request_, space)
    soup = BeautifulSoup(html, "html.parser")
    assert texts(soup, "li") == [
        "Aquitaine Terminé, 2011–2014",
        "Matériel En cours, 2025–2027 Coordonne le projet. Tient la liste.",
    ]


def test_space_panel_hides_what_is_not_public(request_):
    space = SpaceFactory()
    rows = {"partners": [{"space": space}], "title": "Canari"}
    ProjectPageFactory(live=False, **rows)
    hidden = ProjectPageFactory(**rows)
    PageViewRestriction.objects.create(
        page=hidden, restriction_type=PageViewRestriction.LOGIN
    )
    assert SpaceProjectsPanel().render(request_, space) == ""
    shown = ProjectPageFactory(**rows)
    assert SpaceProjectsPanel().render(request_, space) != ""
    shown.get_parent().unpublish()
    assert SpaceProjectsPanel().render(request_, space) == ""


def test_space_panel_shows_a_project_once_in_each_language(request_):
    space = SpaceFactory()
    page = ProjectPageFactory(title="Matériel", partners=[{"space": space}])
    english = Locale.objects.get(language_code="en")
    for one in (page.get_parent().specific, page):
        TranslationCreator(user=None, target_locales=[english]).create_translations(one)
        one.get_translation(english).get_latest_revision().publish()
    with override("en"):
        soup = BeautifulSoup(
            SpaceProjectsPanel().render(request_, space), "html.parser"
        )
    assert [one["href"] for one in soup.select("a")] == ["/en/projets/materiel/"]
    soup = BeautifulSoup(SpaceProjectsPanel().render(request_, space), "html.parser")
    assert [one["href"] for one in soup.select("a")] == ["/projets/materiel/"]
    with override("br"):
        soup = BeautifulSoup(
            SpaceProjectsPanel().render(request_, space), "html.parser"
        )
    assert [(one["lang"], one.a["href"]) for one in soup.select("li")] == [
        ("fr", "/projets/materiel/")
    ]


def test_panels_cost_the_same_for_one_project_and_three(request_, count_queries):
    space = SpaceFactory()
    rows = {"phases": NOW, "partners": [{"space": space}]}

    def render():
        assert SpaceProjectsPanel().render(request_, space)
        assert HomeProjectsPanel().render(request_)

    ProjectPageFactory(**rows)
    of_one = count_queries(render)
    ProjectPageFactory.create_batch(2, **rows)
    assert count_queries(render) == of_one


def test_home_panel_shows_what_is_under_way(request_):
    index = ProjectIndexPageFactory()
    ProjectPageFactory(title="Fini", phases=THEN)
    assert HomeProjectsPanel().render(request_) == ""
    ProjectPageFactory(title="Matériel", phases=NOW)
    ProjectPageFactory(title="Canari", phases=NOW, live=False)
    soup = BeautifulSoup(HomeProjectsPanel().render(request_), "html.parser")
    assert texts(soup, "h3") == ["Matériel"]
    assert soup.select_one(".section-head a")["href"] == "/projets/"
    index.unpublish()
    assert HomeProjectsPanel().render(request_) == ""


def test_space_page_carries_the_panel(client):
    space = SpaceFactory(slug="estran")
    ProjectPageFactory(title="Matériel", phases=NOW, partners=[{"space": space}])
    assert "Matériel" in client.get("/lieux/estran/").content.decode()
