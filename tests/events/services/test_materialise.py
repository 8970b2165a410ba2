from __future__ import annotations

import datetime
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.backends import get_search_backend

from events.enums import ExclusionKind
from events.models import CalendarState, Event, Series, SeriesExclusion
from events.services.materialise import (
    MOST_FUTURE,
    materialise_all,
    materialise_series,
    plan_days,
)
from search.models import IndexedText
from tests.events.series_site import (
    NOW,
    clock,
    date_of,
    dates_of,
    day,
    days_of,
    make_draft,
    make_series,
    publish,
)
from tests.factories.events import EventFactory, SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def test_draft_has_no_dates_and_its_publication_makes_them():
    draft = make_draft(until=day("2026-12-24"))
    assert dates_of(draft) == []

    series = publish(draft)

    assert days_of(series) == ["2026-12-03", "2026-12-10", "2026-12-17", "2026-12-24"]
    assert series.materialised_until == day("2028-05-23")


def test_dates_are_made_eighteen_months_ahead():
    series = make_series()

    assert days_of(series)[-1] == "2028-05-18"
    assert len(days_of(series)) == 77


def test_date_takes_texts_place_and_terms_of_its_series():
    host = SpaceFactory()
    series = make_series(
        host=host, room="Cuisine", title="Repas de quartier", summary="On apporte.",
        price="3 €", online_url="https://visio.test/a", registration_mode="here",
        capacity=12, question="Un plat ?",
    )  # fmt: skip

    event = dates_of(series)[0]

    assert event.slug == "repas-de-quartier-2026-12-03"
    assert (event.title, event.summary, event.price) == (
        "Repas de quartier", "On apporte.", "3 €",
    )  # fmt: skip
    assert (event.venue, event.host, event.room) == (host, host, "Cuisine")
    assert (event.capacity, event.question) == (12, "Un plat ?")
    assert event.department == "22"
    assert event.first_published_at == NOW
    assert event.calendar_state.sequence == 0
    assert event.latest_revision is None
    assert (
        IndexedText.objects.get(url=event.get_absolute_url()).title
        == "Repas de quartier"
    )
    assert event in get_search_backend().search("repas", Event)


def test_date_of_a_series_held_elsewhere_is_there():
    series = make_series(
        host=SpaceFactory(),
        is_held_at_host=False,
        venue_name="Halle",
        venue_city="Brest",
    )

    event = dates_of(series)[0]

    assert (event.venue, event.venue_name, event.venue_city) == (None, "Halle", "Brest")


def test_first_edit_of_a_date_without_revision_keeps_the_row():
    event = dates_of(make_series())[0]
    draft = event.get_latest_revision_as_object()
    draft.title = "Repas de Noël"

    draft.save_revision().publish()

    event.refresh_from_db()
    assert event.title == "Repas de Noël"
    assert event.recurrence_key == "20261203"
    assert event.calendar_state.sequence == 1


def test_s07_running_again_changes_nothing():
    series = make_series(skips_holidays=True)

    def read_rows():
        return [
            list(Event.objects.order_by("pk").values()),
            list(CalendarState.objects.order_by("pk").values()),
            list(SeriesExclusion.objects.order_by("pk").values()),
            list(Series.objects.values()),
        ]

    before = read_rows()
    for _turn in range(3):
        assert materialise_series(series, now=NOW).created == []
        assert materialise_all(NOW) == 0
    assert read_rows() == before


def test_next_day_s_run_adds_the_next_date_alone():
    series = make_series()
    known = [event.pk for event in dates_of(series)]

    assert materialise_all(NOW + datetime.timedelta(days=7)) == 1

    assert [event.pk for event in dates_of(series)][:-1] == known
    assert days_of(series)[-1] == "2028-05-25"


