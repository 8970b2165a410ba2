"""Works have a licence; things and people have none, and nothing speaks of one."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from resources.enums import ResourceKind
from resources.models import SharedResource
from tests import personas
from tests.factories.network import SpaceFactory
from tests.factories.resources import SharedResourceFactory, SiteDocumentFactory

pytestmark = pytest.mark.django_db

THINGS = [kind for kind in ResourceKind if kind not in ResourceKind.works()]


def check(**fields):
    """Return the sentences by field, of a resource that is not saved."""
    resource = SharedResource(
        **{
            "title": "Budget",
            "slug": "budget",
            "kind": ResourceKind.TEMPLATE,
            "theme": "financer",
            "summary": "Pour compter.",
            "licence": "",
            **fields,
        }
    )
    try:
        resource.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def texts(soup, selector):
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


@pytest.mark.parametrize("kind", ResourceKind.works())
def test_work_needs_a_licence(kind):
    assert check(kind=kind) == {
        "licence": [
            "Choisissez une licence\xa0: sans elle, personne n’a le droit de copier ni "
            "de modifier ce qui a été écrit."
        ]
    }
    assert check(kind=kind, licence="cc0") == {}


@pytest.mark.parametrize("kind", THINGS)
def test_thing_needs_one_for_its_file_only(kind):
    assert check(kind=kind) == {}
    assert list(check(kind=kind, document=SiteDocumentFactory())) == ["licence"]


def test_file_to_change_comes_with_the_file_to_read():
    assert list(check(licence="cc0", editable_document=SiteDocumentFactory())) == [
        "editable_document"
    ]


@pytest.mark.parametrize("kind", THINGS)
def test_page_and_list_of_a_thing_speak_of_no_licence(client, kind):
    SharedResourceFactory(slug="chose", kind=kind, licence="", price="12 € la journée")
    page = client.get("/ressources/chose/")
    soup = BeautifulSoup(page.content, "html.parser")
    assert soup.select("#licence-title, #citation") == []
    assert "12 € la journée" in texts(soup, ".facts dd")
    listed = BeautifulSoup(client.get("/ressources/").content, "html.parser")
    assert texts(listed, "select[name=licence] option") == ["Toutes"]
    assert "None" not in listed.select_one(".rooms").get_text()
    assert "12 € la journée" in listed.select_one(".rooms").get_text()
    [entry] = SharedResource.objects.get().search_entries()
    assert "12 € la journée" in entry.body
    assert len(entry.tags) == 2


def test_adaptations_are_named_while_they_are_public(client):
    source = SharedResourceFactory(title="Règles", slug="regles")
    SharedResourceFactory(
        title="Règles d’atelier",
        slug="atelier",
        adapted_from=source,
        space=SpaceFactory(name="La Chaussonnerie"),
    )
    SharedResourceFactory(title="Canari", adapted_from=source, live=False)
    hidden = SpaceFactory(name="Canari", live=False)
    SharedResourceFactory(
        title="Règles de bourg", slug="bourg", adapted_from=source, space=hidden
    )
    page = BeautifulSoup(client.get("/ressources/regles/").content, "html.parser")
    facts = dict(zip(texts(page, ".facts dt"), texts(page, ".facts dd"), strict=True))
    assert facts["Adaptée depuis par"] == (
        "La Chaussonnerie : Règles d’atelierRègles de bourg"
    )
    listed = client.get("/ressources/").text.replace("\xa0", " ")
    assert "Adaptée depuis par La Chaussonnerie, « Règles de bourg »" in listed
    assert "Canari" not in page.get_text() + listed


@pytest.mark.parametrize(
    ("fields", "main"),
    [
        ({"document": True}, "Télécharger, PDF, 0,1 ko"),
        ({"url": "https://example.org/"}, "Ouvrir le lien"),
        ({}, "Demander"),
    ],
)
def test_main_action_is_the_file_the_link_or_a_message(client, fields, main):
    if "document" in fields:
        fields = {"document": SiteDocumentFactory()}
    owner = SpaceFactory()
    personas.member(spaces=[owner])
    SharedResourceFactory(slug="budget", space=owner, **fields)
    soup = BeautifulSoup(client.get("/ressources/budget/").content, "html.parser")
    assert texts(soup, ".page-head .button-main") == [main]
    assert texts(soup, "#demander .button") == ["Écrire un message"]
