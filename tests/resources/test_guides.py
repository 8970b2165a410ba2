"""Guides, stages and sheets, as the public reads them."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from cms.models import User
from resources.models import GuidePage
from resources.models.guide import ChecklistItem
from resources.models.sheet import SheetSource
from tests.factories.network import UserFactory
from tests.factories.resources import (
    GuideIndexPageFactory,
    GuidePageFactory,
    SheetPageFactory,
    StagePageFactory,
)

pytestmark = pytest.mark.django_db
TODAY = time_machine.travel(
    datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC), tick=False
)


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


def make_guide(stage_count, sheet_count=1):
    guide = GuidePageFactory(slug="ouvrir", title="Ouvrir un lieu")
    for number in range(1, stage_count + 1):
        stage = StagePageFactory(parent=guide, title=f"Pièce {number}")
        stage.checklist.add(ChecklistItem(text=f"Chose {number}"))
        stage.save()
        for rank in range(1, sheet_count + 1):
            sheet = SheetPageFactory(parent=stage, title=f"Fiche {number}.{rank}")
            sheet.sources.add(SheetSource(title="Code civil"))
            sheet.save()
    return GuidePage.objects.get(pk=guide.pk)


def test_index_lists_guides_in_the_editors_order(client):
    index = GuideIndexPageFactory()
    first = GuidePageFactory(parent=index, title="Animer")
    second = GuidePageFactory(parent=index, title="Ouvrir")
    second.move(first, pos="left")
    soup = read(client, "/guides/")
    assert texts(soup, "main h2") == ["Ouvrir", "Animer"]


def test_empty_index_says_so(client):
    GuideIndexPageFactory()
    assert len(read(client, "/guides/").select(".empty")) == 1


def test_guide_shows_its_stages_in_order_with_their_sheets(client):
    make_guide(stage_count=2)
    soup = read(client, "/guides/ouvrir/")
    assert texts(soup, "h1") == ["Ouvrir un lieu"]
    assert texts(soup, ".path h2") == ["Étape 1 : Pièce 1", "Étape 2 : Pièce 2"]
    assert texts(soup, ".path .files a") == ["Fiche 1.1", "Fiche 2.1"]


def test_stage_says_where_it_stands(client):
    make_guide(stage_count=3)
    soup = read(client, "/guides/ouvrir/piece-2/")
    assert texts(soup, "h1") == ["2. Pièce 2"]
    assert texts(soup, ".page-head .part-of p") == [
        "Fait partie de : Ouvrir un lieu",
        "Étape 2 sur 3",
        "Précédente : 1. Pièce 1",
        "Suivante : 3. Pièce 3",
    ]
    assert texts(soup, ".toc [aria-current=step]") == ["2. Pièce 2"]
    assert texts(soup, ".next-door a b") == ["1. Pièce 1", "3. Pièce 3"]
    assert texts(soup, ".things-to-do li") == ["Chose 2"]
    assert texts(soup, ".breadcrumb li") == [
        "Accueil",
        "Guides",
        "Ouvrir un lieu",
        "Pièce 2",
    ]


def test_part_of_stands_before_the_title(client):
    make_guide(stage_count=1)
    page = client.get("/guides/ouvrir/piece-1/").content.decode()
    assert page.index("Fait partie de") < page.index("<h1>")
    sheet = client.get("/guides/ouvrir/piece-1/fiche-11/").content.decode()
    assert sheet.index("Étape 1 sur 1") < sheet.index("<h1>")


def test_first_and_last_stage_have_one_neighbour(client):
    make_guide(stage_count=2)
    first = read(client, "/guides/ouvrir/piece-1/")
    last = read(client, "/guides/ouvrir/piece-2/")
    assert texts(first, ".next-door b") == ["2. Pièce 2"]
    assert texts(last, ".next-door b") == ["1. Pièce 1"]


@TODAY
@pytest.mark.parametrize(
    ("verified_on", "words"),
    [
        (
            datetime.date(2026, 11, 3),
            "Vérifié le 3 novembre 2026 à relire avant le 3 novembre 2027",
        ),
        (
            datetime.date(2025, 11, 23),
            "Vérifié pour la dernière fois le 23 novembre 2025 à relire depuis le "
            "23 novembre 2026 : ne signez rien sur cette seule base",
        ),
        (
            None,
            "Pas encore vérifié personne n’a relu ses sources : "
            "ne signez rien sur cette seule base",
        ),
    ],
)
def test_sheet_says_when_it_was_checked(client, verified_on, words):
    guide = make_guide(stage_count=1, sheet_count=0)
    stage = guide.get_children().get()
    SheetPageFactory(parent=stage, title="Bail", verified_on=verified_on)
    soup = read(client, "/guides/ouvrir/piece-1/bail/")
    assert texts(soup, ".verified") == [words]


@TODAY
def test_guide_counts_the_sheets_to_check_again(client):
    guide = make_guide(stage_count=1, sheet_count=1)
    stage = guide.get_children().get()
    SheetPageFactory(parent=stage, verified_on=datetime.date(2020, 1, 1))
    facts = texts(read(client, "/guides/ouvrir/"), ".rooms-four .room:last-child dd")
    assert facts == ["Une étape, 2 fichesUne à relire"]


def test_sheet_gives_kind_short_lines_and_sources(client):
    make_guide(stage_count=1)
    soup = read(client, "/guides/ouvrir/piece-1/fiche-11/")
    assert texts(soup, ".sheet .tag") == ["Fiche juridique"]
    assert texts(soup, ".key-point li") == ["Une ligne.", "Une autre."]
    assert texts(soup, ".sheet .prose li") == ["Code civil"]


@pytest.mark.parametrize(
    "path",
    [
        "/guides/",
        "/guides/ouvrir/",
        "/guides/ouvrir/piece-1/",
        "/guides/ouvrir/piece-1/fiche-11/",
    ],
)
def test_queries_do_not_grow_with_children(client, count_queries, path):
    guide = make_guide(stage_count=1, sheet_count=1)
    of_one = count_queries(lambda: read(client, path))
    stage = guide.get_children().get()
    for number in (2, 3):
        GuidePageFactory(parent=guide.get_parent())
        SheetPageFactory(parent=stage, title=f"Fiche 1.{number}")
        SheetPageFactory(parent=StagePageFactory(parent=guide))
    assert count_queries(lambda: read(client, path)) == of_one


def leak_pages():
    """A draft and a private page of each kind, named with a canary."""
    guide = make_guide(stage_count=1)
    stage = guide.get_children().get()
    group = Group.objects.create(name="Comité")
    for factory, parent in (
        (GuidePageFactory, guide.get_parent()),
        (StagePageFactory, guide),
        (SheetPageFactory, stage),
    ):
        factory(parent=parent, title="Canari brouillon", live=False)
        hidden = factory(parent=parent, title="Canari privé")
        restriction = PageViewRestriction.objects.create(
            page=hidden, restriction_type=PageViewRestriction.GROUPS
        )
        restriction.groups.add(group)
    return guide


@pytest.mark.parametrize(
    "path",
    ["/guides/", "/guides/ouvrir/", "/guides/ouvrir/piece-1/", "/"],
)
def test_lists_hide_drafts_and_private_pages(client, path):
    leak_pages()
    assert "Canari" not in client.get(path).content.decode()


def test_private_guide_hides_what_stands_below_it():
    guide = make_guide(stage_count=1)
    restriction = PageViewRestriction.objects.create(
        page=guide, restriction_type=PageViewRestriction.LOGIN
    )
    stage = guide.get_children().get().specific
    sheet = stage.get_children().get().specific
    pages = [guide, stage, sheet]
    assert [list(page.search_entries()) for page in pages] == [[], [], []]
    restriction.delete()
    kinds = [
        entry.kind
        for page in pages
        for entry in type(page).objects.get(pk=page.pk).search_entries()
    ]
    assert kinds == ["guide", "stage", "sheet"]


def test_nothing_is_served_below_a_draft(client):
    guide = make_guide(stage_count=1)
    assert client.get("/guides/ouvrir/piece-1/").status_code == 200
    guide.unpublish()
    stage = guide.get_children().get().specific
    assert client.get("/guides/ouvrir/piece-1/").status_code == 404
    assert list(stage.search_entries()) == []


def test_stage_is_found_by_its_checklist():
    guide = make_guide(stage_count=1)
    stage = guide.get_children().get().specific
    assert [entry.body.strip() for entry in stage.search_entries()] == ["Chose 1"]


def test_editor_previews_a_draft_stage_among_the_others(client):
    guide = make_guide(stage_count=1)
    draft = StagePageFactory(parent=guide, title="En chantier", live=False)
    client.force_login(User.objects.create_superuser(email="a@hub.invalid"))
    response = draft.make_preview_request()
    soup = BeautifulSoup(response.render().content, "html.parser")
    assert texts(soup, ".part-of strong") == ["Étape 2 sur 2"]
    assert texts(soup, ".next-door b") == ["1. Pièce 1"]


def test_pages_hold_no_script_of_their_own():
    folder = Path(__file__).parents[2] / "resources/templates/resources"
    scripted = [
        path.name
        for path in folder.rglob("*.html")
        if re.search(r"<script(?! defer src=)|style=| on[a-z]+=", path.read_text())
    ]
    assert scripted == []


def test_private_guide_shows_its_stages_to_whoever_is_let_in(client):
    guide = make_guide(stage_count=2)
    first, second = guide.get_children().specific()
    SheetPageFactory(parent=first, title="Une fiche ouverte")
    for page in (guide, second):
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.LOGIN
        )
    client.force_login(UserFactory())

    whole = client.get(guide.url).content.decode()
    stage = client.get(first.url).content.decode()

    assert "Une fiche ouverte" in whole
    assert "Une fiche ouverte" in stage
    assert first.title in whole
    # Restricted once more: not even its name.
    assert second.title not in whole + stage