def test_only_dates_that_have_not_ended_are_made():
    series = make_series(
        rhythm="daily", weekdays=[], first_day=day("2026-11-01"), until=day("2026-11-24"),
        start_time=clock("09:30"), end_time=clock("10:30"),
    )  # fmt: skip
    assert days_of(series) == ["2026-11-23", "2026-11-24"]

    evening = NOW.replace(hour=9, minute=30)
    other = SeriesFactory(
        recurring=True, rhythm="daily", weekdays=[], first_day=day("2026-11-01"),
        until=day("2026-11-24"), start_time=clock("09:30"), end_time=clock("10:30"),
    )  # fmt: skip
    materialise_series(other, now=evening)
    assert days_of(other) == ["2026-11-24"]


def test_s13_public_holiday_is_left_out_and_says_its_name():
    series = make_series(
        rhythm="monthly", weekdays=[], month_day=14, first_day=day("2027-06-14"),
        until=day("2027-08-14"), skips_holidays=True,
    )  # fmt: skip

    assert days_of(series) == ["2027-06-14", "2027-08-14"]
    exclusion = series.exclusions.get()
    assert (exclusion.recurrence_key, exclusion.kind, exclusion.reason) == (
        "20270714", ExclusionKind.HOLIDAY, "Fête nationale",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("postcode", "zone", "expected"),
    [
        ("35000", "Europe/Paris", ["2026-12-19", "2026-12-20", "2026-12-21"]),
        ("97400", "Indian/Reunion", ["2026-12-19", "2026-12-21"]),
        ("", "Indian/Reunion", ["2026-12-19", "2026-12-21"]),
    ],
)
def test_holidays_are_those_of_the_place(postcode, zone, expected):
    series = make_series(
        host=SpaceFactory(postcode=postcode), zone=zone, skips_holidays=True,
        rhythm="daily", weekdays=[], first_day=day("2026-12-19"), until=day("2026-12-21"),
    )  # fmt: skip

    assert days_of(series) == expected


def test_left_out_day_never_comes_back():
    series = make_series(left_out=["2026-12-10"], until=day("2026-12-17"))
    materialise_series(series, now=NOW)

    assert days_of(series) == ["2026-12-03", "2026-12-17"]


def test_s08_excluded_day_stays_without_a_date():
    draft = make_draft(until=day("2026-12-17"))
    SeriesExclusion.objects.create(
        series=draft, recurrence_key="20261210", kind=ExclusionKind.SKIPPED
    )
    series = publish(draft)
    materialise_series(series, now=NOW)

    assert days_of(series) == ["2026-12-03", "2026-12-17"]


def test_s09_two_dates_on_one_day_are_both_there():
    series = make_series(until=day("2026-12-10"))
    first, second = dates_of(series)
    second.start_date = second.end_date = first.start_date
    second.save()

    materialise_series(series, now=NOW)

    assert days_of(series) == ["2026-12-03", "2026-12-03"]
    assert first.uid != second.uid


def test_s14_count_of_one_makes_one_row():
    assert days_of(make_series(count=1)) == ["2026-12-03"]


def test_s14_until_before_the_first_date_is_an_error():
    with pytest.raises(ValidationError) as error:
        make_draft(until=day("2026-12-01"))
    assert error.value.message_dict == {
        "until": [
            "La première date est le 3 décembre 2026 : choisissez un dernier jour qui vient après."
        ]
    }


def test_unpublished_series_makes_nothing():
    assert materialise_series(make_draft(), now=NOW).created == []


def test_series_without_a_rule_makes_nothing():
    assert materialise_series(SeriesFactory(), now=NOW).created == []
    turns = SeriesFactory(rhythm="turns", first_day=day("2026-12-01"))
    assert materialise_series(turns, now=NOW).created == []


