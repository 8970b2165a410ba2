"""The doors of the site: mail links, where a login leads, what caches may keep."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from cms.models import User
from tests import personas

pytestmark = pytest.mark.django_db


def test_link_of_a_new_password_stands_on_our_own_host(
    client, django_capture_on_commit_callbacks
):
    User.objects.create_user("ti-numerik@hub.test", "a long enough password")
    with django_capture_on_commit_callbacks(execute=True):
        # A host that is allowed, yet is not the one people know.
        client.post(
            reverse("account_reset_password"),
            {"email": "ti-numerik@hub.test"},
            headers={"host": "localhost", "x-forwarded-host": "evil.test"},
        )
    (message,) = mail.outbox
    links = re.findall(r"https?://\S+", message.body)
    assert links
    assert all(link.startswith(settings.SITE_URL) for link in links), links


def test_unknown_host_is_refused(client):
    assert client.get("/", headers={"host": "evil.test"}).status_code == 400


@pytest.mark.parametrize(
    "wanted",
    ["//evil.test", "https:evil.test", "\\\\evil.test", "https://evil.test/", "/\\evil",
     "javascript:alert(1)", "http:///evil.test", "\x01//evil.test"],
)  # fmt: skip
def test_login_leads_nowhere_else(client, wanted):
    User.objects.create_user("ti-numerik@hub.test", "a long enough password")
    response = client.post(
        reverse("account_login"),
        {
            "login": "ti-numerik@hub.test",
            "password": "a long enough password",
            "next": wanted,
        },
    )
    assert response.status_code == 302
    assert response.url == reverse("member_dashboard")
    assert "evil" not in client.get("/admin/login/", {"next": wanted}).url


@pytest.mark.parametrize(
    "path", ["/", "/agenda/", "/lieux/", "/ressources/", "/espace/"]
)
def test_shared_cache_gives_nobody_s_page_to_another(client, path):
    member = personas.member()
    for_all = client.get(path).content
    client.force_login(member)
    response = client.get(path)
    caching = response.headers.get("Cache-Control", "")
    is_apart = "private" in caching or "Cookie" in response.headers.get("Vary", "")
    assert is_apart or response.content == for_all
