"""Hours as people type them, and what a page asks of a week."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest

from network.domain.opening_hours import (
    Span,
    UnreadableHours,
    Week,
    format_day,
    format_osm,
    parse_day,
)

PARIS = zoneinfo.ZoneInfo("Europe/Paris")


def span(opens: str, closes: str) -> Span:
    return Span(datetime.time.fromisoformat(opens), datetime.time.fromisoformat(closes))


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", ()),
        ("   ", ()),
        (",", ()),
        ("09:00-18:00", (span("09:00", "18:00"),)),
        ("9h-18h", (span("09:00", "18:00"),)),
        ("9 h 30 – 18 H", (span("09:30", "18:00"),)),
        (
            "14:00-18:00, 09:00-12:30",
            (span("09:00", "12:30"), span("14:00", "18:00")),
        ),
        ("9h-12h/14h-18h", (span("09:00", "12:00"), span("14:00", "18:00"))),
        ("9h-12h;12h-18h", (span("09:00", "12:00"), span("12:00", "18:00"))),
        ("0h-23:59", (span("00:00", "23:59"),)),
    ],
)
def test_parse_day_reads_what_people_type(text, spans):
    assert parse_day(text) == spans


@pytest.mark.parametrize(
    "text",
    [
        "morning",
        "09:00",
        "09:00-",
        "18:00-09:00",
        "09:00-09:00",
        "25:00-26:00",
        "09:60-10:00",
        "22:00-24:00",
        "09:00-12:00, 11:00-14:00",
        "09:00-12:00 14:00-18:00",
        "９-１２",
        "09:00-12:00\x00",
    ],
)
def test_parse_day_refuses_what_is_no_hours(text):
    with pytest.raises(UnreadableHours):
        parse_day(text)


@pytest.mark.parametrize("text", ["", "09:00-18:00", "09:00-12:30, 14:00-18:00"])
def test_format_day_writes_what_parse_day_reads(text):
    assert format_day(parse_day(text)) == text


def test_week_without_hours_is_empty():
    assert Week.from_texts({}).is_empty
    assert not Week.from_texts({"sun": "10:00-12:00"}).is_empty


# 2026-11-23 is a Monday.
WEEK = Week.from_texts({"mon": "09:00-12:30, 14:00-18:00", "thu": "09:00-20:00"})


@pytest.mark.parametrize(
    ("now", "closing"),
    [
        ("2026-11-23T08:59", None),
        ("2026-11-23T09:00", datetime.time(12, 30)),
        ("2026-11-23T12:29:59", datetime.time(12, 30)),
        ("2026-11-23T12:30", None),
        ("2026-11-23T14:00", datetime.time(18)),
        ("2026-11-23T18:00", None),
        ("2026-11-24T10:00", None),
    ],
)
def test_closing_after_is_half_open(now, closing):
    assert WEEK.closing_after(moment(now)) == closing


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2026-11-23T08:00", "2026-11-23T09:00"),
        ("2026-11-23T09:00", "2026-11-23T09:00"),
        ("2026-11-23T13:00", "2026-11-23T14:00"),
        ("2026-11-23T18:00", "2026-11-26T09:00"),
        ("2026-11-26T21:00", "2026-11-30T09:00"),
    ],
)
def test_next_opening_looks_a_week_ahead(now, opening):
    assert WEEK.next_opening(moment(now)) == moment(opening)


def test_next_opening_of_a_weekly_space_is_next_week():
    mondays = Week.from_texts({"mon": "09:00-10:00"})
    assert mondays.next_opening(moment("2026-11-23T11:00")) == moment(
        "2026-11-30T09:00"
    )


def test_next_opening_of_an_empty_week_is_none():
    assert Week.from_texts({}).next_opening(moment("2026-11-23T11:00")) is None


def test_format_osm_leaves_closed_days_out():
    assert format_osm(WEEK) == "Mo 09:00-12:30,14:00-18:00; Th 09:00-20:00"
    assert format_osm(Week.from_texts({})) == ""
