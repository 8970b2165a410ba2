"""Downloads, examples and help at a stage, as the public reads them."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup

from events.models import Event
from network.enums import SpaceStatus
from network.models import Space
from resources.enums import ResourceKind
from resources.models import SharedResource, StageExample
from tests.factories.events import EventFactory, EventTypeFactory
from tests.factories.network import SpaceFactory
from tests.factories.resources import (
    GuidePageFactory,
    SharedResourceFactory,
    SiteDocumentFactory,
    StagePageFactory,
)

pytestmark = pytest.mark.django_db
URL = "/guides/ouvrir/droit/"
NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
TODAY = time_machine.travel(NOW, tick=False)


def read(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


@pytest.fixture
def stage():
    return StagePageFactory(
        parent=GuidePageFactory(slug="ouvrir"), slug="droit", title="Droit"
    )


def share(stage, **values):
    """Publish a resource that is useful at ``stage``."""
    resource = SharedResourceFactory(**values)
    resource.stages.set([stage])
    resource.save()
    return resource


def offer(stage, postcode, title="Relecture", **values):
    space = SpaceFactory(
        name=f"Lieu {postcode}", slug=f"lieu-{postcode}", postcode=postcode
    )
    kind = values.pop("kind", ResourceKind.SERVICE)
    return share(stage, kind=kind, space=space, title=title, **values)


def test_templates_come_with_format_and_weight(client, stage):
    share(
        stage,
        title="Statuts",
        document=SiteDocumentFactory(),
        kind=ResourceKind.TEMPLATE,
    )
    share(stage, title="Canari", live=False, document=SiteDocumentFactory())
    share(StagePageFactory(parent=stage.get_parent()), title="Canari ailleurs")
    soup = read(client)
    assert texts(soup, "section[aria-labelledby=downloads-title] li > a") == [
        "Statuts",
        "Télécharger « Statuts » : PDF, 0,1 ko",
    ]
    assert "Canari" not in soup.get_text()


def test_resource_without_a_file_leads_to_its_page(client, stage):
    resource = share(stage, title="Tableau", url="https://tableau.invalid/")
    [link] = read(client).select("section[aria-labelledby=downloads-title] li > a")
    assert link["href"] == resource.get_absolute_url()


def test_examples_are_listed_spaces_in_order(client, stage):
    spaces = [
        SpaceFactory(name="Le Préau"),
        SpaceFactory(name="Canari fermé", status=SpaceStatus.CLOSED),
        SpaceFactory(name="Canari brouillon", live=False),
        SpaceFactory(name="L’Écluse", status=SpaceStatus.PROJECT),
    ]
    stage.examples.add(
        *(
            StageExample(
                space=space,
                text=f"Fait par {space}.",
                sort_order=n,
                locale=stage.locale,
            )
            for n, space in enumerate(spaces)
        )
    )
    stage.save()
    soup = read(client)
    examples = "section[aria-labelledby=examples-title]"
    assert texts(soup, f"{examples} h3") == ["Le Préau", "L’Écluse"]
    assert "Canari" not in soup.get_text()


def test_stage_without_any_says_nothing_of_them(client, stage):
    assert texts(read(client), "main section") == []


def test_everybody_who_can_help_comes_by_department(client, stage):
    offer(stage, "35000")
    offer(stage, "22110", kind=ResourceKind.SPEAKER)
    share(stage, kind=ResourceKind.SKILL, title="Du réseau", space=None)
    soup = read(client)
    assert texts(soup, "#aide h3") == ["Côtes-d’Armor", "Ille-et-Vilaine", "Partout"]
    assert texts(soup, "#aide option")[:3] == [
        "Tous les départements",
        "01 – Ain",
        "02 – Aisne",
    ]


def test_help_comes_nearest_first(client, stage):
    for postcode in ("29200", "22110", "56100", "35000", "44000", "97400"):
        offer(stage, postcode, title=f"Aide {postcode}")
    soup = read(client, f"{URL}?dep=22")
    assert texts(soup, "#aide :is(h3, .files-foot a)") == [
        "Côtes-d’Armor",
        "Lieu 22110",
        "Dans les départements voisins",
        "Lieu 29200",
        "Lieu 35000",
        "Lieu 56100",
    ]
    assert texts(soup, "#aide option[selected]") == ["22 – Côtes-d’Armor"]
    assert texts(read(client, f"{URL}?dep=29"), "#aide h3") == [
        "Finistère",
        "Dans les départements voisins",
        "Ailleurs dans la région",
    ]


def test_nobody_near_is_said(client, stage):
    offer(stage, "97400")
    soup = read(client, f"{URL}?dep=22")
    assert texts(soup, "#aide > p") == [
        "Côtes-d’Armor : personne n’y propose encore d’aide à cette étape, "
        "ni autour ni dans la région."
    ]


@pytest.mark.parametrize("department", ["99", "bzh", "é"])
def test_department_that_does_not_exist_is_said(client, stage, department):
    offer(stage, "35000")
    soup = read(client, f"{URL}?dep={department}")
    assert "Ce département n’existe pas" in texts(soup, "#aide > p")[0]
    assert texts(soup, "#aide h3") == ["Ille-et-Vilaine"]


def test_spaces_that_the_directory_does_not_list_help_nobody(client, stage):
    offer(stage, "35000", title="Canari")
    Space.objects.update(status=SpaceStatus.CLOSED)
    offer(stage, "22110")
    offer(stage, "29200", title="Canari", live=False)
    soup = read(client)
    assert "Canari" not in soup.get_text()
    assert texts(soup, "#aide .files-foot a") == ["Lieu 22110"]


def test_no_contact_is_shown(client, stage):
    offer(stage, "35000")
    Space.objects.update(email="canari@hub.invalid", phone="01 02 03 04 05")
    assert "canari" not in read(client).get_text()
    assert "01 02" not in read(client).get_text()


@TODAY
def test_next_public_workshop_of_the_space_is_told(client, stage):
    space = offer(stage, "35000").space
    workshop = EventTypeFactory(name="Atelier", slug="atelier", mark="workshop")
    days = {"Plus tard": 20, "Bientôt": 10, "Passé": -3}
    for title, days_away in days.items():
        EventFactory(
            title=title,
            type=workshop,
            host=space,
            start_date=NOW.date() + datetime.timedelta(days=days_away),
        )
    soon = NOW.date() + datetime.timedelta(days=1)
    EventFactory(title="Canari", type=EventTypeFactory(), host=space, start_date=soon)
    EventFactory(title="Canari", type=workshop, host=space, start_date=soon, live=False)
    EventFactory(
        title="Canari",
        type=workshop,
        host=space,
        start_date=soon,
        visibility="members",
    )
    EventFactory(
        title="Canari", type=workshop, host=space, start_date=soon, status="cancelled"
    )
    assert Event.objects.count() == 7
    assert texts(read(client), "#aide .files-foot p") == [
        "Avec : Lieu 35000, Rostrenen. Prochain atelier : Bientôt, jeudi 3 décembre"
    ]


def fill(stage, number):
    space = SpaceFactory(postcode=f"3500{number}")
    share(stage, kind=ResourceKind.SERVICE, space=space)
    share(stage, document=SiteDocumentFactory(), space=space)
    stage.examples.add(StageExample(space=space, text="Fait.", locale=stage.locale))
    stage.save()
    EventFactory(
        type=EventTypeFactory(name="Atelier", slug="atelier", mark="workshop"),
        host=space,
        start_date=NOW.date() + datetime.timedelta(days=5),
    )


@TODAY
def test_queries_do_not_grow_with_help(client, stage, count_queries):
    fill(stage, 1)
    assert count_queries(lambda: read(client)) == 28
    fill(stage, 2)
    fill(stage, 3)
    assert len(texts(read(client), "#aide .files-foot")) == 3
    assert count_queries(lambda: read(client)) == 28


def test_resource_of_several_languages_of_a_stage_comes_once(client, stage):
    resource = share(stage, title="Statuts")
    assert list(SharedResource.objects.useful_at(stage.translation_key)) == [resource]
