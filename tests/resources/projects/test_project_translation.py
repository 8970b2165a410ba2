"""A project in several languages: words are translated, facts follow the French page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.operations import TranslationCreator

from resources.models import ProjectPage
from resources.models.project_funding import FACTS
from tests.factories.network import SpaceFactory
from tests.factories.resources import (
    GuidePageFactory,
    ProjectPageFactory,
    SharedResourceFactory,
)
from tests.resources.projects.reading import FUNDING, SOURCES, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    return Locale.objects.get(language_code="en")


def translate(page, locale):
    for one in (page.get_parent().specific, page):
        TranslationCreator(user=None, target_locales=[locale]).create_translations(one)
        one.get_translation(locale).get_latest_revision().publish()
    return ProjectPage.objects.get(locale=locale)


def make_project():
    return ProjectPageFactory(
        title="Ensemble",
        slug="ensemble",
        territory="Bretagne",
        partners=[
            {"space": SpaceFactory(), "is_coordinator": True, "role": "Aide"},
            {"name": "Kokerboom", "url": "https://kokerboom.invalid/"},
        ],
        phases=[
            {"number": 1, "title": "Compter", "starts": "2026-03", "purpose": "Savoir"}
        ],
        objectives=[{"number": "1", "text": "Recenser"}],
        actions=[
            {
                "text": "Lister",
                "state": "done",
                "since": "2026",
                "phase_number": 1,
                "objective_numbers": "1",
                "resource": SharedResourceFactory(),
                "page": GuidePageFactory(title="Ouvrir"),
            }
        ],
        fundings=[{**FUNDING, "kept_because": "Le numéro"}],
        sources=SOURCES,
    )


def test_words_alone_are_offered_to_translators():
    page = make_project()
    source, _created = TranslationSource.get_or_create_from_instance(page)
    segments = StringSegment.objects.filter(source=source)
    assert set(segments.values_list("string__data", flat=True)) == {
        "Ensemble", "Bretagne", "Aide", "Compter", "Savoir", "Recenser", "Lister",
        "Initialiser le réseau", "Le numéro", *(one["title"] for one in SOURCES),
    }  # fmt: skip


def test_facts_follow_the_french_page(english):
    page = make_project()
    translate(page, english)
    funding = page.fundings.get()
    funding.amount, funding.decided_on = 1_050, "2011-10"
    page.fundings = [funding]
    phase = page.phases.get()
    phase.ends = "2027"
    page.phases = [phase]
    partner, other = page.partners.all()
    other.is_coordinator, partner.is_coordinator = True, False
    page.partners = [other, partner]
    action = page.actions.get()
    action.state, action.reason = "abandoned", "Trop long"
    page.actions = [action]
    page.halt, page.halt_reason = "suspended", "Faute de temps"
    page.save_revision().publish()
    source = TranslationSource.objects.get_for_instance(page)
    source.update_from_db()
    Translation.objects.get(source=source, target_locale=english).save_target(
        publish=False
    )
    translated = ProjectPage.objects.get(locale=english).get_latest_revision_as_object()
    assert translated.halt == "suspended"
    [there] = translated.fundings.all()
    assert [there.get_fact(name) for name in FACTS] == [
        funding.get_fact(name) for name in FACTS
    ]
    assert [one.ends for one in translated.phases.all()] == ["2027"]
    assert [one.is_coordinator for one in translated.partners.all()] == [False, True]
    assert [one.state for one in translated.actions.all()] == ["abandoned"]


def test_page_in_another_language_says_dates_and_links_in_it(client, english):
    page = make_project()
    translated = translate(page, english)
    response = client.get("/en/projets/ensemble/")
    assert response.status_code == 200

    soup = BeautifulSoup(response.content, "html.parser")
    assert texts(soup, ".path .project-years") == ["from March 2026 on"]
    assert texts(soup, ".project-state li")[0] == "Under way"
    assert texts(soup, "[role=status]") == ["1 done of 1"]
    # The guide has no English page yet: its French one is there.
    assert texts(soup, ".decisions > li a")[-1] == "Ouvrir"
    assert translated.fundings_url == "/en/projets/ensemble/financements.csv"
    assert client.get(translated.fundings_url).status_code == 200
    assert client.get("/projets/ensemble/").status_code == 200


def test_projects_of_a_language_are_listed_alone(client, english):
    page = make_project()
    index = page.get_parent().specific
    TranslationCreator(user=None, target_locales=[english]).create_translations(index)
    index.get_translation(english).get_latest_revision().publish()
    response = client.get("/en/projets/")
    assert "Ensemble" not in response.content.decode()
