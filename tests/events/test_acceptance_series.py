"""The acceptance cases T of time and S of series, on real rows and real feeds.

Cases that only concern one date, one service or one drawing have their tests where
these are: S05 to S09, S13, S14, S16 and S17 in ``tests/events/services``.
"""

from __future__ import annotations

import pytest

from events.enums import EventStatus
from events.models import Event
from events.services.cancel import cancel_event
from events.services.extra_date import add_extra_date
from events.services.materialise import materialise_series
from events.services.rota import plan_rota
from tests import personas
from tests.events.series_site import (
    NOW,
    clock,
    date_of,
    dates_of,
    day,
    days_of,
    make_series,
    read_feed,
    read_line,
)
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

# A week before the first case of the reference begins.
JANUARY = NOW.replace(year=2026, month=1, day=1)


@pytest.fixture(autouse=True)
def _new_year(time_machine):
    time_machine.move_to(JANUARY, tick=False)


def starts_of(series):
    return [f"{event.start_at:%d/%m %H:%M}" for event in dates_of(series)]


def read_starts(client):
    fragments = read_feed(client).values()
    return sorted(read_line(one, "DTSTART") for one in fragments)


def test_t01_weekly_across_the_change_of_march(client, time_machine):
    time_machine.move_to("2026-03-01T09:00Z", tick=False)
    series = make_series(
        weekdays=[1], first_day=day("2026-03-17"), until=day("2026-04-21"),
        start_time=clock("12:30"),
    )  # fmt: skip

    assert starts_of(series) == [
        "17/03 11:30", "24/03 11:30", "31/03 10:30", "07/04 10:30", "14/04 10:30",
        "21/04 10:30",
    ]  # fmt: skip
    assert read_starts(client) == [
        f"DTSTART;TZID=Europe/Paris:2026{one}T123000"
        for one in ("0317", "0324", "0331", "0407", "0414", "0421")
    ]


def test_t02_weekly_across_the_change_of_october():
    series = make_series(
        first_day=day("2026-10-22"), until=day("2026-10-29"),
        start_time=clock("18:30"), end_time=clock("21:00"),
    )  # fmt: skip

    assert starts_of(series) == ["22/10 16:30", "29/10 17:30"]


def test_t03_second_thursday_of_2026():
    series = make_series(
        rhythm="monthly", nth=2, first_day=day("2026-01-01"), until=day("2026-12-31")
    )

    assert [f"{event.start_date:%-d/%-m}" for event in dates_of(series)] == [
        "8/1", "12/2", "12/3", "9/4", "14/5", "11/6", "9/7", "13/8", "10/9", "8/10",
        "12/11", "10/12",
    ]  # fmt: skip


def test_t04_last_friday():
    series = make_series(
        rhythm="monthly", nth=-1, weekdays=[4], first_day=day("2026-01-30"), count=4
    )

    assert days_of(series) == ["2026-01-30", "2026-02-27", "2026-03-27", "2026-04-24"]


def test_t05_day_31_leaves_short_months_out():
    series = make_series(
        rhythm="monthly", weekdays=[], month_day=31, first_day=day("2026-01-31"),
        until=day("2026-10-31"),
    )  # fmt: skip

    assert days_of(series) == [
        "2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31", "2026-08-31",
        "2026-10-31",
    ]  # fmt: skip


def test_t06_fifth_thursday():
    series = make_series(
        rhythm="monthly", nth=5, first_day=day("2026-01-01"), until=day("2026-12-30")
    )

    assert days_of(series) == ["2026-01-29", "2026-04-30", "2026-07-30", "2026-10-29"]


def test_t09_night_of_the_change_ends_at_four(client):
    make_series(
        weekdays=[5], first_day=day("2026-03-28"), count=1,
        start_time=clock("22:00"), end_time=clock("04:00"), lasts_days=1,
    )  # fmt: skip

    (fragment,) = read_feed(client).values()
    assert read_line(fragment, "DTEND") == "DTEND;TZID=Europe/Paris:20260329T040000"
    event = Event.objects.get()
    assert (event.end_at - event.start_at).total_seconds() == 5 * 3600


def test_t10_all_day_series_ends_on_the_day_after(client):
    make_series(
        weekdays=[1], first_day=day("2026-05-19"), count=1, all_day=True, lasts_days=1
    )

    (fragment,) = read_feed(client).values()
    assert read_line(fragment, "DTSTART") == "DTSTART;VALUE=DATE:20260519"
    assert read_line(fragment, "DTEND") == "DTEND;VALUE=DATE:20260521"


def test_t13_series_of_reunion_keeps_its_clock(client):
    series = make_series(
        host=SpaceFactory(postcode="97400"), zone="Indian/Reunion", count=1,
        start_time=clock("09:00"), end_time=clock("10:00"),
    )  # fmt: skip

    assert starts_of(series) == ["03/12 05:00"]
    (fragment,) = read_feed(client).values()
    assert read_line(fragment, "DTSTART").endswith("Indian/Reunion:20261203T090000")


def test_s11_cancelled_date_does_not_shift_the_rota(time_machine):
    time_machine.move_to(NOW, tick=False)
    spaces = [SpaceFactory(name=name) for name in "ABC"]
    series = make_series(count=1)
    for position, space in enumerate(spaces):
        series.rota_hosts.create(
            space=space, position=position, joined_on=day("2026-01-01")
        )
    series.count = 6
    series.save()
    materialise_series(series, now=NOW)
    assert [event.host.name for event in dates_of(series)] == [*"ABCABC"]

    cancel_event(
        date_of(series, "2026-12-10"), by=personas.admin(), reason="Neige", now=NOW
    )
    plan_rota(series, now=NOW)

    assert [event.host.name for event in dates_of(series)] == [*"ABCABC"]
    assert [event.venue.name for event in dates_of(series)] == [*"ABCABC"]


def test_s12_extra_date_is_a_vevent_of_its_own(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    series = make_series(count=1, title="Repas")

    event = add_extra_date(
        series, when={"start_date": day("2026-12-05")}, by=personas.admin(), now=NOW
    )

    assert (event.recurrence_key, event.slug) == ("20261205+1", "repas-2026-12-05")
    assert event.start_time == clock("12:15")
    feed = read_feed(client)
    assert len(feed) == 2
    assert "RDATE" not in "".join(feed.values())
    assert "RRULE" not in "".join(feed.values())
    again = add_extra_date(
        series, when={"start_date": day("2026-12-05")}, by=personas.admin("b@hub.test"),
        now=NOW,
    )  # fmt: skip
    assert again.recurrence_key == "20261205+2"
    assert materialise_series(series, now=NOW).created == []


def test_s14_one_occurrence_only(client):
    series = make_series(count=1)

    assert days_of(series, status=EventStatus.CONFIRMED) == ["2026-12-03"]
    assert len(read_feed(client)) == 1
