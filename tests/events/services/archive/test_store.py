"""Whole agendas as other programs export them, brought over once."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from events.domain.calendar_values import CalendarStatus
from events.enums import EventMark, EventStatus
from events.models import CalendarState, Event, ImportedDate, Series
from events.services.archive.plan import plan_archive, read_archive
from events.services.archive.store import store_plan
from events.services.materialise import materialise_series
from tests.cms.outbound.sites import open_site
from tests.events.services.mirror.source import (
    NOW,
    Reader,
    make_feed,
    make_file,
    make_vevent,
)
from tests.factories.events import EventTypeFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

FILES = Path(__file__).with_name("files")


@pytest.fixture
def space():
    return SpaceFactory(name="Le Bocal", street="3 rue du Port")


@pytest.fixture
def lunch():
    return EventTypeFactory(name="Repas", slug="repas", mark=EventMark.LUNCH)


def plan(space, content, *, now=NOW):
    calendar = read_archive(content, space=space, now=now)
    event_type = EventTypeFactory(name="Atelier", slug="atelier")
    return plan_archive(calendar, space=space, default_type=event_type, now=now)


def bring(space, content, *, now=NOW):
    planned = plan(space, content, now=now)
    list(store_plan(planned, now=now))
    return planned


def bring_file(space, name):
    return bring(space, (FILES / f"{name}.ics").read_bytes())


def starts(**filters):
    return [
        f"{event.start_date}"
        if event.all_day
        else f"{event.start_date} {event.start_time:%H:%M}"
        for event in Event.objects.filter(**filters).order_by("start_at")
    ]


def test_dates_of_the_events_calendar_come_past_ones_too(space):
    drink = EventTypeFactory()
    brought = bring_file(space, "the_events_calendar")
    assert starts(live=True) == [
        "2024-06-06 09:00",
        "2026-12-03 18:30",
        "2026-12-12",
        "2027-01-07 18:30",
    ]
    assert brought.refused == []
    evening = Event.objects.get(start_date=datetime.date(2026, 12, 3))
    assert (evening.type, evening.host, evening.venue) == (drink, space, space)
    assert "<strong>" not in evening.description
    assert not evening.is_mirrored
    market = Event.objects.get(all_day=True)
    assert (market.end_date, market.venue_name, market.type.slug) == (
        datetime.date(2026, 12, 13),
        "Halle au blé, Saint-Brieuc",
        "atelier",
    )
    assert CalendarState.objects.count() == 4


def test_dates_of_gancio_come_with_their_status(space, lunch):
    bring_file(space, "gancio")
    assert starts() == ["2026-12-10 12:30", "2026-12-18 20:30"]
    called_off = Event.objects.get(title="Concert annulé")
    assert (called_off.status, called_off.cancelled_at) == (EventStatus.CANCELLED, NOW)
    meal = Event.objects.get(title="Repas de quartier")
    assert (meal.type, meal.venue) == (lunch, space)


def test_dates_of_mobilizon_come_without_the_private_one(space):
    brought = bring_file(space, "mobilizon")
    assert starts() == ["2026-12-20 19:00"]
    assert Event.objects.get().status == EventStatus.TENTATIVE
    assert brought.refused == [("", "private")]


def test_series_of_joyous_come_with_their_exceptions(space):
    brought = bring_file(space, "joyous")
    series = Series.objects.get()
    assert (series.title, series.rhythm, series.weekdays, series.until) == (
        "Café des porteurs de projet",
        "weekly",
        [1],
        datetime.date(2026, 12, 29),
    )
    assert series.live
    assert series.left_out == ["2026-12-22"]
    assert starts(series=series) == [
        "2026-11-03 09:00",
        "2026-11-10 09:00",
        "2026-11-17 09:00",
        "2026-11-24 09:00",
        "2026-12-01 14:00",
        "2026-12-08 09:00",
        "2026-12-15 09:00",
        "2026-12-29 09:00",
    ]
    changed = series.events.get(recurrence_key="20261201")
    assert changed.overridden_fields == ["title", "when", "where"]
    assert changed.venue_name == "La Grange, Plérin"
    assert series.events.get(recurrence_key="20261215").is_called_off
    plain = series.events.get(recurrence_key="20261208")
    assert (plain.overridden_fields, plain.venue) == ([], space)
    # No rule of ours has two days of the month: its dates stand each for itself.
    assert starts(series=None) == [
        "2026-11-13",
        "2026-11-27",
        "2026-12-13",
        "2026-12-27",
        "2027-01-13",
        "2027-01-27",
    ]
    assert [(one.title, one.dates, one.last_day) for one in brought.one_by_one] == [
        ("Bilan des 13 et 27", 6, None)
    ]


def test_series_of_google_goes_on_by_itself(space):
    bring_file(space, "google")
    series = Series.objects.get()
    assert (series.rhythm, series.weekdays, series.nth) == ("monthly", [3], 2)
    dates = starts(series=series)
    assert dates[:5] == [
        "2026-09-10 12:15",
        "2026-10-08 12:15",
        "2026-11-12 12:15",
        "2026-12-17 12:15",
        "2027-01-14 12:15",
    ]
    assert dates[-1] == "2028-04-13 12:15"
    assert starts(series=None) == ["2026-12-05 18:00"]
    later = NOW + datetime.timedelta(days=60)
    created = materialise_series(series, now=later).created
    assert [event.recurrence_key for event in created] == ["20280511", "20280608"]


def count_rows():
    models = (Event, Series, ImportedDate, CalendarState)
    return [model.objects.count() for model in models]


@pytest.mark.parametrize(
    "name", ["the_events_calendar", "gancio", "mobilizon", "joyous", "google"]
)
def test_a_second_run_adds_and_changes_nothing(space, name):
    bring_file(space, name)
    Event.objects.update(title="Changé ici")
    before = count_rows()
    again = bring_file(space, name)
    assert count_rows() == before
    assert (again.size, again.one_by_one) == (0, [])
    assert set(Event.objects.values_list("title", flat=True)) == {"Changé ici"}


def test_a_run_that_was_interrupted_brings_the_rest_when_it_begins_again(space):
    rhythm = "RRULE:FREQ=WEEKLY;COUNT=3"
    days = [
        f"2026{month:02d}{day:02d}" for month in range(1, 13) for day in range(1, 26)
    ]
    singles = [make_vevent(n, day=day) for n, day in enumerate(days)]
    content = make_file(make_vevent(900, rhythm, day="20261203"), *singles)
    parts = store_plan(plan(space, content), now=NOW)
    assert next(parts) == 3
    assert next(parts) == 200
    parts.close()
    assert Event.objects.count() == 203
    again = bring(space, content)
    assert (again.known, again.known_series, again.size) == (200, 1, 100)
    assert Event.objects.count() == ImportedDate.objects.count() == 303


def test_two_plans_of_one_file_store_it_once(space):
    content = make_file(make_vevent(1), make_vevent(2, "RRULE:FREQ=WEEKLY;COUNT=3"))
    plans = [plan(space, content), plan(space, content)]
    for one in plans:
        list(store_plan(one, now=NOW))
    assert count_rows() == [4, 1, 4, 4]


def test_a_plan_writes_nothing(space):
    planned = plan(space, (FILES / "joyous.ics").read_bytes())
    assert planned.size == 14
    assert count_rows() == [0, 0, 0, 0]


def test_a_series_with_a_date_beside_its_rule_keeps_it(space):
    extra = "RDATE;TZID=Europe/Paris:20261212T183000"
    content = make_file(make_vevent(3, "RRULE:FREQ=WEEKLY;COUNT=2", extra))
    bring(space, content)
    keys = Event.objects.order_by("start_at").values_list("recurrence_key", flat=True)
    assert list(keys) == ["20261203", "20261210", "20261212+1"]


def test_a_rule_on_the_clock_of_greenwich_comes_date_by_date(space):
    # 17:00 in Greenwich is 18:00 in winter and 19:00 in summer in Paris.
    event = make_vevent(
        1,
        "RRULE:FREQ=MONTHLY;COUNT=6",
        **{
            "DTSTART;TZID=Europe/Paris": None,
            "DTEND;TZID=Europe/Paris": None,
            "DTSTART": "20261203T170000Z",
            "DTEND": "20261203T180000Z",
        },
    )
    bring(space, make_file(event))
    assert not Series.objects.exists()
    assert starts()[-2:] == ["2027-04-03 19:00", "2027-05-03 19:00"]


def test_a_rule_without_end_that_is_not_ours_stops_at_the_horizon_and_says_so(space):
    event = make_vevent(1, "RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15")
    brought = bring(space, make_file(event))
    assert starts()[-1] == "2028-05-01 18:30"
    assert [(one.dates, one.last_day) for one in brought.one_by_one] == [
        (35, datetime.date(2028, 5, 2))
    ]


def test_a_called_off_series_makes_no_date_that_takes_place(space):
    bring(space, make_file(make_vevent(1, "RRULE:FREQ=WEEKLY", STATUS="CANCELLED")))
    assert not Series.objects.exists()
    assert set(Event.objects.values_list("status", flat=True)) == {
        CalendarStatus.CANCELLED.value
    }


def test_events_out_of_reach_are_counted(space):
    content = make_file(make_vevent(1, day="19990101"), make_vevent(2, day="20900101"))
    brought = bring(space, content)
    assert (brought.outside, Event.objects.count()) == (2, 0)


def test_two_spaces_may_bring_the_same_file(space):
    other = SpaceFactory(name="La Grange")
    for one in (space, other):
        bring_file(one, "google")
    assert Series.objects.count() == 2


def test_a_calendar_read_after_its_file_makes_no_second_date(space):
    content = make_file(make_vevent(1), make_vevent(2))
    bring(space, content)
    with open_site() as site:
        feed = make_feed(space, f"http://bocal.example:{site.port}/a.ics")
        Reader(feed, site).read(content)
    assert Event.objects.count() == 2
    assert Event.objects.filter(is_mirrored=True).count() == 0


def test_a_calendar_read_long_after_its_file_knows_the_dates_of_the_clock(space):
    content = make_file(make_vevent(1, "RRULE:FREQ=WEEKLY", day="20261126"))
    bring(space, content)
    much_later = NOW + datetime.timedelta(days=400)
    materialise_series(Series.objects.get(), now=much_later)
    count = Event.objects.count()
    assert ImportedDate.objects.count() < count

    with open_site() as site:
        reader = Reader(
            make_feed(space, f"http://bocal.example:{site.port}/a.ics"), site
        )
        reader.now = much_later
        reader.read(content)
    assert Event.objects.count() == count


def test_a_thousand_events_make_a_thousand_dates(space):
    days = [
        (datetime.date(2020, 1, 1) + datetime.timedelta(days=number)).strftime("%Y%m%d")
        for number in range(1_000)
    ]
    content = make_file(*(make_vevent(n, day=day) for n, day in enumerate(days)))
    brought = bring(space, content)
    assert brought.size == 1_000
    assert count_rows() == [1_000, 0, 1_000, 1_000]
