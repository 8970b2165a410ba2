"""The member area's first page, and the one door of site and admin."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.urls import reverse

from tests import personas
from tests.events.member_site import NOW, draft_of
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

DASHBOARD = "/espace/"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


def test_visitor_is_sent_to_the_login(client):
    assert client.get(DASHBOARD).url == "/espace/connexion/?next=/espace/"


def test_member_logs_in_by_e_mail_and_arrives(client):
    person = personas.member()
    person.set_password("un-mot-de-passe-long")
    person.save()

    response = client.post(
        reverse("account_login"),
        {"login": "Ti-Numerik@hub.test", "password": "un-mot-de-passe-long"},
        follow=True,
    )

    html = response.content.decode()
    assert response.redirect_chain == [(DASHBOARD, 302)]
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == ["Votre espace"]
    assert "Ti Numerik" in html


def test_member_sees_the_next_dates_of_their_spaces_alone(client):
    person = personas.member()
    draft_of(person, title="La soupe")
    draft_of(personas.other_member(), title="Le secret des autres")
    client.force_login(person)

    html = client.get(DASHBOARD).content.decode()

    assert "La soupe" in html
    assert "secret" not in html
    assert reverse("wagtailadmin_home") not in html


@pytest.mark.parametrize("total", [1, 3])
def test_dashboard_costs_the_same_for_one_date_and_three(
    client, django_assert_num_queries, total
):
    person = personas.member()
    for number in range(total):
        draft_of(person, title=f"Soupe {number}")
    client.force_login(person)
    client.get(DASHBOARD)

    with django_assert_num_queries(31):
        html = client.get(DASHBOARD).content.decode()

    assert html.count('<th scope="row">') == total


def test_person_without_a_space_is_told_what_to_do(client):
    client.force_login(personas.member("new@hub.test", spaces=[]))

    html = client.get(DASHBOARD).content.decode()

    assert "Vous ne parlez pas encore pour un lieu" in html
    assert "new@hub.test" in html


def test_editor_finds_the_admin(client):
    client.force_login(personas.editor())

    html = client.get(DASHBOARD).content.decode()

    assert f'href="{reverse("wagtailadmin_home")}"' in html
    assert "Vous ne parlez pas encore" not in html


def test_closed_space_has_no_link(client):
    space = SpaceFactory(name="Le Lavoir", slug="le-lavoir", status="closed")
    client.force_login(personas.member(spaces=[space]))

    html = client.get(DASHBOARD).content.decode()

    assert "Le Lavoir" in html
    assert "/lieux/le-lavoir/" not in html


def test_member_at_the_admins_door_is_shown_the_way(client):
    client.force_login(personas.member())

    response = client.get("/admin/", follow=True)

    assert response.redirect_chain == [
        ("/admin/login/?next=/admin/", 302),
        (DASHBOARD, 302),
    ]
    html = response.content.decode()
    assert html.count("L’administration est réservée à l’équipe éditoriale") == 1
    assert "autorisation" not in html


def test_login_that_leads_to_the_admin_does_not_turn_in_circles(client):
    client.force_login(personas.member())

    response = client.get("/espace/connexion/?next=/admin/", follow=True)

    assert response.redirect_chain[-1] == (DASHBOARD, 302)
    assert response.status_code == 200


def test_visitor_at_the_admins_door_logs_in_at_the_one_door(client):
    response = client.get("/admin/snippets/", follow=True)

    assert response.redirect_chain == [
        ("/admin/login/?next=/admin/snippets/", 302),
        ("/espace/connexion/?next=/admin/snippets/", 302),
    ]


def test_editor_at_the_admins_door_goes_in(client):
    client.force_login(personas.editor())

    assert client.get("/admin/login/?next=/admin/pages/").url == "/admin/pages/"
    assert client.get("/admin/login/?next=https://evil.test/").url == "/admin/"


def test_posting_a_password_to_the_admins_door_does_nothing(client):
    assert client.post("/admin/login/", {"username": "x"}).status_code == 405


def test_menu_of_every_page_leads_to_the_member_area(client):
    html = client.get(reverse("account_login")).content.decode()

    menu = html.split('class="site-menu"')[1].split("</nav>")[0]
    assert f'href="{DASHBOARD}"' in menu
    assert "Espace membre" in menu
