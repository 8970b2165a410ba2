"""Logging in and its neighbours, in the site's frame."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("connexion/", "Log in"),
        ("inscription/", "Accounts are opened by the network"),
        ("compte-inactif/", "This account is asleep"),
        ("mot-de-passe/oublie/", "Forgotten password"),
        ("mot-de-passe/oublie/envoye/", "A link is on its way"),
        ("mot-de-passe/nouveau/1-x/", "This link no longer opens"),
        ("mot-de-passe/nouveau/fait/", "Your password is changed"),
    ],
)
def test_account_page_stands_in_the_frame(client, path, heading):
    html = client.get(f"/en/espace/{path}").content.decode()
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == [heading]
    assert re.search(r"<title>(.*?) – ", html)[1] == heading
    assert '<main id="contenu" tabindex="-1">' in html


def test_wrong_password_keeps_the_address_and_says_so_in_the_title(client):
    response = client.post(
        "/en/espace/connexion/", {"login": "nobody@hub.invalid", "password": "wrong"}
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert re.search(r"<title>(.*?) – ", html)[1] == "Error: Log in"
    assert 'value="nobody@hub.invalid"' in html
    assert "wrong" not in html
    assert "data-error-summary" in html
