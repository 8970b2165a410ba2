"""How much one feed holds (H12), whatever the agenda does."""

from __future__ import annotations

import datetime

import icalendar
import pytest

from events.models import CalendarState, Event
from tests.factories.events import EventFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
FEED = "/agenda/flux.ics"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def titles(client, address):
    calendar = icalendar.Calendar.from_ical(client.get(address).content)
    return [str(vevent["SUMMARY"]) for vevent in calendar.events]


def make_days(number):
    """Store dates on the days from tomorrow on, title and day of the same number."""
    first = EventFactory(title="0")
    state = first.calendar_state
    events = [
        EventFactory.build(
            title=f"{n}", slug=f"date-{n}", type=first.type, department="22",
            uid=f"{n}@HUB.TEST", start_at=first.start_at + datetime.timedelta(hours=n),
            end_at=first.end_at + datetime.timedelta(hours=n),
        )
        for n in range(1, number)
    ]  # fmt: skip
    Event.objects.bulk_create(events)
    CalendarState.objects.bulk_create(
        CalendarState(
            event=event,
            content_hash=state.content_hash,
            modified_at=NOW,
            created_at=NOW,
            fragments={"fr": state.fragments["fr"].replace("Y:0", f"Y:{n}")},
            fragment_bytes=state.fragment_bytes,
        )
        for n, event in enumerate(events, start=1)
    )


def test_h12_feed_of_1001_dates_holds_the_first_thousand(client, caplog):
    make_days(1001)

    found = titles(client, FEED)

    assert found == [str(number) for number in range(1000)]
    assert caplog.messages == [
        "The feed /agenda/flux.ics leaves its latest dates out: 1000 fit in it"
    ]
    assert client.get(FEED).content == client.get(FEED).content


def test_feed_holds_as_many_bytes_as_google_imports(client):
    for number in range(4):
        EventFactory(title=f"{number}", start_date=datetime.date(2026, 11, 26 + number))
    assert len(titles(client, FEED)) == 4
    etag = client.get(FEED)["ETag"]
    CalendarState.objects.filter(event__title="2").update(fragment_bytes=900_000)

    assert titles(client, FEED) == ["0", "1"]
    assert client.get(FEED)["ETag"] != etag


def test_size_of_a_date_follows_its_text(client):
    space = SpaceFactory(name="L’Estran")
    event = EventFactory(title="Été", venue=space, venue_name="")

    def change_title():
        event.title = "Été, plus long"
        event.save_revision().publish()

    def change_place():
        space.name = "L’Estran du Vieux-Port"
        space.save()

    sizes = []
    for change in (lambda: None, change_title, change_place):
        change()
        state = CalendarState.objects.get()
        assert state.fragment_bytes == len(state.fragments["fr"].encode())
        sizes.append(state.fragment_bytes)
    assert sizes == sorted(set(sizes))
