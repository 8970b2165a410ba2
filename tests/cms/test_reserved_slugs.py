"""Pages never hide behind an address of the site."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.models import User
from cms.reserved_slugs import find_reserved_slugs, list_first_level_slugs
from resources.models import GuideIndexPage
from tests.factories.resources import (
    CharterPageFactory,
    GuideIndexPageFactory,
    GuidePageFactory,
    find_home,
)

pytestmark = pytest.mark.django_db


def test_first_level_words_are_those_the_site_serves():
    expected = {
        "admin",
        "agenda",
        "br",
        "documents",
        "en",
        "espace",
        "fr",
        "health",
        "lieux",
        "media",
        "recherche",
        "ressources",
        "static",
    }
    assert expected - list_first_level_slugs() == set()
    assert "guides" not in list_first_level_slugs()


def test_words_below_a_page_are_its_routes_and_its_promises():
    charter_page = CharterPageFactory()
    guide = GuidePageFactory()
    assert find_reserved_slugs(charter_page) == {"v", "comparer", "signataires"}
    assert find_reserved_slugs(guide) == {"imprimer"}
    assert find_reserved_slugs(guide.get_parent()) == frozenset()


def test_reserved_word_is_refused_to_an_existing_page():
    index = GuideIndexPageFactory()
    index.slug = "agenda"
    with pytest.raises(ValidationError) as refused:
        index.save()
    assert list(refused.value.message_dict) == ["slug"]


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser(email="admin@hub.invalid"))
    return client


def send_new_index(editor, **fields):
    body = {
        "title": "Guides",
        "slug": "guides",
        "introduction": "",
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        **fields,
    }
    parent = find_home()
    url = reverse(
        "wagtailadmin_pages:add", args=("resources", "guideindexpage", parent.pk)
    )
    return editor.post(url, body)


def test_editor_is_told_that_the_word_is_taken(editor):
    response = send_new_index(editor, slug="agenda")
    assert response.status_code == 200
    assert "est une adresse du site lui-même" in response.content.decode()
    assert not GuideIndexPage.objects.exists()


def test_editor_publishes_under_a_free_word(editor):
    assert send_new_index(editor, **{"action-publish": "1"}).status_code == 302
    assert editor.get("/guides/").status_code == 200


def test_address_made_of_a_title_has_no_accent():
    assert GuidePageFactory(title="Démarches à l’envers").slug == "demarches-a-lenvers"
