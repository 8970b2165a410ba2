"""Acceptance cases of one date changed alone, S01–S04, S08, S09 and S16–S20.

They read the bytes of the network's feed: what is not said to change stays the same
to the byte.
"""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.urls import reverse

from events.enums import ExclusionKind
from events.models import Event, SeriesExclusion
from events.services.cancel import cancel_event
from events.services.change_date import move_event, replace_place, restore_event
from events.services.draft import discard_event
from tests import personas
from tests.events.feed_bytes import list_changed, read_feed, read_vevent
from tests.factories.events import EventFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(hours=1)
DAYS = {
    day: datetime.date(2026, *map(int, day.split("/")[::-1]))
    for day in ("9/4", "14/5", "11/6", "13/8")
}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def series():
    """Every second Thursday at 18:30, at a place in Saint-Brieuc."""
    return SeriesFactory(
        start_time=datetime.time(18, 30),
        end_time=datetime.time(21, 30),
        is_held_at_host=False,
        venue_name="Halle au blé",
        venue_street="1 place du Marché",
        venue_postcode="22000",
        venue_city="Saint-Brieuc",
    )


@pytest.fixture
def dates(series):
    return {
        name: EventFactory(
            title="Drink & co",
            series=series,
            recurrence_key=f"{day:%Y%m%d}",
            start_date=day,
            first_published_at=NOW,
            told=NOW,
        )
        for name, day in DAYS.items()
    }


@pytest.fixture
def moderator():
    return personas.moderator()


def structured_data(client, event):
    page = client.get(event.get_absolute_url()).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(block.group(1))


def move(event, moderator, day, hour=None, now=NOW):
    when = {"start_date": day, "end_date": day}
    if hour:
        when["start_time"] = datetime.time(hour)
    return move_event(event, when=when, by=moderator, now=now)


def test_s01_cancelled_date_alone_changes(dates, moderator):
    before = read_feed()
    cancel_event(dates["13/8"], by=moderator, reason="Fermeture estivale.", now=NOW)

    vevent = read_vevent(dates["13/8"])
    assert list_changed(before, read_feed()) == {dates["13/8"].uid}
    assert (vevent["STATUS"], vevent["SEQUENCE"]) == ("CANCELLED", 1)
    assert vevent["SUMMARY"] == "Annulé : Drink & co"


def test_s02_moved_date_keeps_its_identity(client, dates, moderator):
    event, before = dates["9/4"], read_feed()
    slug, key = event.slug, event.recurrence_key
    moved = move(event, moderator, datetime.date(2026, 4, 10), 19)

    vevent = read_vevent(event)
    data = structured_data(client, moved)
    assert list_changed(before, read_feed()) == {event.uid}
    assert vevent["DTSTART"].to_ical() == b"20260410T190000"
    assert (vevent["SEQUENCE"], vevent["STATUS"]) == (1, "CONFIRMED")
    assert (moved.slug, moved.recurrence_key) == (slug, key)
    assert moved.overridden_fields == ["when"]
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["startDate"] == "2026-04-10T19:00+02:00"
    assert data["previousStartDate"] == "2026-04-09T18:30+02:00"


def test_s03_date_moved_back_is_as_before_and_told_again(client, dates, moderator):
    event = dates["9/4"]
    before = read_vevent(event)
    move(event, moderator, datetime.date(2026, 4, 10))
    back = move(event, moderator, datetime.date(2026, 4, 9), now=LATER)

    vevent = read_vevent(event)
    assert vevent["DTSTART"].dt == before["DTSTART"].dt
    assert vevent["SEQUENCE"] == 2
    assert (back.previous_start_at, back.overridden_fields) == (None, [])
    assert structured_data(client, back)["eventStatus"] == (
        "https://schema.org/EventScheduled"
    )


