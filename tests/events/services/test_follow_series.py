"""The whole series changes, ends, disappears and comes back."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from events.enums import EventStatus, RegistrationStatus
from events.models import CalendarState, Event, Registration, Series
from search.models import IndexedText
from tests.events.series_site import (
    NOW,
    clock,
    date_of,
    dates_of,
    day,
    days_of,
    make_series,
    publish,
    read_feed,
    read_line,
)
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

RULE_CHANGED = "Le rythme de la série change : cette date n’a plus lieu."


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


def register(event, email="ada@hub.test", **values):
    return Registration.objects.create(
        event=event, name="Ada", email=email, created_at=timezone.now(),
        **{"status": RegistrationStatus.CONFIRMED, **values},
    )  # fmt: skip


def depart(event, **values):
    """Change ``event`` alone, as the services of one date do."""
    groups = {"title": "title", "start_time": "when", "room": "where", "host": "host"}
    for name, value in values.items():
        setattr(event, name, value)
    event.overridden_fields = [groups[name] for name in values]
    event.save()


def read_sequences():
    return list(CalendarState.objects.order_by("pk").values_list("sequence", flat=True))


def test_changed_text_reaches_dates_to_come_alone():
    series = make_series(first_day=day("2026-11-12"), until=day("2026-12-17"))
    past = dates_of(series)[0]
    Event.objects.filter(pk=past.pk).update(title="Déjà passé")
    Event.objects.filter(pk=past.pk).update(
        start_at=NOW - datetime.timedelta(hours=1), end_at=NOW
    )

    publish(series, title="Repas partagé")

    assert [event.title for event in dates_of(series)] == [
        "Déjà passé", "Repas partagé", "Repas partagé", "Repas partagé",
    ]  # fmt: skip
    assert IndexedText.objects.filter(title="Repas partagé").count() == 3
    assert read_sequences() == [0, 1, 1, 1]


def test_s05_changed_date_keeps_what_was_changed_on_it():
    series = make_series(count=3, title="Repas", price="3 €")
    depart(date_of(series, "2026-12-10"), title="Repas de Noël")

    publish(series, title="Repas partagé", price="5 €")

    assert [(event.title, event.price) for event in dates_of(series)] == [
        ("Repas partagé", "5 €"),
        ("Repas de Noël", "5 €"),
        ("Repas partagé", "5 €"),
    ]


def test_s16_publication_without_change_touches_nothing(client):
    series = make_series(count=2)
    feed, rows = read_feed(client), list(Event.objects.values())

    publish(series)

    assert read_feed(client) == feed
    assert list(Event.objects.values()) == rows


def test_s17_draft_on_a_live_series_leaves_feeds_alone(client):
    series = make_series(count=2)
    feed, rows = read_feed(client), list(Event.objects.values())

    draft = Series.objects.get(pk=series.pk)
    draft.title, draft.start_time = "Autre titre", clock("11:00")
    draft.weekdays = [0]
    draft.save_revision()

    assert read_feed(client) == feed
    assert list(Event.objects.values()) == rows


def test_changed_hour_moves_the_rows_and_says_where_they_were(client):
    series = make_series(count=2)
    uids = [event.uid for event in dates_of(series)]
    depart(date_of(series, "2026-12-10"), start_time=clock("11:00"))

    publish(series, start_time=clock("12:30"))

    first, own = dates_of(series)
    assert [first.uid, own.uid] == uids
    assert (first.start_time, own.start_time) == (clock("12:30"), clock("11:00"))
    assert first.previous_start_at == datetime.datetime(
        2026, 12, 3, 11, 15, tzinfo=datetime.UTC
    )
    feed = read_feed(client)
    assert read_line(feed[first.uid], "DTSTART").endswith("20261203T123000")
    assert read_line(feed[first.uid], "SEQUENCE") == "SEQUENCE:1"


def test_hour_changed_back_forgets_that_it_moved():
    series = make_series(count=1)
    publish(series, start_time=clock("12:30"))
    publish(series, start_time=clock("12:15"))

    assert dates_of(series)[0].previous_start_at is None


def test_changed_host_takes_dates_home_except_those_held_elsewhere():
    before, after = SpaceFactory(), SpaceFactory()
    series = make_series(count=3, host=before)
    depart(date_of(series, "2026-12-10"), host=SpaceFactory())
    depart(date_of(series, "2026-12-17"), room="Jardin")

    publish(series, host=after)

    first, other_host, other_room = dates_of(series)
    assert (first.host, first.venue) == (after, after)
    assert other_host.host not in (before, after)
    assert (other_room.host, other_room.venue, other_room.room) == (
        after, before, "Jardin",
    )  # fmt: skip


def test_date_that_the_rule_no_longer_gives_is_cancelled_never_erased(client):
    series = make_series(count=2)
    keys = list(Event.objects.values_list("pk", flat=True))

    publish(series, weekdays=[1])

    assert days_of(series, status=EventStatus.CANCELLED) == ["2026-12-03", "2026-12-10"]
    assert days_of(series, status=EventStatus.CONFIRMED) == ["2026-12-08", "2026-12-15"]
    assert set(keys) <= set(Event.objects.values_list("pk", flat=True))
    cancelled = date_of(series, "2026-12-03")
    assert cancelled.cancel_reason == RULE_CHANGED
    fragment = read_feed(client)[cancelled.uid]
    assert read_line(fragment, "STATUS") == "STATUS:CANCELLED"
    assert read_line(fragment, "SUMMARY").startswith("SUMMARY:Annulé : ")


def test_cancelled_date_stays_in_sight_when_near_or_when_people_come(client):
    series = make_series(first_day=day("2027-01-14"), count=3)
    near, registered, far = dates_of(series)
    register(registered)

    publish(series, weekdays=[1])

    assert [date_of(series, f"{one.start_date}").live for one in (near, registered, far)] == [
        True, True, False,
    ]  # fmt: skip
    feed = read_feed(client)
    assert read_line(feed[far.uid], "STATUS") == "STATUS:CANCELLED"
    assert client.get(far.get_absolute_url()).status_code == 404
    assert "Annulé" in client.get(registered.get_absolute_url()).content.decode()

    publish(series, weekdays=[3])

    assert [
        (one.live, one.status)
        for one in dates_of(series)
        if one.start_date.weekday() == 3
    ] == [(True, EventStatus.CONFIRMED)] * 3
    assert read_line(read_feed(client)[far.uid], "STATUS") == "STATUS:CONFIRMED"


def test_rule_put_back_holds_its_dates_after_all():
    series = make_series(count=2)
    publish(series, weekdays=[1])
    publish(series, weekdays=[3])

    assert days_of(series, status=EventStatus.CONFIRMED) == ["2026-12-03", "2026-12-10"]
    assert days_of(series, status=EventStatus.CANCELLED) == ["2026-12-08", "2026-12-15"]
    assert {
        event.cancelled_at for event in dates_of(series) if not event.is_called_off
    } == {None}


def test_date_cancelled_by_a_person_stays_cancelled_when_the_rule_comes_back():
    series = make_series(count=1)
    Event.objects.update(status=EventStatus.CANCELLED, cancel_reason="Il neige.")
    publish(series, weekdays=[1])
    publish(series, weekdays=[3])

    assert date_of(series, "2026-12-03").cancel_reason == "Il neige."


def test_unticked_day_is_cancelled_and_comes_back_when_ticked():
    series = make_series(count=2)
    publish(series, left_out=["2026-12-10"])
    assert days_of(series, status=EventStatus.CANCELLED) == ["2026-12-10"]

    publish(series, left_out=[])
    assert days_of(series, status=EventStatus.CONFIRMED) == ["2026-12-03", "2026-12-10"]


def test_holidays_no_longer_skipped_get_their_dates():
    series = make_series(
        rhythm="daily", weekdays=[], first_day=day("2026-12-24"), count=3,
        skips_holidays=True,
    )  # fmt: skip
    assert days_of(series) == ["2026-12-24", "2026-12-26"]

    publish(series, skips_holidays=False)

    assert days_of(series) == ["2026-12-24", "2026-12-25", "2026-12-26"]
    assert series.exclusions.count() == 0


def test_moved_date_that_the_new_rule_does_not_give_is_cancelled_too():
    series = make_series(count=2)
    event = date_of(series, "2026-12-10")
    event.start_date = event.end_date = day("2026-12-11")
    event.overridden_fields = ["when"]
    event.save()

    publish(series, until=day("2026-12-05"), count=None)

    assert days_of(series, status=EventStatus.CANCELLED) == ["2026-12-11"]


def test_extra_date_outlives_a_change_of_rule_and_takes_its_text():
    series = make_series(count=1)
    extra = dates_of(series)[0]
    extra.pk, extra.uid, extra.slug = None, "EXTRA@HUB.TEST", "extra-2026-12-05"
    extra.recurrence_key = "20261203+1"
    extra.start_date = extra.end_date = day("2026-12-05")
    extra.save()

    publish(series, weekdays=[1], title="Repas partagé", start_time=clock("11:00"))

    extra.refresh_from_db()
    assert (extra.status, extra.title) == (EventStatus.CONFIRMED, "Repas partagé")
    assert extra.start_time == clock("12:15")


def test_people_are_told_of_a_cancelled_and_of_a_moved_date(
    django_capture_on_commit_callbacks,
):
    series = make_series(count=3, registration_mode="here")
    for event in dates_of(series)[:2]:
        register(event)

    with django_capture_on_commit_callbacks(execute=True):
        publish(series, start_time=clock("12:30"), left_out=["2026-12-10"])

    assert [message.to for message in mail.outbox] == [["ada@hub.test"]] * 2
    assert Registration.objects.count() == 2


def test_terms_of_registration_never_fall_below_who_comes():
    series = make_series(count=3, registration_mode="here", capacity=10)
    first, second, _third = dates_of(series)
    register(first, companions=4)
    register(second, status=RegistrationStatus.WAITLISTED)

    publish(series, capacity=2)
    assert [event.capacity for event in dates_of(series)] == [5, 2, 2]

    publish(series, registration_mode="none")
    assert [event.registration_mode for event in dates_of(series)] == [
        "here", "here", "none",
    ]  # fmt: skip


def test_older_draft_of_a_date_does_not_undo_the_series():
    series = make_series(count=1)
    draft = dates_of(series)[0]
    draft.price = "7 €"
    revision = draft.save_revision()

    publish(series, title="Repas partagé", start_time=clock("12:30"))
    revision.publish()

    event = dates_of(series)[0]
    assert (event.title, event.price) == ("Repas partagé", "7 €")
    assert event.start_time == clock("12:30")


def test_unpublished_series_takes_its_dates_along_and_brings_them_back(client):
    series = make_series(count=3)
    first, own, cancelled = dates_of(series)
    own.unpublish()
    Event.objects.filter(pk=cancelled.pk).update(status=EventStatus.CANCELLED)

    Series.objects.get(pk=series.pk).unpublish()

    assert [event.live for event in dates_of(series)] == [False, False, False]
    assert read_line(read_feed(client)[first.uid], "STATUS") == "STATUS:CANCELLED"
    assert IndexedText.objects.filter(title=first.title).count() == 0

    publish(series, title="De retour")

    assert [(event.live, event.title) for event in dates_of(series)] == [
        (True, "De retour"), (False, own.title), (True, cancelled.title),
    ]  # fmt: skip
    assert read_line(read_feed(client)[first.uid], "STATUS") == "STATUS:CONFIRMED"


def test_people_are_told_that_an_unpublished_series_is_no_longer_announced(
    django_capture_on_commit_callbacks,
):
    series = make_series(count=1, registration_mode="here")
    register(dates_of(series)[0])

    with django_capture_on_commit_callbacks(execute=True):
        series.unpublish()

    assert [message.to for message in mail.outbox] == [["ada@hub.test"]]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_dates(count, django_assert_num_queries):
    # Each database has a search index of its own, which costs differently.
    most = {"sqlite": 58, "postgresql": 55}[connection.vendor]
    series = make_series(count=count)
    draft = Series.objects.get(pk=series.pk)
    draft.title, draft.start_time = "Repas partagé", clock("12:30")
    revision = draft.save_revision()
    with django_assert_num_queries(most):
        revision.publish()
