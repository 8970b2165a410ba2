from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify

from events.models import Event, EventType
from home.models import EditorialPage, HomePage
from network.models import Space
from resources.models import SharedResource
from search.domain.query import parse_query
from search.domain.results import SearchFilters
from search.engines import get_engine

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def addresses(settings):
    try:
        reverse("events:event", args=["x"])
        reverse("network:space", args=["x"])
        reverse("resources:resource", args=["x"])
    except NoReverseMatch:
        settings.ROOT_URLCONF = "tests.search.urls"


@pytest.fixture
def search(db):
    """Ask the engine as the page does."""

    def ask(text, *, language="fr", kinds=(), page=1):
        query = parse_query(text, language)
        return get_engine().search(query, SearchFilters(TODAY, kinds), page)

    return ask


@pytest.fixture
def find_titles(search):
    def ask(text, **options):
        return [hit.title for hit in search(text, **options).hits]

    return ask


@pytest.fixture
def make_resource(db):
    def make(title, summary="Un modèle.", **fields):
        fields = {
            "slug": slugify(title),
            "kind": "template",
            "theme": "ouvrir",
            "licence": "cc0",
            "published_on": TODAY,
        } | fields
        return SharedResource.objects.create(title=title, summary=summary, **fields)

    return make


@pytest.fixture
def make_space(db):
    def make(name, **fields):
        return Space.objects.create(name=name, **{"slug": slugify(name)} | fields)

    return make


@pytest.fixture
def make_event(db):
    def make(title, day=TODAY, **fields):
        kind, _created = EventType.objects.get_or_create(
            slug="drink", defaults={"name": "Drink & co", "mark": "drink"}
        )
        start_at = datetime.datetime.combine(
            day, datetime.time(18), ZoneInfo("Europe/Paris")
        )
        fields = {
            "slug": f"{slugify(title)}-{day}",
            "type": kind,
            "start_date": day,
            "end_date": day,
            "start_time": datetime.time(18),
            "end_time": datetime.time(20),
            "start_at": start_at,
            "end_at": start_at + datetime.timedelta(hours=2),
        } | fields
        return Event.objects.create(title=title, **fields)

    return make


@pytest.fixture
def home_page(db):
    return HomePage.objects.get(locale__language_code="fr")


@pytest.fixture
def make_page(home_page):
    def make(title, parent=None, **fields):
        page = EditorialPage(title=title, slug=slugify(title), **fields)
        return (parent or home_page).add_child(instance=page)

    return make
