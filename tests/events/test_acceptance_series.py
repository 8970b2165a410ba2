"""The acceptance cases T of time and S of series, on real rows and real feeds.

Those of one date are in ``test_acceptance_time.py`` and ``test_acceptance_one_date.py``,
S15 and the RRULE form of S10 in ``tests/events/domain/test_ical_rule.py``.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from events.enums import EventStatus, ExclusionKind
from events.models import CalendarState, Event, Series
from events.services.cancel import cancel_event
from events.services.change_date import move_event
from events.services.extra_date import add_extra_date
from events.services.follow_series import split_series
from events.services.materialise import materialise_all, materialise_series
from events.services.remove import remove_event
from events.services.rota import plan_rota
from tests import personas
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
    read_feed,
    read_line,
)
from tests.events.told import register_person, take_mails
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
    zones = client.get("/agenda/flux.ics").content.decode()
    assert "BEGIN:VTIMEZONE\r\nTZID:Indian/Reunion\r\n" in zones
    (fragment,) = read_feed(client).values()
    assert read_line(fragment, "DTSTART").endswith("Indian/Reunion:20261203T090000")


def thursdays(**values):
    """The second Thursday of the first months of 2026, 18:30."""
    return make_series(
        rhythm="monthly", nth=2, first_day=day("2026-01-02"), until=day("2026-08-31"),
        start_time=clock("18:30"), end_time=clock("21:00"), **values,
    )  # fmt: skip


def test_s05_title_changed_on_one_date_stays_when_all_following_change(client):
    series, by = thursdays(title="Drink & co"), personas.moderator()
    own = date_of(series, "2026-06-11")
    draft = own.get_latest_revision_as_object()
    draft.title = "Drink de la Saint-Jean"
    draft.save_revision().publish()
    feed = read_feed(client)
    uids = {event.recurrence_key: event.uid for event in dates_of(series)}

    following = split_series(
        series, first_day=day("2026-05-01"), values={"title": "Le Drink"}, by=by,
        now=JANUARY,
    )  # fmt: skip

    assert [event.title for event in dates_of(series)] == ["Drink & co"] * 4
    assert [event.title for event in dates_of(following)] == [
        "Le Drink", "Drink de la Saint-Jean", "Le Drink", "Le Drink",
    ]  # fmt: skip
    after = read_feed(client)
    assert set(after) == set(uids.values())
    assert read_line(after[own.uid], "SUMMARY") == read_line(feed[own.uid], "SUMMARY")
    assert read_line(after[uids["20260514"]], "SUMMARY") == "SUMMARY:Le Drink"


def test_s06_other_day_from_may_splits_the_series_and_tells_people(client):
    series = make_series(
        weekdays=[1],
        first_day=day("2026-04-07"),
        until=day("2026-05-31"),
        title="Repas",
    )
    held = date_of(series, "2026-05-12")
    register_person(held, "maelle@hub.test")
    take_mails()

    following = split_series(
        series, first_day=day("2026-05-01"), values={"weekdays": [2]},
        by=personas.moderator(), now=JANUARY,
    )  # fmt: skip

    assert Series.objects.get(pk=series.pk).until == day("2026-04-30")
    assert days_of(series, status=EventStatus.CONFIRMED) == [
        "2026-04-07", "2026-04-14", "2026-04-21", "2026-04-28",
    ]  # fmt: skip
    assert days_of(following) == [
        "2026-05-06", "2026-05-13", "2026-05-20", "2026-05-27",
    ]  # fmt: skip
    former = Event.objects.get(pk=held.pk)
    assert (former.status, former.registrations.count()) == (EventStatus.CANCELLED, 1)
    told = [mail for mail in take_mails() if mail.to == "maelle@hub.test"]
    assert [mail.subject for mail in told] == ["Annulé\xa0: Repas"]
    assert read_line(read_feed(client)[held.uid], "STATUS") == "STATUS:CANCELLED"


def test_s07_making_the_dates_three_times_changes_nothing(client):
    series = thursdays()
    cancel_event(
        date_of(series, "2026-03-12"), by=personas.admin(), reason="", now=JANUARY
    )
    rows = list(Event.objects.order_by("pk").values())
    states = list(CalendarState.objects.order_by("pk").values())
    body = client.get("/agenda/flux.ics").content

    for _time in range(3):
        assert materialise_all(JANUARY) == 0

    assert list(Event.objects.order_by("pk").values()) == rows
    assert list(CalendarState.objects.order_by("pk").values()) == states
    assert client.get("/agenda/flux.ics").content == body


def test_s08_date_removed_before_publication_is_not_made_again():
    series = thursdays()
    person = personas.admin()
    # As an import or an older release may leave one: a date that never appeared.
    hidden = date_of(series, "2026-05-14")
    CalendarState.objects.filter(event=hidden).delete()
    Event.objects.filter(pk=hidden.pk).update(live=False, first_published_at=None)

    assert remove_event(hidden, reason="", by=person, now=JANUARY) is None
    for _time in range(2):
        materialise_series(Series.objects.get(pk=series.pk), now=JANUARY)

    assert "2026-05-14" not in days_of(series)
    assert [one.kind for one in series.exclusions.all()] == [ExclusionKind.SKIPPED]


def test_s10_date_moved_past_its_neighbour_is_told_as_it_stands(client):
    series, by = thursdays(), personas.moderator()
    first, second = date_of(series, "2026-04-09"), date_of(series, "2026-05-14")
    late = day("2026-05-20")

    move_event(first, when={"start_date": late, "end_date": late}, by=by, now=JANUARY)

    feed = read_feed(client)
    assert len(feed) == 8
    assert read_line(feed[first.uid], "DTSTART").endswith(":20260520T183000")
    assert read_line(feed[second.uid], "DTSTART").endswith(":20260514T183000")
    assert days_of(series)[3:5] == ["2026-05-14", "2026-05-20"]
    assert date_of(series, "2026-04-09").pk == first.pk
    assert materialise_series(series, now=JANUARY).created == []


def test_s13_national_day_has_no_row_and_says_why(client):
    series = publish(
        make_draft(
            weekdays=[1], first_day=day("2026-07-07"), until=day("2026-07-21"),
            skips_holidays=True,
        )
    )  # fmt: skip

    assert days_of(series) == ["2026-07-07", "2026-07-21"]
    exclusion = series.exclusions.get()
    assert (exclusion.recurrence_key, exclusion.kind) == (
        "20260714", ExclusionKind.HOLIDAY,
    )  # fmt: skip
    assert len(read_feed(client)) == 2


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


def test_s14_last_day_before_the_first_is_an_error():
    with pytest.raises(ValidationError) as error:
        make_draft(until=day("2026-12-02"))
    assert list(error.value.message_dict) == ["until"]
    assert not Event.objects.exists()


def test_s14_one_occurrence_only(client):
    series = make_series(count=1)

    assert days_of(series, status=EventStatus.CONFIRMED) == ["2026-12-03"]
    assert len(read_feed(client)) == 1
