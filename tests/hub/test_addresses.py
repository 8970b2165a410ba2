"""Addresses of the site as a whole: languages, one door, hostile input."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "language"), [("/", "fr"), ("/en/", "en"), ("/br/", "br")]
)
def test_each_language_has_its_home_page(client, path, language):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in response.text


def test_language_comes_from_the_address_alone(client):
    response = client.get("/", headers={"accept-language": "en"})
    assert response.headers["Content-Language"] == "fr"
    assert "Accept-Language" not in response.headers.get("Vary", "")


def test_french_has_no_prefix(client):
    assert client.get("/fr/").status_code == 404


def test_addresses_are_the_same_words_in_each_language():
    paths = []
    for language in ("fr", "en", "br"):
        with translation.override(language):
            paths.append(reverse("account_login"))
    assert paths == [
        "/espace/connexion/",
        "/en/espace/connexion/",
        "/br/espace/connexion/",
    ]


def test_admin_login_leads_to_the_one_door(client):
    response = client.get("/admin/login/?next=/admin/pages/")
    assert response.status_code == 302
    assert response.url == "/espace/connexion/?next=/admin/pages/"


def test_admin_login_takes_no_password(client, admin_user):
    client.post("/admin/login/", {"username": admin_user.email, "password": "password"})
    assert client.get("/admin/").status_code == 302


def test_login_of_private_pages_leads_to_the_one_door(client, admin_user):
    response = client.get("/en/_util/login/?next=/en/")
    assert response.status_code == 302
    assert response.url == "/en/espace/connexion/?next=/en/"
    client.post("/_util/login/", {"username": admin_user.email, "password": "password"})
    assert client.get("/admin/").status_code == 302


def test_address_longer_than_any_is_unknown(client):
    # Python reads no number of 5,000 digits: the view of documents would fail.
    response = client.get(f"/documents/{'9' * 5000}/a.pdf")
    assert response.status_code == 404
    assert 'href="/"' in response.text


def test_nobody_signs_up_alone(client, django_user_model):
    response = client.post(
        "/espace/inscription/",
        {"email": "someone@example.org", "password1": "x" * 20, "password2": "x" * 20},
    )
    assert response.status_code == 200
    assert not django_user_model.objects.exists()


@pytest.mark.parametrize("address", ["/?q=%00", "/recherche/?q=a%00b", "/agenda/%00/"])
def test_nul_in_an_address_is_refused(client, address):
    assert client.get(address).status_code == 400


def test_unknown_address_is_a_page_that_helps(client):
    response = client.get("/nulle-part/")
    assert response.status_code == 404
    assert 'href="/"' in response.text


def test_public_pages_load_from_the_site_only(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "script-src 'self';" in f"{policy};"
    assert "unsafe-inline" not in policy


def test_admin_pages_may_write_inline_scripts(admin_client):
    policy = admin_client.get("/admin/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy


def test_visitor_gets_no_cookie(client):
    response = client.get("/")
    assert response.cookies == {}


def test_site_is_framed_by_the_preview_of_its_admin_only(admin_client, client):
    home = Page.objects.get(slug="accueil")
    assert client.get("/").headers["X-Frame-Options"] == "DENY"
    preview = admin_client.get(f"/admin/pages/{home.pk}/edit/preview/")
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
