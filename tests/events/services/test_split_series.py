""" "This date and all following"."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from events.enums import EventStatus, ExclusionKind, RegistrationStatus
from events.models import Event, Registration, Series, SeriesExclusion
from events.services.follow_series import split_series
from events.services.materialise import materialise_series
from events.services.series_refusals import (
    ContinuedAlready,
    NothingBefore,
    NothingLeft,
    SplitInThePast,
)
from tests import personas
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
)
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def moderator(db):
    return personas.moderator()


def tuesdays(**values):
    return make_series(
        weekdays=[1], first_day=day("2027-04-01"), until=day("2027-05-31"),
        slug="repas", **values,
    )  # fmt: skip


def split(series, by, first_day="2027-05-01", **values):
    return split_series(series, first_day=day(first_day), values=values, by=by, now=NOW)


def read_rows(series):
    return {event.recurrence_key: event.pk for event in dates_of(series)}


def test_s06_tuesday_becomes_wednesday_from_may(moderator):
    series = tuesdays()
    rows = read_rows(series)
    registered = date_of(series, "2027-05-11")
    Registration.objects.create(
        event=registered, name="Ada", email="ada@hub.test", created_at=timezone.now(),
        status=RegistrationStatus.CONFIRMED,
    )  # fmt: skip

    following = split(series, moderator, weekdays=[2])

    former = Series.objects.get(pk=series.pk)
    assert former.until == day("2027-04-30")
    assert days_of(former, status=EventStatus.CONFIRMED) == [
        "2027-04-06", "2027-04-13", "2027-04-20", "2027-04-27",
    ]  # fmt: skip
    assert days_of(former, status=EventStatus.CANCELLED) == [
        "2027-05-04", "2027-05-11", "2027-05-18", "2027-05-25",
    ]  # fmt: skip
    assert days_of(following) == [
        "2027-05-05", "2027-05-12", "2027-05-19", "2027-05-26",
    ]  # fmt: skip
    assert read_rows(former) == rows
    assert registered.registrations.count() == 1
    assert following.continues == former
    assert following.uid != former.uid
    assert (following.slug, following.live) == ("repas-2027", True)
    assert following.latest_revision is not None


def test_s05_rows_move_with_their_people_and_what_they_depart_in(moderator, client):
    series = tuesdays(title="Repas")
    own = date_of(series, "2027-05-11")
    own.title, own.overridden_fields = "Repas de Mai", ["title"]
    own.save()
    feed, rows = read_feed(client), read_rows(series)

    following = split(series, moderator, title="Repas partagé", end_time=clock("14:30"))

    moved = dates_of(following)
    assert {one.recurrence_key: one.pk for one in moved} == {
        key: pk for key, pk in rows.items() if key >= "20270501"
    }
    assert [(one.title, one.end_time) for one in moved] == [
        ("Repas partagé", clock("14:30")),
        ("Repas de Mai", clock("14:30")),
        ("Repas partagé", clock("14:30")),
        ("Repas partagé", clock("14:30")),
    ]
    after = read_feed(client)
    for event in dates_of(Series.objects.get(pk=series.pk)):
        assert after[event.uid] == feed[event.uid]


def test_rule_that_does_not_change_goes_on_in_step(moderator):
    series = make_series(interval=2)
    assert days_of(series)[:3] == ["2026-12-03", "2026-12-17", "2026-12-31"]

    following = split(series, moderator, "2026-12-20", title="Repas partagé")

    assert days_of(following)[:2] == ["2026-12-31", "2027-01-14"]


def test_other_day_of_every_other_week_stays_in_the_same_weeks(moderator):
    series = make_series(interval=2)

    following = split(series, moderator, "2026-12-20", weekdays=[0])

    assert days_of(following)[:2] == ["2026-12-28", "2027-01-11"]


def test_count_is_shared(moderator):
    series = make_series(count=4)

    following = split(series, moderator, "2026-12-15", title="Repas partagé")

    # The eve of the first date that goes on.
    assert Series.objects.get(pk=series.pk).until == day("2026-12-16")
    assert days_of(following) == ["2026-12-17", "2026-12-24"]
    assert following.count == 2


def test_left_out_days_and_exclusions_go_along(moderator):
    series = make_series(left_out=["2026-12-10", "2026-12-24"], count=6)
    SeriesExclusion.objects.create(
        series=series, recurrence_key="20261231", kind=ExclusionKind.SKIPPED
    )
    Event.objects.filter(recurrence_key="20261231").update(first_published_at=None)
    date_of(series, "2026-12-31").delete()

    following = split(series, moderator, "2026-12-15", title="Repas partagé")

    assert following.left_out == ["2026-12-24"]
    assert days_of(following) == ["2026-12-17", "2027-01-07"]


def test_extra_date_and_turns_go_along(moderator):
    series = make_series(count=4)
    extra = date_of(series, "2026-12-24")
    Event.objects.filter(pk=extra.pk).update(recurrence_key="20261224+1")
    series.turns.create(month=day("2027-02-01"))
    series.turns.create(month=day("2026-11-01"))

    following = split(series, moderator, "2026-12-15", weekdays=[4])

    extra.refresh_from_db()
    assert (extra.series, extra.status) == (following, EventStatus.CONFIRMED)
    assert [f"{turn.month}" for turn in following.turns.all()] == ["2027-02-01"]


def test_date_that_has_begun_stays_and_is_not_made_again(moderator):
    series = make_series(
        rhythm="daily", weekdays=[], first_day=day("2026-11-20"),
        start_time=clock("09:00"), end_time=clock("11:30"),
    )  # fmt: skip

    following = split(series, moderator, "2026-11-23", title="Repas partagé")

    assert days_of(following)[0] == "2026-11-24"
    assert Event.objects.filter(start_date=day("2026-11-23")).count() == 1


def test_untrusted_member_s_split_waits_for_its_publication():
    person = personas.member(spaces=[SpaceFactory()])
    series = tuesdays(host=personas.space_of(person))

    following = split(series, person, title="Repas partagé")

    assert (following.live, dates_of(following)) == (False, [])
    assert Series.objects.get(pk=series.pk).until == day("2027-05-31")

    publish(following)

    assert Series.objects.get(pk=series.pk).until == day("2027-05-03")
    assert len(dates_of(following)) == 4


def test_trusted_member_s_split_is_published_at_once():
    person = personas.trusted_member()
    series = tuesdays(host=personas.space_of(person))

    assert split(series, person, title="Repas partagé").live


def test_trusted_member_cannot_hand_the_series_to_an_untrusted_space_unread():
    person = personas.trusted_member()
    series = tuesdays(host=personas.space_of(person))

    assert not split(series, person, host=SpaceFactory()).live


def test_splits_that_make_no_sense_are_refused(moderator):
    series = make_series(count=3)

    with pytest.raises(NothingBefore):
        split(series, moderator, "2026-12-03")
    with pytest.raises(NothingLeft):
        split(series, moderator, "2027-03-01")
    with pytest.raises(SplitInThePast):
        split(series, moderator, "2026-11-22")
    following = split(series, moderator, "2026-12-10")
    with pytest.raises(ContinuedAlready) as refusal:
        split(series, moderator, "2026-12-03")
    assert refusal.value.following == following
    assert Series.objects.count() == 2


def test_both_halves_are_idempotent(moderator):
    series = tuesdays()
    following = split(series, moderator, weekdays=[2])
    rows = list(Event.objects.order_by("pk").values())

    materialise_series(series, now=NOW)
    materialise_series(following, now=NOW)

    assert list(Event.objects.order_by("pk").values()) == rows


def test_new_half_splits_again(moderator):
    series = tuesdays()
    second = split(series, moderator, title="Deux")
    third = split(second, moderator, "2027-05-15", title="Trois")

    assert [days_of(one) for one in (series, second, third)] == [
        ["2027-04-06", "2027-04-13", "2027-04-20", "2027-04-27"],
        ["2027-05-04", "2027-05-11"],
        ["2027-05-18", "2027-05-25"],
    ]
    assert third.slug == "repas-2027-2027"
    assert isinstance(third.first_day, datetime.date)


def test_who_follows_the_first_series_gets_the_dates_of_what_continues_it(
    client, moderator
):
    series = publish(tuesdays())
    before = read_feed(client, "/agenda/serie/repas.ics")

    split(series, moderator, weekdays=[2], title="Repas du mercredi")

    after = read_feed(client, "/agenda/serie/repas.ics")
    assert set(before) <= set(after)
    assert "Repas du mercredi" in str(after)
