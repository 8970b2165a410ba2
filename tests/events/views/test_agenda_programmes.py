"""One evening in several places is one line of the agenda."""

from __future__ import annotations

import datetime
import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from events.enums import EventStatus
from events.models.programme import Programme
from tests.factories.events import EventFactory, SeriesFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def lunches():
    return Programme.objects.create(title="Repas de quartier", slug="repas")


def read(client):
    response = client.get("/agenda/")
    assert response.status_code == 200
    html = response.content.decode().replace("\xa0", " ")
    days = html.split('<section class="day"')[1:]
    return [re.findall(r'<li class="event.*?(?=<li class="event|</section>)', day, re.S)
            for day in days]  # fmt: skip


def words(html):
    return re.sub(r"\s+", " ", unescape(strip_tags(html))).strip()


def hold(programme, name, **values):
    series = SeriesFactory(programme=programme)
    return EventFactory(title=f"Repas {name}", series=series, venue_name=name, **values,
                        recurrence_key=name)  # fmt: skip


def test_places_of_a_programme_are_gathered_by_day(client, lunches):
    gare = hold(lunches, "Gare")
    EventFactory(title="Drink")
    port = hold(lunches, "Port", status=EventStatus.CANCELLED)
    hold(lunches, "Bourg", start_date=datetime.date(2026, 12, 3))

    thursday, later = read(client)

    assert len(thursday) == 2
    line = words(thursday[0])
    assert "18 h 30 – 21 h 30 Repas de quartier Gare, Saint-Brieuc" in line
    assert "Port, Saint-Brieuc Annulé" in line
    assert line.endswith("Drink & co 2 lieux")
    assert 'href="/agenda/programme/repas/"' in thursday[0]
    for one in (gare, port):
        assert f'href="/agenda/{one.slug}/"' in thursday[0]
    # One place alone is a date like any other.
    assert "Repas Bourg" in later[0]


def test_different_hours_are_said_place_by_place(client, lunches):
    hold(lunches, "Gare")
    hold(lunches, "Port", start_time=datetime.time(19), end_time=datetime.time(22))

    line = words(read(client)[0][0])

    assert "dès 18 h 30 Repas de quartier" in line
    assert "Port, Saint-Brieuc : 19 h – 22 h" in line


def test_dates_of_two_programmes_stay_apart(client, lunches):
    drinks = Programme.objects.create(title="Un verre partout", slug="verre")
    for programme in (lunches, drinks):
        hold(programme, f"Gare {programme.pk}")
        hold(programme, f"Port {programme.pk}")

    assert len(read(client)[0]) == 2


def test_a_month_gives_a_programme_one_entry(client, lunches):
    for name in ("Gare", "Port", "Bourg", "Canal"):
        hold(lunches, name)
    EventFactory(title="Un verre")

    html = client.get("/agenda/?vue=mois&mois=2026-11").content.decode()

    thursday = html.split('datetime="2026-11-26"')[1].partition("</td>")[0]
    entries = re.findall(r"<li>.*?</li>", thursday, re.S)
    assert [words(one).replace("\xa0", " ") for one in entries] == [
        "18 h 30 – 21 h 30 Repas de quartier, 4 lieux",
        "18 h 30 Un verre",
    ]
    assert 'class="more"' not in thursday


def test_a_month_says_how_many_places_are_called_off(client, lunches):
    for name in ("Gare", "Port", "Bourg"):
        hold(lunches, name)
    hold(lunches, "Canal", status=EventStatus.CANCELLED)

    html = client.get("/agenda/?vue=mois&mois=2026-11").content.decode()

    thursday = html.split('datetime="2026-11-26"')[1].partition("</td>")[0]
    entries = re.findall(r"<li>.*?</li>", thursday, re.S)
    assert [words(one).replace("\xa0", " ") for one in entries] == [
        "18 h 30 – 21 h 30 Repas de quartier, 4 lieux, 1 annulé ou reporté",
    ]
