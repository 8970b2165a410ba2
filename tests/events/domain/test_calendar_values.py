from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from events.domain.calendar_values import CalendarStatus, Conference
from events.domain.errors import (
    EndBeforeStart,
    IncompleteTimes,
    InvalidValue,
    PositionOutOfRange,
    UnknownZone,
    UnsafeUrl,
)
from tests.events.domain.values import make_event, make_feed


def test_event_keeps_clean_texts():
    event = make_event(
        summary=" a\r\nb\x00 ",
        description="un \r\n\r\n\r\ndeux\x07",
        location="Nom,\nrue",
        contact="Le lieu\u2028x",
        categories=("Drink & co", " ", "libre\n", "libre", "Drink & co"),
        url="https://hub.invalid/é",
    )
    assert event.summary == "a b"
    assert event.description == "un\n\ndeux"
    assert event.location == "Nom, rue"
    assert event.contact == "Le lieu x"
    assert event.categories == ("Drink & co", "libre")
    assert event.url == "https://hub.invalid/%C3%A9"


def test_event_shortens_what_no_program_would_show():
    event = make_event(summary="a" * 300, description="b" * 2000)
    assert event.summary == "a" * 254 + "…"
    assert event.description == "b" * 1499 + "…"


def test_event_keeps_whole_seconds():
    noon = datetime(2026, 3, 2, 12, 0, 7, 999_999, tzinfo=UTC)
    assert make_event(modified_at=noon) == make_event(
        modified_at=noon.replace(microsecond=0)
    )


def test_event_without_times_lasts_whole_days():
    assert make_event(start_time=None, end_time=None).all_day
    assert not make_event().all_day


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"uid": ""}, InvalidValue),
        ({"uid": "a\r\nb"}, InvalidValue),
        ({"uid": "é@hub.invalid"}, InvalidValue),
        ({"series_uid": "a\nb"}, InvalidValue),
        ({"sequence": -1}, InvalidValue),
        ({"modified_at": datetime(2026, 3, 2)}, InvalidValue),  # noqa: DTZ001
        ({"created_at": datetime(2026, 3, 2)}, InvalidValue),  # noqa: DTZ001
        ({"start_time": None}, IncompleteTimes),
        ({"end_time": None}, IncompleteTimes),
        ({"end_date": date(2026, 4, 8)}, EndBeforeStart),
        ({"end_time": time(18, 30)}, EndBeforeStart),
        ({"zone": "Europe/Nowhere"}, UnknownZone),
        ({"geo": (float("nan"), 1.0)}, PositionOutOfRange),
        ({"geo": (1.0, float("inf"))}, PositionOutOfRange),
        ({"geo": (90.1, 0.0)}, PositionOutOfRange),
        ({"geo": (0.0, -180.1)}, PositionOutOfRange),
        ({"url": "javascript:alert(1)"}, UnsafeUrl),
    ],
)
def test_event_refuses_what_it_cannot_export(changes, error):
    with pytest.raises(error):
        make_event(**changes)


def test_conference_is_a_web_address_and_a_label():
    conference = Conference(url="https://visio.example/é", label=" La\nvisio ")
    assert (conference.url, conference.label) == (
        "https://visio.example/%C3%A9",
        "La visio",
    )
    with pytest.raises(UnsafeUrl):
        Conference(url="tel:+33123456789")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": " \n "}, InvalidValue),
        ({"color": "#fff"}, InvalidValue),
        ({"modified_at": datetime(2026, 3, 2)}, InvalidValue),  # noqa: DTZ001
        ({"refresh": timedelta(0)}, InvalidValue),
        ({"url": "/agenda/"}, UnsafeUrl),
        ({"source": ""}, UnsafeUrl),
    ],
)
def test_feed_refuses_what_it_cannot_export(changes, error):
    with pytest.raises(error):
        make_feed(**changes)


def test_feed_texts_are_on_one_line():
    feed = make_feed(name="Agenda\r\nX-EVIL:1", description="un\ndeux")
    assert (feed.name, feed.description) == ("Agenda X-EVIL:1", "un deux")


def test_cancelled_and_postponed_are_off():
    assert [status for status in CalendarStatus if status.is_off] == [
        CalendarStatus.CANCELLED,
        CalendarStatus.POSTPONED,
    ]