def test_s04_other_place_of_one_date_changes_its_department_alone(dates, moderator):
    network = read_feed()
    armor, finistere = read_feed("?dep=22"), read_feed("?dep=29")
    event = dates["11/6"]
    elsewhere = SpaceFactory(
        name="La Minoterie", street="2 quai de Léon", postcode="29900",
        city="Concarneau", latitude=47.8736, longitude=-3.9179,
    )  # fmt: skip

    row = replace_place(event, where={"venue": elsewhere}, by=moderator, now=NOW)

    vevent = read_vevent(event)
    assert list_changed(network, read_feed()) == {event.uid}
    assert vevent["LOCATION"] == "La Minoterie, 2 quai de Léon, 29900 Concarneau"
    assert vevent["GEO"].to_ical() == "47.8736;-3.9179"
    assert vevent["SEQUENCE"] == 1
    assert set(armor) - set(read_feed("?dep=22")) == {event.uid}
    assert set(read_feed("?dep=29")) - set(finistere) == {event.uid}
    assert row.overridden_fields == ["where"]


def test_s08_date_removed_before_publication_stays_removed(series):
    person = personas.member()
    event = EventFactory(
        live=False, series=series, recurrence_key="20260514",
        host=personas.space_of(person), start_date=DAYS["14/5"],
    )  # fmt: skip

    discard_event(event, by=person, now=NOW)

    assert not Event.objects.exists()
    assert list(
        SeriesExclusion.objects.values_list("series", "recurrence_key", "kind")
    ) == [(series.pk, "20260514", ExclusionKind.SKIPPED)]


def test_s09_two_dates_on_one_day_are_both_there(dates, moderator):
    move(dates["14/5"], moderator, DAYS["11/6"])

    feed = read_feed()
    starts = [read_vevent(dates[name])["DTSTART"].dt for name in ("14/5", "11/6")]
    assert len(feed) == len(dates)
    assert starts[0] == starts[1]


def test_s16_publishing_an_unchanged_text_changes_no_byte(client, dates, clock):
    before, etag = read_feed(), client.get("/agenda/flux.ics").headers["ETag"]
    clock.move_to(NOW + datetime.timedelta(hours=2), tick=False)

    Event.objects.get(pk=dates["9/4"].pk).save_revision().publish()

    assert read_feed() == before
    assert client.get("/agenda/flux.ics").headers["ETag"] == etag
    row = Event.objects.get(pk=dates["9/4"].pk)
    assert (row.previous_start_at, row.overridden_fields) == (None, [])


def test_s17_draft_of_a_live_date_changes_no_byte(client, dates):
    before = client.get("/agenda/flux.ics").content
    draft = Event.objects.get(pk=dates["9/4"].pk)
    draft.title, draft.start_time = "Canari", datetime.time(10)
    draft.save_revision()

    assert client.get("/agenda/flux.ics").content == before


def test_s18_renamed_space_changes_its_dates_to_come_alone(dates):
    space = SpaceFactory(name="L’Estran", live=False)
    here = {"venue": space, "venue_name": "", "told": NOW}
    coming = EventFactory(**here, start_date=DAYS["9/4"])
    past = EventFactory(**here, start_date=datetime.date(2026, 2, 12))
    before = read_feed()

    space.name = "La Minoterie"
    space.save()

    assert list_changed(before, read_feed()) == {coming.uid}
    assert read_vevent(coming)["SEQUENCE"] == 1
    assert read_vevent(past)["SEQUENCE"] == 0


def test_s19_unpublished_date_is_told_for_thirty_days_then_gone(dates, clock):
    event = dates["13/8"]
    Event.objects.get(pk=event.pk).unpublish()

    assert read_vevent(event)["STATUS"] == "CANCELLED"
    clock.move_to(NOW + datetime.timedelta(days=30), tick=False)
    assert event.uid in read_feed()
    clock.move_to(NOW + datetime.timedelta(days=31), tick=False)
    assert event.uid not in read_feed()
    assert set(read_feed()) == {one.uid for one in dates.values()} - {event.uid}


def test_s20_restored_date_takes_place_again(client, dates, moderator):
    event, before = dates["13/8"], read_feed()
    cancel_event(event, by=moderator, reason="Fermeture estivale.", now=NOW)
    row = restore_event(event, by=moderator, now=LATER)

    vevent = read_vevent(event)
    assert list_changed(before, read_feed()) == {event.uid}
    assert (vevent["STATUS"], vevent["SEQUENCE"]) == ("CONFIRMED", 2)
    assert vevent["SUMMARY"] == "Drink & co"
    assert (row.cancel_reason, row.cancelled_at) == ("", None)
    page = client.get(reverse("events:event", args=[row.slug])).content.decode()
    assert "Fermeture estivale" not in page
