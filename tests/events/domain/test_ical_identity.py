from __future__ import annotations

import dataclasses
import re
from datetime import UTC, date, datetime, time

import pytest

from events.domain.calendar_values import CalendarStatus, Conference
from events.domain.ical import (
    content_hash,
    feed_etag,
    serialise_event,
)
from events.domain.window import Window
from tests.events.domain.values import make_event, make_feed


def test_same_event_gives_the_same_bytes():
    assert serialise_event(make_event()) == serialise_event(make_event())


CHANGES = {
    "uid": "other@hub.invalid",
    "created_at": datetime(2026, 2, 1, tzinfo=UTC),
    "start_date": date(2026, 4, 8),
    "end_date": date(2026, 4, 10),
    "zone": "Indian/Reunion",
    "summary": "Autre titre",
    "start_time": time(18),
    "end_time": time(22),
    "start_fold": 1,
    "end_fold": 1,
    "description": "Autre texte",
    "location": "Ailleurs",
    "geo": (48.0, -4.0),
    "url": "https://hub.invalid/autre/",
    "status": CalendarStatus.CANCELLED,
    "categories": ("autre",),
    "contact": "Autre lieu",
    "conference": Conference(url="https://visio.invalid/"),
    "transparent": True,
    "is_private": True,
    "series_uid": "serie@hub.invalid",
}
STAMPS = {"sequence": 4, "modified_at": datetime(2026, 3, 9, tzinfo=UTC)}


def test_every_value_of_an_event_is_hashed_or_a_stamp():
    fields = {field.name for field in dataclasses.fields(make_event())}
    assert fields == CHANGES.keys() | STAMPS.keys()


@pytest.mark.parametrize("field", CHANGES)
def test_hash_changes_with_every_exported_value(field):
    changed = make_event(**{field: CHANGES[field]})
    assert content_hash(changed) != content_hash(make_event())


@pytest.mark.parametrize("field", STAMPS)
def test_hash_ignores_the_stamps_that_it_moves(field):
    changed = make_event(**{field: STAMPS[field]})
    assert content_hash(changed) == content_hash(make_event())


def test_hash_sees_no_difference_between_texts_that_read_the_same():
    assert content_hash(make_event(summary="Drink  & co\x00 ")) == content_hash(
        make_event()
    )


def test_hash_is_the_same_in_every_release():
    # A new value here would bump the sequence of every event of every network.
    assert content_hash(make_event()) == (
        "4bde8a584831a06cb3c24e41544d275d9b4d0bdaf96694c0b5e2cc11aa3b1bc0"
    )


WINDOW = Window.of_feed(date(2026, 3, 3))
ENTRIES = [("a@hub.invalid", "0" * 64), ("b@hub.invalid", "1" * 64)]


def test_entity_tag_is_strong_and_quoted():
    assert re.fullmatch(
        '"[0-9a-f]{32}"', feed_etag(make_feed(), WINDOW, ENTRIES, "2026f")
    )


def test_entity_tag_changes_with_all_that_makes_a_feed():
    tags = [
        feed_etag(make_feed(), WINDOW, ENTRIES, "2026f"),
        feed_etag(make_feed(name="Autre"), WINDOW, ENTRIES, "2026f"),
        feed_etag(make_feed(color="navy"), WINDOW, ENTRIES, "2026f"),
        feed_etag(
            make_feed(modified_at=datetime(2026, 3, 3, tzinfo=UTC)),
            WINDOW,
            ENTRIES,
            "2026f",
        ),
        feed_etag(make_feed(), Window.of_feed(date(2026, 3, 4)), ENTRIES, "2026f"),
        feed_etag(make_feed(), WINDOW, ENTRIES[::-1], "2026f"),
        feed_etag(make_feed(), WINDOW, ENTRIES[:1], "2026f"),
        feed_etag(make_feed(), WINDOW, [], "2026f"),
        feed_etag(make_feed(), WINDOW, ENTRIES, "2026g"),
    ]
    assert len(set(tags)) == len(tags)


def test_entity_tag_of_the_same_feed_is_the_same():
    assert feed_etag(make_feed(), WINDOW, ENTRIES, "2026f") == feed_etag(
        make_feed(), Window.of_feed(date(2026, 3, 3)), iter(ENTRIES), "2026f"
    )
