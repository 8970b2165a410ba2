"""What people type is shown as they typed it and never runs."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup

from events.models import DecisionStep, MinutesTheme
from network.models import Space
from resources.models import SharedResource
from tests.factories.decisions import DecisionFactory, TopicFactory
from tests.factories.events import EventFactory, MinutesFactory
from tests.factories.network import SpaceFactory
from tests.factories.resources import SharedResourceFactory

pytestmark = pytest.mark.django_db

CORPUS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "'-alert(1)-'",
    "{{ 7|add:7 }}{% load i18n %}",
    "<svg/onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "javascript:alert(1)",
]


def list_what_runs(html: str) -> list[str]:
    """Return the scripts, handlers and addresses of ``html`` that would run."""
    soup = BeautifulSoup(html, "html.parser")
    scripts = [
        tag
        for tag in soup.find_all("script")
        if not tag.get("src") and tag.get("type") != "application/ld+json"
    ]
    handlers = [
        tag for tag in soup.find_all(True) if any(a.startswith("on") for a in tag.attrs)
    ]
    addresses = soup.select('a[href^="javascript:"]')
    return [str(tag) for tag in (*scripts, *handlers, *addresses)]


def test_list_what_runs_sees_each_way_in():
    html = '<script>1</script><img onerror="1"><a href="javascript:1">x</a>'
    assert len(list_what_runs(html)) == 3


@pytest.mark.parametrize("text", CORPUS)
def test_date_shows_typed_text(client, text):
    event = EventFactory(
        title=text,
        summary=text,
        description=text,
        price=text[:80],
        venue=None,
        venue_name=text,
        venue_city=text[:80],
    )
    page = client.get(event.get_absolute_url())
    assert list_what_runs(page.text) == []
    assert BeautifulSoup(page.text, "html.parser").h1.get_text(strip=True) == text
    facts = BeautifulSoup(page.text, "html.parser").select(
        'script[type="application/ld+json"]'
    )
    assert [json.loads(one.string)["name"] for one in facts] == [text]
    for address in ("/agenda/", "/", "/recherche/?q=alert", "/agenda/?q=alert"):
        assert list_what_runs(client.get(address).text) == []


@pytest.mark.parametrize("text", CORPUS)
def test_space_and_resource_show_typed_text(client, text):
    space: Space = SpaceFactory(
        name=text, summary=text, description=text, city=text[:80], access=text
    )
    resource: SharedResource = SharedResourceFactory(
        title=text, summary=text, description=text, space=space
    )
    for address in (
        space.get_absolute_url(),
        "/lieux/",
        resource.get_absolute_url(),
        "/ressources/",
        "/recherche/?q=alert",
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert list_what_runs(response.text) == []


@pytest.mark.parametrize("text", CORPUS)
def test_admin_lists_typed_text(admin_client, text):
    event = EventFactory(title=text)
    for address in (
        "/admin/snippets/events/event/",
        f"/admin/snippets/events/event/edit/{event.pk}/",
    ):
        html = admin_client.get(address).text
        assert "<script>alert(1)" not in html
        assert "<img src=x onerror" not in html
        assert "<svg/onload" not in html


@pytest.mark.parametrize("text", CORPUS)
def test_minutes_and_decisions_show_typed_text(client, text):
    minutes = MinutesFactory(introduction=text, event__title=text)
    theme = MinutesTheme.objects.create(
        minutes=minutes, question=text, text=text, links=f"{text}\nMots {text}"
    )
    decision = DecisionFactory(
        minutes=minutes, theme_key=theme.key, text=text, topic=TopicFactory(name=text)
    )
    DecisionStep.objects.create(
        decision=decision, state="done", note=text, at=minutes.first_published_at
    )
    for address in (
        minutes.event.get_absolute_url(),
        "/decisions/",
        decision.get_absolute_url(),
        "/recherche/?q=alert",
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert list_what_runs(response.text) == []
