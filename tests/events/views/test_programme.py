from __future__ import annotations

import datetime
import re

import pytest

from events.enums import Visibility
from tests.factories.events import EventFactory, ProgrammeFactory, SeriesFactory
from tests.factories.network import SpaceMemberFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
ADDRESS = "/agenda/programme/repas-de-quartier/"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def programme(db):
    return ProgrammeFactory(slug="repas-de-quartier", title="Repas de quartier")


def place(programme, title, *, dates=1, **values):
    series = SeriesFactory(title=title, programme=programme, **values)
    for number in range(dates):
        EventFactory(
            title=f"{title} {number}", series=series, recurrence_key=str(number),
            start_date=datetime.date(2026, 11, 26) + datetime.timedelta(days=number),
            visibility=series.visibility,
        )  # fmt: skip
    return series


def headings(html):
    return re.findall(r"<h([123])[^>]*><a[^>]*>([^<]+)</a>", html)


def test_programme_shows_its_places_and_the_next_dates_of_each(client, programme):
    place(programme, "Gare", dates=5)
    place(programme, "Port")
    place(None, "Ailleurs")

    html = client.get(ADDRESS).content.decode()

    assert headings(html) == [
        ("2", "Gare"), ("3", "Gare 0"), ("3", "Gare 1"), ("3", "Gare 2"),
        ("2", "Port"), ("3", "Port 0"),
    ]  # fmt: skip
    assert "<h1>Repas de quartier</h1>" in html


def test_place_without_dates_says_so(client, programme):
    place(programme, "Gare", dates=0)

    assert "Aucune prochaine date" in client.get(ADDRESS).content.decode()


def test_programme_shows_what_the_reader_may_see_alone(client, programme):
    place(programme, "Gare")
    place(programme, "Canari", visibility=Visibility.MEMBERS)
    place(programme, "Brouillon", live=False)

    assert "Canari" not in client.get(ADDRESS).content.decode()
    client.force_login(SpaceMemberFactory(space__live=False).user)
    html = client.get(ADDRESS).content.decode()
    assert [title for level, title in headings(html) if level == "2"] == [
        "Canari", "Gare",
    ]  # fmt: skip


def test_programme_without_a_public_series_is_not_found(client, programme):
    assert client.get(ADDRESS).status_code == 404
    place(programme, "Canari", visibility=Visibility.MEMBERS)
    assert client.get(ADDRESS).status_code == 404
    assert client.get("/agenda/programme/inconnu/").status_code == 404


def test_programme_is_no_address_of_a_series():
    with pytest.raises(Exception, match="programme"):
        SeriesFactory.build(slug="programme").clean()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_places(
    client, programme, count, django_assert_num_queries
):
    for number in range(count):
        place(programme, f"Quartier {number}", dates=count)
    client.get(ADDRESS)
    with django_assert_num_queries(7):
        client.get(ADDRESS)
