"""The rows that a space's calendar becomes (cases M of the calendars' reference)."""

from __future__ import annotations

import datetime
import time

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.enums import EventStatus, FeedHealth
from events.models import CalendarState, Event, ExternalFeed, ImportedDate
from events.services.mirror.reading import read_feed
from events.services.mirror.waiting import approve_waiting, list_waiting, refuse_waiting
from tests import personas
from tests.cms.outbound.sites import open_site
from tests.events.services.mirror.source import (
    NOW,
    Reader,
    make_feed,
    make_file,
    make_vevent,
)
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


def titles(**filters):
    return list(Event.objects.filter(**filters).values_list("title", flat=True))


def snapshot():
    return (
        list(Event.objects.order_by("pk").values()),
        list(ImportedDate.objects.order_by("pk").values()),
        list(CalendarState.objects.order_by("pk").values()),
    )


def test_read_feed_publishes_the_dates_of_a_trusted_calendar(reader):
    assert reader.read(make_file(make_vevent(1), make_vevent(2)))
    assert titles(live=True) == ["Soupe 1", "Soupe 2"]
    event = Event.objects.first()
    assert (event.host, event.venue, event.type) == (
        reader.feed.space,
        reader.feed.space,
        reader.feed.type,
    )
    assert event.is_mirrored
    assert event.start_at == datetime.datetime(2026, 12, 1, 17, 30, tzinfo=datetime.UTC)
    assert event.calendar_state.sequence == 0
    assert reader.feed.report["taken"] == 2
    assert reader.feed.health == FeedHealth.GOOD


def test_m03_one_event_without_beginning_is_refused_and_nineteen_are_taken(reader):
    broken = make_vevent(20, **{"DTSTART;TZID=Europe/Paris": None})
    reader.read(make_file(*map(make_vevent, range(1, 20)), broken))
    assert Event.objects.count() == 19
    assert reader.feed.report["taken"] == 19
    assert reader.feed.report["refused"] == [["Soupe 20", "no-start"]]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"<!DOCTYPE html><html><body>Connexion</body></html>", "web-page"),
        (b"", "empty"),
        (b"\n\n", "empty"),
        (make_file(make_vevent(1))[:-18], "incomplete"),
    ],
)
def test_m04_what_is_no_calendar_changes_nothing(reader, content, error):
    reader.read(make_file(make_vevent(1), make_vevent(2)))
    before = snapshot()
    reader.read(content, Content_Type="text/calendar")
    assert snapshot() == before
    assert (reader.feed.health, reader.feed.error) == (FeedHealth.FAILING, error)


def test_m05_a_calendar_that_empties_is_believed_at_its_second_telling(reader):
    reader.read(make_file(*(make_vevent(n % 28 + 1, uid=f"u{n}") for n in range(40))))
    before = snapshot()
    reader.read(make_file())
    assert snapshot() == before
    assert reader.feed.report["suspect"] == [0, 40]
    reader.read(make_file())
    assert Event.objects.filter(status=EventStatus.CANCELLED).count() == 40
    assert set(CalendarState.objects.values_list("sequence", flat=True)) == {1}


def test_a_calendar_that_comes_back_after_a_hiccup_changes_nothing(reader):
    full = make_file(*map(make_vevent, range(1, 11)))
    reader.read(full)
    states = list(CalendarState.objects.order_by("pk").values())
    reader.read(make_file())
    reader.read(full)
    assert list(CalendarState.objects.order_by("pk").values()) == states
    assert reader.feed.suspect_hash == ""


def test_m06_new_identifiers_at_each_reading_make_no_second_date(reader):
    for turn in "abc":
        reader.read(make_file(*(make_vevent(n, uid=f"{n}{turn}") for n in range(1, 9))))
    assert Event.objects.count() == 8
    assert ImportedDate.objects.count() == 8
    assert reader.feed.uses_fingerprints
    assert not Event.objects.filter(status=EventStatus.CANCELLED).exists()


def test_a_vanished_date_is_cancelled_after_two_good_readings(reader):
    events = list(map(make_vevent, range(1, 6)))
    reader.read(make_file(*events))
    reader.read(make_file(*events[:4]))
    assert titles(status=EventStatus.CANCELLED) == []
    reader.read(b"<html></html>")
    assert titles(status=EventStatus.CANCELLED) == []
    reader.read(make_file(*events[:4]))
    assert titles(status=EventStatus.CANCELLED) == ["Soupe 5"]
    reader.read(make_file(*events))
    assert titles(status=EventStatus.CANCELLED) == []


