from __future__ import annotations

import datetime
import re

import pytest

from events.enums import Visibility
from tests.factories.events import EventFactory, SeriesFactory
from tests.factories.network import SpaceMemberFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def titles(html):
    return re.findall(r'<h3><a href="/agenda/[^"]+">([^<]+)</a></h3>', html)


def test_series_shows_rhythm_next_and_past_dates(client):
    series = SeriesFactory(slug="drink", title="Drink & co du réseau")
    for key, day in enumerate(["2026-10-22", "2026-09-24", "2026-11-26", "2026-12-17"]):
        EventFactory(title=day, series=series, recurrence_key=str(key),
                     start_date=datetime.date.fromisoformat(day))  # fmt: skip
    EventFactory(title="Autre série")

    html = client.get("/agenda/serie/drink/").content.decode()

    assert titles(html) == ["2026-11-26", "2026-12-17", "2026-10-22", "2026-09-24"]
    assert "Le 4e jeudi du mois, 18 h 30" in html
    assert 'href="/agenda/serie/drink.ics"' in html
    assert "/agenda/?passes=1&amp;serie=drink" in html


@pytest.mark.parametrize(("count", "has_link"), [(12, False), (13, True)])
def test_series_shows_twelve_dates_to_come_and_leads_to_the_others(
    client, count, has_link
):
    series = SeriesFactory(slug="drink")
    for week in range(count):
        day = datetime.date(2026, 11, 26) + datetime.timedelta(weeks=week)
        EventFactory(title=f"{day}", series=series, recurrence_key=f"{week}",
                     start_date=day)  # fmt: skip

    html = client.get("/agenda/serie/drink/").content.decode()

    assert len(titles(html)) == 12
    assert ('href="/agenda/?serie=drink"' in html) == has_link


def test_series_without_dates_says_so(client):
    SeriesFactory(slug="drink")

    html = client.get("/agenda/serie/drink/").content.decode()

    assert "Aucune prochaine date" in html


def test_unknown_series_is_not_found(client):
    assert client.get("/agenda/serie/inconnue/").status_code == 404


def test_series_of_members_is_for_them(client):
    series = SeriesFactory(slug="pilotes", visibility=Visibility.MEMBERS)
    EventFactory(title="Canari", series=series, visibility=Visibility.MEMBERS)

    assert client.get("/agenda/serie/pilotes/").status_code == 404
    client.force_login(SpaceMemberFactory(space__live=False).user)
    html = client.get("/agenda/serie/pilotes/").content.decode()
    assert titles(html) == ["Canari"]
    assert ".ics" not in html


def test_series_without_words_says_its_rule(client):
    SeriesFactory(recurring=True, slug="repas")

    html = client.get("/agenda/serie/repas/").content.decode()

    assert '<p class="lead">Chaque jeudi, 12\u00a0h\u00a015</p>' in html


def test_series_says_what_it_becomes_and_what_it_follows(client):
    former = SeriesFactory(slug="repas", title="Repas du mardi")
    SeriesFactory(
        recurring=True, slug="repas-2027", title="Repas du jeudi", continues=former
    )

    html = client.get("/agenda/serie/repas/").content.decode()
    assert "Cette série devient" in html
    assert '<a href="/agenda/serie/repas-2027/" lang="fr">Repas du jeudi</a>' in (
        html.replace('/">Repas du jeudi', '/" lang="fr">Repas du jeudi')
    )
    html = client.get("/agenda/serie/repas-2027/").content.decode()
    assert '<a href="/agenda/serie/repas/">Repas du mardi</a>' in html


@pytest.mark.parametrize(
    "hidden", [{"live": False}, {"visibility": Visibility.MEMBERS}]
)
def test_continuation_that_the_reader_may_not_see_is_not_named(client, hidden):
    former = SeriesFactory(slug="repas")
    SeriesFactory(title="Canari", continues=former, **hidden)

    html = client.get("/agenda/serie/repas/").content.decode()

    assert "Canari" not in html
    assert "Cette série devient" not in html
