"""The whole series, or all that follows, changed by a member."""

from __future__ import annotations

import pytest
import time_machine

from events.models import Event, Series
from events.services.series_draft import revise_series_draft
from tests import personas
from tests.events.series_form_site import (
    NOW,
    change,
    published_by,
    series_of,
    url,
    values,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def person(client):
    """Somebody whose space publishes at once."""
    member = personas.trusted_member()
    client.force_login(member)
    return member


def read(client, name, series=None):
    response = client.get(url(name, series))
    assert response.status_code == 200
    return response.content.decode()


def date_of(series, day):
    return Event.objects.get(series=series, start_date=day)


def test_change_of_the_whole_series_says_first_what_it_does(client, person):
    series = published_by(person)

    response = change(client, series, start_time="19:00")

    assert response.status_code == 200
    foreseen = response.context["foreseen"]
    assert (len(foreseen.changed), foreseen.cancelled, foreseen.created) == (17, [], 0)
    html = response.content.decode()
    assert "<strong>17 rendez-vous à venir</strong> changent." in html
    series.refresh_from_db()
    assert f"{series.start_time}" == "18:30:00"
    assert f"{date_of(series, '2026-12-10').start_time}" == "18:30:00"
    assert not series.has_unpublished_changes


def test_change_of_the_whole_series_is_done_once_confirmed(client, person):
    series = published_by(person)

    response = change(client, series, confirmed=True, start_time="19:00")

    assert response.url == url("series", series)
    times = {f"{event.start_time}" for event in series.events.all()}
    assert times == {"19:00:00"}


def test_consequences_name_what_is_cancelled_added_and_kept(client, person):
    series = published_by(person)
    kept = date_of(series, "2026-12-10")
    Event.objects.filter(pk=kept.pk).update(overridden_fields=["title"], title="Noël")

    response = change(client, series, nth="3", price="2 €")

    foreseen = response.context["foreseen"]
    assert len(foreseen.cancelled) == 17
    assert foreseen.created == 17
    response = change(client, series, price="2 €")
    foreseen = response.context["foreseen"]
    assert [event.title for event in foreseen.kept] == ["Noël"]
    assert foreseen.told == 0


def test_consequences_count_the_people_who_are_told(client, person):
    series = published_by(person)
    event = date_of(series, "2026-12-10")
    for name in ("a", "b"):
        event.registrations.create(
            created_at=NOW, name=name, email=f"{name}@hub.test", status="confirmed"
        )

    response = change(client, series, start_time="19:00")

    assert response.context["foreseen"].told == 2
    assert "<strong>2 personnes inscrites</strong>" in response.content.decode()


def test_answers_come_back_from_the_consequences(client, person):
    series = published_by(person)

    response = change(
        client, series, price="2 €", left_out=["2027-01-14", "2027-02-11"]
    )
    sent = response.context["answers"]
    assert [value for name, value in sent if name == "left_out"] == [
        "2027-01-14", "2027-02-11",
    ]  # fmt: skip
    back = dict(sent) | {"action": "back"}
    page = client.post(url("edit", series), back)

    assert page.status_code == 200
    assert page.context["form"]["price"].value() == "2 €"


def test_change_from_a_date_on_leaves_those_before(client, person):
    series = published_by(person)
    rows = {f"{e.start_date}": e.pk for e in series.events.all()}
    sent = {"scope": "following", "change_day": "2027-02-11", "start_time": "19:00"}

    page = change(client, series, **sent)
    assert len(page.context["foreseen"].changed) == 15
    assert not Series.objects.exclude(pk=series.pk).exists()
    response = change(client, series, confirmed=True, **sent)

    following = Series.objects.get(continues=series)
    assert response.url == url("series", following)
    assert following.live
    assert f"{date_of(series, '2027-01-14').start_time}" == "18:30:00"
    moved = date_of(following, "2027-02-11")
    assert (f"{moved.start_time}", moved.pk) == ("19:00:00", rows["2027-02-11"])


def test_change_from_a_date_on_that_changes_nothing_is_refused(client, person):
    series = published_by(person)

    response = change(client, series, scope="following", change_day="2027-02-11")

    assert response.status_code == 422
    assert "Rien ne diffère de maintenant" in response.content.decode()


@pytest.mark.parametrize("day", ["", "2026-12-10", "2027-02-12", "x"])
def test_change_needs_one_of_the_dates_but_the_first(client, person, day):
    series = published_by(person)

    response = change(client, series, scope="following", change_day=day, price="2 €")

    assert response.status_code == 422
    assert list(response.context["scope_form"].errors) == ["change_day"]
    assert "2 €" in response.content.decode()


def test_change_from_a_date_on_by_a_reviewed_space_waits(client):
    person = personas.member()
    client.force_login(person)
    draft = series_of(person)
    draft.latest_revision.publish()
    series = Series.objects.get(pk=draft.pk)
    sent = {"scope": "following", "change_day": "2027-02-11", "start_time": "19:00"}

    page = change(client, series, **sent)
    assert "quand elle l’approuve" in page.content.decode()
    assert len(page.context["foreseen"].changed) == 15
    response = change(client, series, confirmed=True, **sent)

    following = Series.objects.get(continues=series)
    assert response.url == url("series", following)
    assert (following.live, following.workflow_in_progress) == (False, True)
    assert f"{date_of(series, '2027-02-11').start_time}" == "18:30:00"
    assert "prend la suite" in read(client, "series", following)
    # A second one is refused, with what was typed.
    again = change(client, series, **sent)
    assert again.status_code == 409
    following.current_workflow_task_state.approve(user=personas.moderator())
    assert f"{date_of(following, '2027-02-11').start_time}" == "19:00:00"


def test_change_of_a_series_that_was_saved_meanwhile_shows_both(client, person):
    series = published_by(person)
    opened = series.latest_revision_id
    revise_series_draft(
        series, values=values(series.host, price="3 €"), by=person, now=NOW,
        seen_revision=opened,
    )  # fmt: skip

    for scope in (
        {"scope": "whole"},
        {"scope": "following", "change_day": "2027-02-11"},
    ):
        response = change(client, series, title="Autre", version=opened, **scope)
        assert response.status_code == 409
        assert "3 €" in response.content.decode()
    assert Series.objects.count() == 1