def test_a_past_date_stays_when_it_leaves_the_calendar(reader):
    events = list(map(make_vevent, range(1, 6)))
    reader.read(make_file(*events))
    reader.now = datetime.datetime(2026, 12, 2, 9, 0, tzinfo=datetime.UTC)
    for _turn in range(3):
        reader.read(make_file(*events[1:]))
    assert titles(status=EventStatus.CONFIRMED) == [f"Soupe {n}" for n in range(1, 6)]


def test_a_changed_date_is_changed_at_once_and_counted(reader):
    reader.read(make_file(make_vevent(1), make_vevent(2)))
    keys = set(Event.objects.values_list("pk", "uid"))
    reader.read(make_file(make_vevent(1, SUMMARY="Soupe au chou"), make_vevent(2)))
    assert titles() == ["Soupe au chou", "Soupe 2"]
    assert set(Event.objects.values_list("pk", "uid")) == keys
    states = CalendarState.objects.order_by("event__start_at")
    assert list(states.values_list("sequence", flat=True)) == [1, 0]


def test_a_moved_date_says_where_it_was_announced(reader):
    reader.read(make_file(make_vevent(1)))
    before = Event.objects.get().start_at
    reader.read(make_file(make_vevent(1, day="20261203")))
    event = Event.objects.get()
    assert event.start_date == datetime.date(2026, 12, 3)
    assert event.previous_start_at == before


def test_a_date_cancelled_in_the_source_is_cancelled_here(reader):
    reader.read(make_file(make_vevent(1)))
    reader.read(make_file(make_vevent(1, STATUS="CANCELLED")))
    event = Event.objects.get()
    assert (event.status, event.live) == (EventStatus.CANCELLED, True)
    assert event.calendar_state.sequence == 1


def test_the_calendar_overwrites_neither_type_nor_keywords_nor_what_is_hidden(reader):
    from tests.factories.events import EventTypeFactory

    reader.read(make_file(make_vevent(1)))
    event = Event.objects.get()
    event.type = EventTypeFactory(slug="atelier", name="Atelier")
    event.tags.add("soupe")
    event.save()
    event.unpublish()
    reader.read(make_file(make_vevent(1, SUMMARY="Autre soupe")))
    event = Event.objects.get()
    assert (event.title, event.live, event.type.slug) == (
        "Autre soupe",
        False,
        "atelier",
    )
    assert [tag.name for tag in event.tags.all()] == ["soupe"]


def test_an_older_draft_does_not_undo_what_the_calendar_wrote(reader):
    reader.read(make_file(make_vevent(1)))
    revision = Event.objects.get().save_revision()
    reader.read(make_file(make_vevent(1, SUMMARY="Autre soupe")))
    revision.publish()
    assert titles() == ["Autre soupe"]


def test_m14_our_own_calendar_is_refused(reader):
    reader.read(make_file(make_vevent(1, uid="x@hub.test")))
    assert Event.objects.count() == 0
    assert (reader.feed.health, reader.feed.error) == (FeedHealth.STOPPED, "own")


def test_m15_an_unchanged_calendar_writes_nothing_but_the_time(reader):
    reader.read(make_file(make_vevent(1)), ETag='"1"')
    before, row = snapshot(), ExternalFeed.objects.values().get()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        reader.read(status="304 Not Modified")
    assert 'If-None-Match: "1"' in reader.site.requests[-1]
    assert snapshot() == before
    after = ExternalFeed.objects.values().get()
    changed = {name for name in after if after[name] != row[name]}
    assert changed == {"checked_at", "next_check_at"}
    assert len(queries) < 15


def test_m17_the_same_date_of_two_spaces_is_one_with_two_attributions(reader):
    reader.read(make_file(make_vevent(1)))
    with open_site() as site:
        second = make_feed(SpaceFactory(), f"http://b.example:{site.port}/b.ics")
        other = Reader(second, site)
        other.read(make_file(make_vevent(1), make_vevent(2)))
        other.read(make_file(make_vevent(1, SUMMARY="Version B"), make_vevent(2)))
        assert titles() == ["Soupe 1", "Soupe 2"]
        shared = Event.objects.first()
        assert shared.imported_from.count() == 2
        assert shared.host == reader.feed.space
        # The second one goes on giving it: it is not cancelled, and now leads.
        for _turn in range(2):
            reader.read(make_file(make_vevent(3)))
        other.read(make_file(make_vevent(1, SUMMARY="Version C"), make_vevent(2)))
    shared.refresh_from_db()
    assert (shared.title, shared.status) == ("Version C", EventStatus.CONFIRMED)


