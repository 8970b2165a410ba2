"""What robots are told: where not to go, and what there is."""

from __future__ import annotations

import re

import pytest
from wagtail.models import Locale, PageViewRestriction

from events.enums import Visibility
from home.models import EditorialPage, HomePage
from network.enums import SpaceStatus
from tests.factories.events import EventFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


def read_paths(client, address):
    xml = client.get(address).content.decode()
    return re.findall(r"<loc>http://testserver([^<]+)</loc>", xml)


def make_page(slug, **values):
    home = HomePage.objects.get(locale=Locale.objects.get(language_code="fr"))
    page = EditorialPage(title=slug, slug=slug, **values)
    home.add_child(instance=page)
    return page


def test_robots_leave_admin_and_member_area_alone(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /espace/",
        "Disallow: /en/espace/",
        "Disallow: /br/espace/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_site_map_names_its_sections(client):
    assert read_paths(client, "/sitemap.xml") == [
        "/sitemap-pages.xml",
        "/sitemap-listes.xml",
        "/sitemap-rendez-vous.xml",
        "/sitemap-lieux.xml",
        "/sitemap-ressources.xml",
    ]


def test_pages_are_told_in_each_language_while_everybody_may_read_them(client):
    make_page("ouverte")
    make_page("brouillon", live=False)
    private = make_page("reservee")
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert read_paths(client, "/sitemap-pages.xml") == [
        "/",
        "/ouverte/",
        "/en/",
        "/br/",
    ]


def test_pages_below_an_unpublished_one_are_not_told(client):
    parent = make_page("parent")
    parent.add_child(instance=EditorialPage(title="enfant", slug="enfant"))
    parent.unpublish()

    assert "/parent/enfant/" not in read_paths(client, "/sitemap-pages.xml")


def test_lists_and_tools_are_told_in_each_language_and_answer(client):
    paths = read_paths(client, "/sitemap-listes.xml")

    assert [path for path in paths if not path.startswith(("/en/", "/br/"))] == [
        "/agenda/",
        "/agenda/abonnement/",
        "/decisions/",
        "/lieux/",
        "/ressources/",
        "/glossaire/",
        "/simulateur/",
    ]
    assert len(paths) == 3 * 7
    assert {client.get(path).status_code for path in paths} == {200}


def test_dates_are_told_while_they_are_public(client):
    event = EventFactory()
    EventFactory(visibility=Visibility.MEMBERS)
    EventFactory(live=False)

    assert read_paths(client, "/sitemap-rendez-vous.xml") == [f"/agenda/{event.slug}/"]


def test_spaces_are_told_while_they_are_listed(client):
    space = SpaceFactory()
    SpaceFactory(status=SpaceStatus.CLOSED)
    SpaceFactory(live=False)

    assert read_paths(client, "/sitemap-lieux.xml") == [f"/lieux/{space.slug}/"]


def test_unknown_section_is_not_found(client):
    assert client.get("/sitemap-inconnue.xml").status_code == 404
