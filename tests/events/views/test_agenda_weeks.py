"""Days and weeks of the list have addresses of their own."""

from __future__ import annotations

import datetime
import re

import pytest

from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 25, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _wednesday(time_machine):
    time_machine.move_to(NOW, tick=False)


def read(client, address="/agenda/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def near_weeks(html):
    found = re.search(r'<ul class="near-weeks">(.*?)</ul>', html, re.S)[1]
    return re.findall(r'<a href="([^"]+)">([^<]+)</a> : (\d+)', found)


def test_each_week_of_the_list_is_a_named_group(client):
    EventFactory()
    EventFactory(start_date=datetime.date(2026, 11, 29))
    EventFactory(start_date=datetime.date(2026, 11, 30))
    EventFactory(start_date=datetime.date(2027, 1, 1))

    html = read(client)

    assert re.findall(r'<div id="(semaine[^"]+)" role="group" aria-label="([^"]+)"',
                      html) == [
        ("semaine-2026-48", "Semaine 48, du 23 novembre au 29 novembre"),
        ("semaine-2026-49", "Semaine 49, du 30 novembre au 6 décembre"),
        ("semaine-2026-53", "Semaine 53, du 28 décembre au 3 janvier"),
    ]  # fmt: skip
    assert re.findall(r'id="(jour-[^"]+)"', html) == [
        "jour-2026-11-26", "jour-2026-11-29", "jour-2026-11-30", "jour-2027-01-01",
    ]  # fmt: skip


def test_this_week_and_the_next_are_one_step_away(client):
    EventFactory.create_batch(2)
    EventFactory(start_date=datetime.date(2026, 11, 24))
    EventFactory(start_date=datetime.date(2026, 12, 6))

    assert near_weeks(read(client)) == [
        ("#semaine-2026-48", "Cette semaine", "2"),
        ("#semaine-2026-49", "La semaine prochaine", "1"),
    ]


def test_week_that_is_not_on_the_page_has_its_days_as_an_address(client):
    EventFactory(start_date=datetime.date(2027, 3, 4))

    assert near_weeks(read(client, "/agenda/?dep=22")) == [
        ("/agenda/?au=2026-11-29&amp;dep=22&amp;du=2026-11-25", "Cette semaine", "0"),
        ("/agenda/?au=2026-12-06&amp;dep=22&amp;du=2026-11-30",
         "La semaine prochaine", "0"),
    ]  # fmt: skip


def test_past_weeks_run_backwards(client):
    EventFactory(start_date=datetime.date(2026, 10, 1))
    EventFactory(start_date=datetime.date(2026, 10, 8))

    html = read(client, "/agenda/?passes=1")

    assert re.findall(r'id="(semaine-[^"]+)"', html) == [
        "semaine-2026-41",
        "semaine-2026-40",
    ]
    assert "near-weeks" not in html
