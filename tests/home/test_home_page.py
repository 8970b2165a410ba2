"""The home page, of a network that lives and of one that begins."""

from __future__ import annotations

import datetime

import pytest
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Locale

from home.models import EditorialPage, HomePage
from tests.factories.events import EventFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home_page():
    return HomePage.objects.get(locale=Locale.objects.get(language_code="fr"))


def make_coming_dates(count):
    today = timezone.localdate()
    return [
        EventFactory(start_date=today + datetime.timedelta(days=10 + number))
        for number in range(count)
    ]


@pytest.mark.parametrize("path", ["/", "/en/", "/br/"])
def test_home_page_of_an_empty_network_stands(client, path):
    html = client.get(path).content.decode()

    assert html.count("<h1") == 1
    assert "hero-next" not in html
    assert 'class="lit"' not in html


def test_home_page_shows_the_next_date_and_counts(client):
    first, *_others = make_coming_dates(3)
    SpaceFactory.create_batch(2)

    html = client.get("/").content.decode()

    assert f'<h2 id="next-event"><a href="/agenda/{first.slug}/">' in html
    assert html.count('class="lit"') == 1
    assert "3 rendez-vous à venir" in html
    assert "2 lieux" in html


def test_home_page_sends_each_room_to_the_agenda(client):
    make_coming_dates(1)

    html = client.get("/").content.decode()

    assert 'class="lit" href="/agenda/?type=drink-and-co"' in html


def test_home_page_says_its_headline_and_what_the_network_holds_to(client, home_page):
    home_page.headline = "Poussez <la> porte"
    home_page.statement = "Un lieu, une voix."
    home_page.save()

    html = client.get("/").content.decode()

    assert '<h1 id="headline">Poussez &lt;la&gt; porte</h1>' in html
    assert "<p>Un lieu, une voix.</p>" in html


@pytest.mark.parametrize("count", [1, 3])
def test_home_page_costs_four_queries_besides_panels(
    count, home_page, django_assert_num_queries
):
    make_coming_dates(count)
    SpaceFactory.create_batch(count)

    with django_assert_num_queries(4):
        home_page.get_context(RequestFactory().get("/"))


def test_home_page_can_be_previewed_as_a_draft(home_page):
    make_coming_dates(1)
    home_page.headline = "Brouillon"

    response = home_page.make_preview_request()

    assert response.status_code == 200
    assert "Brouillon" in response.render().content.decode()


def test_editorial_page_shows_title_introduction_and_body(client, home_page):
    page = EditorialPage(
        title="Le réseau",
        slug="a-propos",
        introduction="D’où il vient.",
        body='[{"type": "heading", "value": {"text": "Ensemble", "level": "h2"}}]',
    )
    home_page.add_child(instance=page)

    html = client.get("/a-propos/").content.decode()

    assert html.count("<h1>Le réseau</h1>") == 1
    assert '<p class="lead">D’où il vient.</p>' in html
    assert "Ensemble</h2>" in html
