"""Editors keep spaces and members in the admin, from the first save to the page."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from cms.models import User
from network.models import Space, SpaceMember
from network.viewsets import SpaceMemberViewSet, SpaceViewSet
from tests.factories.network import SpaceFactory, SpaceMemberFactory, UserFactory

pytestmark = pytest.mark.django_db

SPACES = SpaceViewSet().get_url_name
MEMBERS = SpaceMemberViewSet().get_url_name
NO_PRICE = {
    "prices-TOTAL_FORMS": "0",
    "prices-INITIAL_FORMS": "0",
    "prices-MIN_NUM_FORMS": "0",
    "prices-MAX_NUM_FORMS": "1000",
}
TI = {
    "name": "Ti Numerik",
    "slug": "ti-numerik",
    "status": "open",
    "kind_choices": ["coworking", "fablab"],
    "service_lines": "Fibre\nJardin",
    "postcode": "22110",
    "city": "Rostrenen",
    "zone": "Europe/Paris",
    "hours_mon": "9h-18h",
    "prices-TOTAL_FORMS": "1",
    "prices-INITIAL_FORMS": "0",
    "prices-MIN_NUM_FORMS": "0",
    "prices-MAX_NUM_FORMS": "1000",
    "prices-0-label": "Journée",
    "prices-0-amount_euros": "11",
    "prices-0-unit": "day",
    "prices-0-ORDER": "1",
}


@pytest.fixture
def moderator(client) -> User:
    user = UserFactory(is_staff=False)
    user.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(user)
    return user


def test_space_is_written_previewed_and_published(client, moderator):
    response = client.post(reverse(SPACES("add")), TI)
    assert response.status_code == 302, response.context["form"].errors
    space = Space.objects.get()
    assert client.get("/lieux/ti-numerik/").status_code == 404

    preview = reverse(SPACES("preview_on_edit"), args=[space.pk])
    changed = {**TI, "summary": "Un atelier en projet de page"}
    assert client.post(preview, changed).json()["is_valid"] is True
    page = client.get(preview)
    assert page.status_code == 200
    assert "Un atelier en projet de page" in page.content.decode()
    assert "Fibre" in page.content.decode()

    edit = reverse(SPACES("edit"), args=[space.pk])
    published = client.post(edit, {**TI, "action-publish": "1"})
    assert published.status_code == 302
    page = client.get("/lieux/ti-numerik/").content.decode()
    for text in ("Fibre", "11\xa0€ la journée", "9\xa0h\xa0– 18\xa0h", "Fablab"):
        assert text in page or text.lower() in page


def test_new_space_can_be_previewed_before_it_is_saved(client, moderator):
    preview = reverse(SPACES("preview_on_add"))
    assert client.post(preview, TI).json()["is_valid"] is True
    page = client.get(preview)
    assert page.status_code == 200
    assert "<h1>Ti Numerik</h1>" in page.content.decode()
    assert Space.objects.count() == 0


def test_mistake_in_a_day_comes_back_with_the_form(client, moderator):
    response = client.post(reverse(SPACES("add")), {**TI, "hours_mon": "matin"})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="matin"' in page
    assert "«\xa0matin\xa0» est illisible" in page
    assert Space.objects.count() == 0


@pytest.mark.parametrize("name", ["list", "add"])
def test_lists_and_forms_open(client, moderator, name):
    SpaceMemberFactory()
    assert client.get(reverse(SPACES(name))).status_code == 200
    assert client.get(reverse(MEMBERS(name))).status_code == 200


@pytest.mark.parametrize("query", ["?q=ti", '?q="', "?status=open&department=22"])
def test_list_of_spaces_can_be_searched(client, moderator, query):
    SpaceFactory()
    assert client.get(reverse(SPACES("list")) + query).status_code == 200


def test_moderator_says_who_speaks_for_a_space(client, moderator):
    space, person = SpaceFactory(), UserFactory()
    response = client.post(
        reverse(MEMBERS("add")),
        {
            "user": person.pk,
            "space": space.pk,
            "role": "manager",
            "since": "2026-11-23",
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    link = SpaceMember.objects.get()
    assert (link.user, link.space) == (person, space)
    assert list(Space.objects.managed_by(person, datetime.date(2026, 11, 23))) == [
        space
    ]


def test_account_is_found_by_a_part_of_its_address(client, moderator):
    UserFactory(email="accueil@ti-numerik.test", first_name="Nolwenn")
    UserFactory(email="bonjour@estran.test")
    results = reverse("account_chooser:choose_results")
    page = client.get(results, {"q": "NUMERIK"}).content.decode()
    assert "accueil@ti-numerik.test" in page
    assert "bonjour@estran.test" not in page


@pytest.mark.parametrize("name", ["choose", "choose_results"])
def test_accounts_are_not_for_every_editor(client, name):
    editor = UserFactory()
    group = Group.objects.create(name="Image keepers")
    group.permissions.add(
        *Group.objects.get(name="Editors").permissions.filter(codename="access_admin")
    )
    editor.groups.add(group)
    client.force_login(editor)
    UserFactory(email="accueil@ti-numerik.test")
    response = client.get(reverse(f"account_chooser:{name}"))
    assert response.status_code in {302, 403}
    assert "accueil@ti-numerik.test" not in response.content.decode()


def test_member_of_a_space_never_enters_the_admin(client):
    link = SpaceMemberFactory()
    client.force_login(link.user)
    for url in (
        reverse(SPACES("list")),
        reverse(SPACES("edit"), args=[link.space.pk]),
        reverse(MEMBERS("list")),
        reverse("account_chooser:choose"),
    ):
        assert client.get(url).status_code == 302
