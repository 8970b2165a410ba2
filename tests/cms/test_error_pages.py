"""Every error page says what happened and what to do, whatever is broken."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation


def read_heading(html: str) -> str:
    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert len(headings) == 1
    return headings[0].strip()


@pytest.mark.django_db
def test_unknown_address_is_answered_404_in_the_frame(client):
    response = client.get("/en/no-such-page/")
    html = response.content.decode()
    assert response.status_code == 404
    assert read_heading(html) == "This door opens onto a wall"
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    assert 'class="site-footer"' in html


@pytest.mark.django_db
def test_form_without_its_token_is_answered_403_with_what_to_do():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/en/espace/connexion/", {"login": "a@hub.invalid"})
    assert response.status_code == 403
    assert read_heading(response.content.decode()) == "Your form arrived too late"


@pytest.mark.parametrize(
    ("template", "heading"),
    [
        ("400.html", "This address makes no sense to us"),
        ("500.html", "Quelque chose s’est coincé"),
    ],
)
def test_page_needs_neither_request_nor_database(template, heading):
    with translation.override("en"):
        html = render_to_string(template)
    assert read_heading(html) == heading
    assert 'href="/"' in html


def test_500_speaks_the_three_languages():
    html = render_to_string("500.html")
    assert re.findall(r'\slang="(\w+)"', html) == ["fr", "en", "br"]
