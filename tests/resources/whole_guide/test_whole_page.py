"""The whole guide on one page: everything that may be read, in order, and no more."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, PageViewRestriction, Site

from cms.models import SiteImage
from home.models import HomePage
from resources.models import GuidePage, StagePage
from tests import personas
from tests.factories.resources import (
    GuideIndexPageFactory,
    GuidePageFactory,
    SheetPageFactory,
    StagePageFactory,
)
from tests.resources.whole_guide.guides import (
    CANARY,
    LATE,
    add_sheet,
    hide_parts,
    make_guide,
    restrict,
    write_body,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_monday"),
]
WHOLE = "/guides/ouvrir/imprimer/"


@pytest.fixture
def _monday():
    moment = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
    with time_machine.travel(moment, tick=False):
        yield


def read(client, url=WHOLE):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


def test_page_holds_the_guide_from_its_first_line_to_its_last(client):
    make_guide(stage_count=2)
    main = read(client).find("main")
    headings = [
        (one.name, " ".join(one.get_text().split()))
        for one in main.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
    ]
    assert headings == [
        ("h1", "Ouvrir un lieu"),
        ("h2", "Sommaire"),
        ("h2", "Étape 1 sur 2, Pièce 1"),
        ("h3", "Regarder"),
        ("h4", "De près"),
        ("h3", "Avant d’aller plus loin"),
        ("h3", "Fiche 1.1"),
        ("h4", "En bref"),
        ("h4", "Détail"),
        ("h4", "Sources"),
        ("h2", "Étape 2 sur 2, Pièce 2"),
        ("h3", "Regarder"),
        ("h4", "De près"),
        ("h3", "Avant d’aller plus loin"),
        ("h3", "Fiche 2.1"),
        ("h4", "En bref"),
        ("h4", "Détail"),
        ("h4", "Sources"),
    ]
    assert texts(main, ".boxes li") == ["Chose 1", "Chose 2"]
    assert texts(main, ".key-point li") == ["Une ligne.", "Une autre."] * 2
    assert texts(main, ".in-short dd") == ["9 ans"] * 2
    assert texts(main, ".sheet .prose li") == ["Code civil"] * 2
    assert texts(main, ".facts dd") == [
        "Porteurs de projet", "Un an", "Le groupe", "Le groupe",
    ]  # fmt: skip


def test_contents_lead_to_each_part_and_no_anchor_is_there_twice(client):
    make_guide(stage_count=3, sheet_count=2)
    soup = read(client)
    ids = [one["id"] for one in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    links = [one["href"].removeprefix("#") for one in soup.select(".whole-contents a")]
    assert links == [
        "etape-1", "fiche-1-1", "fiche-1-2",
        "etape-2", "fiche-2-1", "fiche-2-2",
        "etape-3", "fiche-3-1", "fiche-3-2",
    ]  # fmt: skip
    assert set(links) <= set(ids)


def test_words_of_the_glossary_are_defined_once_at_the_end(client):
    make_guide(stage_count=3)
    soup = read(client)
    assert texts(soup, ".terms dt") == ["bail"]
    described = {one["aria-describedby"] for one in soup.select("a.term")}
    assert [soup.find(id=one).get_text() for one in described] == ["Il dure neuf ans."]
    assert len(soup.select("a.term")) == 3
    assert soup.select_one("main .whole-stage:last-of-type ~ .terms") is not None


def test_links_of_the_site_say_their_whole_address(client):
    make_guide()
    links = [one["href"] for one in read(client).select(".whole-stage .prose a")]
    assert links[1:] == [
        "https://hub.test/guides/ouvrir/",
        "https://legifrance.invalid/a",
    ]


@pytest.mark.filterwarnings("ignore:Exception ignored in")
@pytest.mark.filterwarnings("ignore:Unclosed file")
def test_images_are_there_before_the_page_is_printed(client):
    guide = make_guide(stage_count=1)
    stage = guide.get_children().get()
    image = SiteImage.objects.create(title="Table", file=get_test_image_file())
    figure = {"image": image.pk, "alt": "Une table", "caption": 'loading="lazy"'}
    add_sheet(stage, title="Dessin", body=write_body(("figure", figure)))
    soup = read(client)
    assert [one.get("loading") for one in soup.select("figure img")] == [None]
    assert texts(soup, "figcaption") == ['loading="lazy"']


def test_page_says_which_sheets_are_late(client):
    guide = make_guide(stage_count=1)
    add_sheet(guide.get_children().get(), title="Vieille", verified_on=LATE)
    soup = read(client)
    assert texts(soup, ".whole-late") == ["Une fiche est à relire."]
    assert [one.split(" à relire")[0] for one in texts(soup, ".verified")] == [
        "Vérifié le 3 novembre 2026",
        "Vérifié pour la dernière fois le 2 janvier 2020",
    ]


def test_page_is_no_second_address_of_the_guide(client):
    make_guide()
    soup = read(client)
    assert soup.find("meta", {"name": "robots"})["content"] == "noindex"
    canonical = [one["href"] for one in soup.select("link[rel=canonical]")]
    assert canonical == ["https://hub.test/guides/ouvrir/"]
    assert soup.select("link[hreflang]") == []


def test_button_to_print_waits_for_its_script(client):
    make_guide()
    soup = read(client)
    assert [one.has_attr("hidden") for one in soup.select("[data-print]")] == [True]
    assert [one["href"] for one in soup.select(".actions a")] == [
        "/guides/ouvrir/guide.pdf"
    ]


def test_guide_without_stages_says_so(client):
    GuidePageFactory(slug="ouvrir")
    soup = read(client)
    assert len(soup.select(".empty")) == 1
    assert soup.select(".whole-contents") == []


def test_queries_do_not_grow_with_the_parts(client, count_queries):
    guide = make_guide(stage_count=1, sheet_count=1)
    of_one = count_queries(lambda: read(client))
    guide.delete()
    make_guide(stage_count=3, sheet_count=3)
    assert count_queries(lambda: read(client)) == of_one


def test_what_others_may_not_read_is_not_printed(client):
    guide = make_guide(stage_count=1)
    hide_parts(guide)
    client.force_login(personas.admin())
    soup = read(client)
    assert CANARY not in str(soup)
    assert texts(soup, ".whole-contents a") == ["Pièce 1", "Fiche 1.1"]


def test_guide_and_stage_lead_to_both(client):
    make_guide()
    doors = read(client, "/guides/ouvrir/").select("main .actions a")
    expected = ["/guides/ouvrir/imprimer/", "/guides/ouvrir/guide.pdf"]
    assert [one["href"] for one in doors] == expected
    stage = read(client, "/guides/ouvrir/piece-1/").select("main a")
    assert [one["href"] for one in stage if one["href"] in expected] == expected


def test_reserved_word_is_refused_to_a_stage():
    guide = make_guide()
    stage = StagePage(title="Imprimer", slug="imprimer")
    with pytest.raises(ValidationError) as refused:
        guide.add_child(instance=stage)
    assert "slug" in refused.value.message_dict


ADDRESSES = (WHOLE, "/guides/ouvrir/guide.pdf")


@pytest.mark.parametrize("address", ADDRESSES)
def test_guide_that_is_not_published_has_neither(client, address):
    guide = make_guide()
    guide.unpublish()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_guide_of_members_asks_who_comes(client, address):
    guide = make_guide()
    hide_parts(guide)
    restrict(guide)
    response = client.get(address)
    assert response.status_code == 302
    assert response.url == f"/espace/connexion/?next={address}"
    client.force_login(personas.other_member())
    response = client.get(address)
    assert response.status_code == 200
    assert CANARY.encode() not in response.content


@pytest.mark.parametrize("address", ADDRESSES)
def test_guide_of_a_group_is_for_that_group(client, address):
    restrict(make_guide(), PageViewRestriction.GROUPS)
    client.force_login(personas.other_member())
    assert client.get(address).status_code in (302, 403)


@pytest.mark.parametrize("address", ADDRESSES)
def test_guide_with_a_password_asks_for_it(client, address):
    restrict(make_guide(), PageViewRestriction.PASSWORD, password="sesame")
    response = client.get(address)
    assert "Pièce 1" not in response.text
    assert 'type="password"' in response.text


def test_members_guide_shows_its_stages_to_members(client):
    restrict(make_guide(stage_count=2))
    client.force_login(personas.other_member())
    assert texts(read(client), ".whole-contents li > a")[0] == "Pièce 1"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", ["editor", "moderator", "admin", "other_member"])
def test_public_guide_is_the_same_for_every_role(client, address, role):
    hide_parts(make_guide())
    client.force_login(getattr(personas, role)())
    response = client.get(address)
    assert response.status_code == 200
    assert CANARY.encode() not in response.content


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_read_alone(client, address):
    make_guide()
    assert client.head(address).status_code == 200
    assert client.head(address).content == b""


@pytest.mark.parametrize("language", ["en", "br"])
def test_guide_in_another_language_has_both(client, language):
    home = HomePage.objects.get(depth=2, locale__language_code=language)
    index = GuideIndexPageFactory(parent=home, locale=home.locale)
    guide = GuidePageFactory(
        parent=index, locale=home.locale, slug="open", title="Open"
    )
    stage = StagePageFactory(parent=guide, locale=home.locale, title="Room")
    SheetPageFactory(parent=stage, locale=home.locale, title="Lease")
    page = read(client, f"/{language}/guides/open/imprimer/")
    assert page.html["lang"] == language
    assert texts(page, ".whole-contents a") == ["Room", "Lease"]
    pdf = client.get(f"/{language}/guides/open/guide.pdf")
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")


def test_site_knows_no_other_word_below_a_guide(client):
    make_guide()
    assert Site.objects.get().root_page.live
    assert Locale.objects.count() == 3
    assert GuidePage.objects.count() == 1
    for word in ("imprimer.pdf", "guide.csv", "guide.json", "imprimer/tout/"):
        assert client.get(f"/guides/ouvrir/{word}").status_code == 404, word
