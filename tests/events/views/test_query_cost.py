"""The agenda asks the database as often with ten thousand dates as with one."""

from __future__ import annotations

import datetime

import pytest

from events.models import CalendarState, Event, EventType, Series
from network.models import Space
from tests.factories.events import EventFactory, EventTypeFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
TODAY = NOW.date()
MANY = 10_000
# Menu and footer included. Filters cost one query each to be read,
# several of them one more for their short address.
QUERIES = {
    "": 10,
    "?vue=mois": 9,
    "?vue=carte": 11,
    "?du=2026-11-26&au=2026-11-26": 9,
    "?passes=1": 9,
    "?type=drink-and-co&dep=22&q=halle": 12,
    "?vue=carte&lieu=ti-numerik&tag=repas": 14,
    "abonnement/": 9,
    "programme.pdf": 4,
}


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def _first_date(client):
    space = SpaceFactory(slug="ti-numerik", name="Ti Numerik", latitude=48.2,
                         longitude=-3.3)  # fmt: skip
    Space.objects.update(live=True)
    EventFactory(venue=space, venue_name="", host=space, tags=["Repas"])
    EventFactory()
    EventFactory(start_date=datetime.date(2026, 11, 5))
    # What is read once for a process is read.
    client.get("/agenda/")


@pytest.mark.usefixtures("_first_date")
@pytest.mark.parametrize(("address", "number"), QUERIES.items())
def test_three_dates_cost_as_many_queries_as_one(
    client, django_assert_num_queries, address, number
):
    with django_assert_num_queries(number):
        client.get(f"/agenda/{address}")

    for city in ("Brest", "Quimper"):
        EventFactory(venue_city=city, type=EventTypeFactory(slug=city, name=city),
                     series=SeriesFactory(), tags=["Repas"])  # fmt: skip
        EventFactory(start_date=datetime.date(2026, 11, 5))
    EventFactory.create_batch(2, venue=Space.objects.get(), venue_name="")
    with django_assert_num_queries(number):
        client.get(f"/agenda/{address}")


@pytest.mark.usefixtures("_first_date")
def test_ten_thousand_dates_cost_as_many_queries_as_three(
    client, django_assert_num_queries
):
    make_many_dates(MANY)
    assert Event.objects.count() >= MANY

    for address, number in QUERIES.items():
        with django_assert_num_queries(number):
            assert client.get(f"/agenda/{address}").status_code == 200


def make_many_dates(number: int) -> None:
    """Store dates over two years around today, one in ten of a series, 60 spaces."""
    types = [EventType.objects.get_or_create(slug=f"t{n}", name=f"T{n}")[0]
             for n in range(4)]  # fmt: skip
    series = [SeriesFactory(type=types[0]) for _ in range(5)]
    spaces = Space.objects.bulk_create(
        Space(name=f"Lieu {n}", slug=f"lieu-{n}", city=f"Ville {n}", postcode="35000",
              latitude=47.5 + n / 60, longitude=-4 + n / 30, live=True)
        for n in range(60)
    )  # fmt: skip
    events = [_make_date(n, types, series, spaces) for n in range(number)]
    Event.objects.bulk_create(events, batch_size=500)
    CalendarState.objects.bulk_create(
        (
            CalendarState(
                event=event, content_hash="x", modified_at=NOW, created_at=NOW
            )
            for event in events
        ),
        batch_size=2000,
    )


def _make_date(
    number: int, types: list[EventType], series: list[Series], spaces: list[Space]
) -> Event:
    day = TODAY + datetime.timedelta(days=number % 730 - 180)
    is_of_series = number % 10 == 0
    event = Event(
        title=f"Date {number}", slug=f"date-{number}", type=types[number % 4],
        series=series[number % 5] if is_of_series else None,
        recurrence_key=str(number) if is_of_series else "",
        start_date=day, end_date=day,
        start_time=datetime.time(12 + number % 8), end_time=datetime.time(21),
        venue=spaces[number % 60], host=spaces[number % 60],
        venue_name="" if number % 5 else f"Salle {number % 40}",
        venue_city="" if number % 5 else "Rennes",
        live=True, department="35", folded_text=f"date {number} halle",
    )  # fmt: skip
    event.derive_instants()
    return event
