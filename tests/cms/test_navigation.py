from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Page, Site

from cms.models import MenuLink, NetworkSettings
from cms.navigation import (
    build_legal_links,
    build_menu,
    list_chosen_links,
    list_site_rooms,
)
from home.models import EditorialPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return Site.objects.get().root_page


@pytest.fixture
def settings_of_network():
    return NetworkSettings.for_site(Site.objects.get())


def add_page(home: Page, title: str, slug: str, **fields: object) -> EditorialPage:
    page = EditorialPage(title=title, slug=slug, **fields)
    home.add_child(instance=page)
    return page


def test_menu_shows_every_room_until_editors_choose(settings_of_network):
    labels = [
        link.label for link in build_menu(list_chosen_links(settings_of_network), "/")
    ]
    assert labels == [str(room.label) for room in list_site_rooms()]


def test_menu_shows_what_editors_chose(home, settings_of_network):
    page = add_page(home, "Le réseau", "le-reseau")
    draft = add_page(home, "Brouillon", "brouillon", live=False)
    for one in (page, draft):
        MenuLink.objects.create(settings=settings_of_network, page=one)
    links = build_menu(list_chosen_links(settings_of_network), "/le-reseau/")
    assert [(link.label, link.url, link.is_current) for link in links] == [
        ("Le réseau", "/le-reseau/", True)
    ]


def test_menu_link_is_a_page_or_a_room(home, settings_of_network):
    with pytest.raises(ValidationError, match="page"):
        MenuLink(settings=settings_of_network).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        MenuLink.objects.create(settings=settings_of_network, page=home, room="agenda")


def test_legal_links_are_the_live_pages_marked_for_menus(home):
    add_page(home, "Mentions légales", "mentions-legales", show_in_menus=True)
    add_page(home, "Contact", "contact")
    add_page(home, "Brouillon", "brouillon", show_in_menus=True, live=False)
    home.refresh_from_db()
    assert [link.label for link in build_legal_links(home)] == ["Mentions légales"]


def test_language_switch_leads_to_the_translation_or_says_home(client, home):
    page = add_page(home, "Le réseau", "le-reseau")
    response = client.get(page.url)
    links = response.context["language_links"]
    assert [(one.code, one.url, one.is_translated) for one in links] == [
        ("fr", "/le-reseau/", True),
        ("en", "/en/", False),
        ("br", "/br/", False),
    ]