def test_hour_that_a_day_does_not_have_is_held_an_hour_later():
    values = {
        "rhythm": "daily", "weekdays": [], "first_day": day("2027-03-27"), "until": day("2027-03-29"),
        "start_time": clock("02:30"), "end_time": clock("02:45"),
    }  # fmt: skip
    plan = plan_days(SeriesFactory.build(recurring=True, **values), now=NOW, limit=9)
    assert [one.is_moved for one in plan] == [False, True, False]

    series = make_series(**values)

    assert [(e.start_time, e.end_time) for e in dates_of(series)] == [
        (clock("02:30"), clock("02:45")),
        (clock("03:30"), clock("03:45")),
        (clock("02:30"), clock("02:45")),
    ]


def test_hour_that_comes_twice_is_held_after_both():
    series = make_series(
        rhythm="daily", weekdays=[], first_day=day("2027-10-31"), count=1,
        start_time=clock("02:30"), end_time=clock("04:00"),
    )  # fmt: skip

    event = dates_of(series)[0]
    assert event.start_time == clock("03:30")
    assert event.start_at == datetime.datetime(2027, 10, 31, 2, 30, tzinfo=datetime.UTC)


def test_i13_series_has_800_live_future_dates_at_most():
    series = SeriesFactory(recurring=True, rhythm="daily", weekdays=[])
    for number in range(MOST_FUTURE - 2):
        Event.objects.bulk_create(
            [
                EventFactory.build(
                    series=series, type=series.type, recurrence_key=f"x+{number}",
                    slug=f"date-{number}", start_at=NOW + datetime.timedelta(days=400),
                    end_at=NOW + datetime.timedelta(days=401),
                )
            ]
        )  # fmt: skip

    made = materialise_series(series, now=NOW)

    assert [f"{event.start_date}" for event in made.created] == [
        "2026-12-03", "2026-12-04",
    ]  # fmt: skip
    assert made.is_full


def test_plan_of_an_unsaved_draft_tells_each_day():
    draft = SeriesFactory.build(
        recurring=True, rhythm="daily", weekdays=[], first_day=day("2026-12-24"),
        skips_holidays=True, left_out=["2026-12-26"],
    )  # fmt: skip

    plan = plan_days(draft, now=NOW, limit=3)

    assert [(f"{one.day}", one.holiday, one.is_left_out) for one in plan] == [
        ("2026-12-24", "", False),
        ("2026-12-25", "Noël", False),
        ("2026-12-26", "", True),
    ]
    assert plan_days(SeriesFactory.build(), now=NOW, limit=3) == []


def test_plan_of_a_started_series_begins_today():
    draft = SeriesFactory.build(recurring=True, first_day=day("2026-01-01"))

    assert plan_days(draft, now=NOW, limit=1)[0].day == day("2026-11-26")


# Each database has a search index of its own, which costs differently.
@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_dates(count, django_assert_num_queries):
    materialise_series(SeriesFactory(recurring=True, count=1), now=NOW)
    series = SeriesFactory(recurring=True, count=count)
    with django_assert_num_queries({"sqlite": 26, "postgresql": 25}[connection.vendor]):
        materialise_series(series, now=NOW)
    with django_assert_num_queries(7):
        materialise_series(series, now=NOW)


def test_weekly_series_is_published_in_less_than_two_seconds():
    draft = make_draft()
    started = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        publish(draft)
    assert Event.objects.count() == 77
    assert time.process_time() - started < 2
    assert len(queries) < 90


def test_broken_rule_of_one_series_stops_no_other():
    broken = SeriesFactory(recurring=True, interval=99)
    sound = SeriesFactory(recurring=True, count=2)

    assert materialise_all(NOW) == 2
    assert dates_of(broken) == []
    assert len(dates_of(sound)) == 2


def test_slug_of_a_date_avoids_those_that_are_taken():
    taken = EventFactory(title="Repas", start_date=day("2026-12-03"))
    series = make_series(title="Repas", count=2)

    assert taken.slug == "repas-2026-12-03"
    assert [event.slug for event in dates_of(series)] == [
        "repas-2026-12-03-2", "repas-2026-12-10",
    ]  # fmt: skip
    assert date_of(series, "2026-12-03").slug == "repas-2026-12-03-2"