def test_the_dates_of_a_calendar_that_is_not_trusted_wait_and_tell_once(
    reader, django_capture_on_commit_callbacks
):
    moderator = personas.moderator()
    ExternalFeed.objects.update(is_trusted=False)
    with django_capture_on_commit_callbacks(execute=True):
        reader.read(make_file(*map(make_vevent, range(1, 4))))
    assert titles(live=True) == []
    assert [message.to for message in mail.outbox] == [[moderator.email]]
    assert list_waiting(reader.feed, now=NOW).count() == 3
    assert approve_waiting(reader.feed, by=moderator, now=NOW) == 3
    assert titles(live=True) == ["Soupe 1", "Soupe 2", "Soupe 3"]
    assert CalendarState.objects.count() == 3


def test_refused_dates_do_not_come_back(reader):
    ExternalFeed.objects.update(is_trusted=False)
    reader.read(make_file(make_vevent(1)))
    assert refuse_waiting(reader.feed, by=personas.moderator(), now=NOW) == 1
    reader.read(make_file(make_vevent(1, SUMMARY="Encore")))
    assert list_waiting(reader.feed, now=NOW).count() == 0
    assert titles(live=True) == []


def test_failures_wait_longer_and_end_after_two_weeks_with_a_mail(
    reader, django_capture_on_commit_callbacks
):
    person = personas.member(spaces=[reader.feed.space])
    pauses = []
    with django_capture_on_commit_callbacks(execute=True):
        for _turn in range(20):
            at = reader.now
            reader.read(status="500 Internal Server Error")
            pauses.append(reader.feed.next_check_at - at)
            reader.now = reader.feed.next_check_at
            if reader.feed.health == FeedHealth.STOPPED:
                break
    assert pauses[0] < pauses[1] < pauses[2] < pauses[3]
    assert reader.feed.health == FeedHealth.STOPPED
    assert [message.to for message in mail.outbox] == [[person.email]]
    assert not read_feed(reader.feed, now=reader.now, fetch=None)


def test_a_reading_that_dies_leaves_nothing_half(reader, monkeypatch):
    from events.services.mirror import storing

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(storing, "update_dates", die)
    before = snapshot()
    with pytest.raises(KeyboardInterrupt):
        reader.read(make_file(make_vevent(1)))
    assert snapshot() == before
    monkeypatch.undo()
    # The claim ends by itself.
    feed = ExternalFeed.objects.get()
    assert feed.next_check_at == NOW + datetime.timedelta(minutes=10)


def test_of_two_readings_at_once_one_stores(reader):
    data = make_file(make_vevent(1))

    def read_meanwhile(url, **options):
        assert not read_feed(reader.feed, now=NOW, fetch=None)
        raise AssertionError

    with pytest.raises(AssertionError):
        read_feed(reader.feed, now=NOW, fetch=read_meanwhile)
    assert reader.read(data)
    assert titles() == ["Soupe 1"]


def test_three_hundred_dates_are_stored_in_less_than_five_seconds(reader):
    days = [datetime.date(2026, 12, 1) + datetime.timedelta(n) for n in range(300)]
    events = [
        make_vevent(n, day=f"{day:%Y%m%d}") for n, day in enumerate(days, start=1)
    ]
    begun = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        reader.read(make_file(*events))
    assert Event.objects.filter(live=True).count() == 300
    assert time.process_time() - begun < 5
    assert len(queries) < 1100


def test_m13_hostile_words_are_inert_on_the_page_in_the_feed_and_in_the_news(
    reader, client
):
    hostile = "<script>alert(1)</script> {{7*7}} =cmd|calc"
    reader.read(
        make_file(
            make_vevent(
                1, SUMMARY=hostile, DESCRIPTION=hostile, URL="javascript:alert(1)"
            )
        )
    )
    event = Event.objects.get()
    assert event.imported_from.get().source_url == ""
    for path in (
        event.get_absolute_url(),
        reverse("events:agenda"),
        reverse("event_feeds:atom"),
    ):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert "javascript:" not in text
        assert "{{7*7}}" in text or event.title not in text
    feed = client.get(reverse("event_feeds:network")).text
    assert feed.count("BEGIN:VEVENT") == 1
