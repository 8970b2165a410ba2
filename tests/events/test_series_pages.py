"""A member's series under /espace/: who may see what, and what each page offers."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.urls import reverse

from events.enums import EventStatus
from events.models import Event, Series
from events.services.publish import publish_record
from events.services.series_draft import revise_series_draft
from events.services.submit import submit_record
from tests import personas
from tests.events.series_form_site import (
    NOW,
    answers,
    change,
    published_by,
    series_of,
    url,
    values,
)
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

OF_ONE_SERIES = (
    "series", "edit", "preview", "duplicate", "add_date", "withdraw", "end", "discard",
)  # fmt: skip
NB = "\u00a0"


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


@pytest.mark.parametrize("name", ["list", "create", *OF_ONE_SERIES])
def test_visitor_is_sent_to_the_login(client, name):
    series = series_of(personas.member()) if name in OF_ONE_SERIES else None
    address = url(name, series)

    for response in (client.get(address), client.post(address)):
        assert response.status_code == 302
        assert response.url == f"{reverse('account_login')}?next={address}"


@pytest.mark.parametrize("name", OF_ONE_SERIES)
def test_series_of_another_space_does_not_exist(client, name):
    series = published_by(personas.trusted_member())
    client.force_login(personas.other_member())

    for response in (client.get(url(name, series)), client.post(url(name, series))):
        assert response.status_code in (404, 405)
        assert "Soupe" not in response.content.decode()
    series.refresh_from_db()
    assert (series.live, series.until) == (True, None)


@pytest.mark.parametrize("name", OF_ONE_SERIES)
def test_member_of_yesterday_no_longer_finds_the_series(client, name):
    person = personas.member()
    series = series_of(person)
    person.space_members.update(until=NOW.date() - datetime.timedelta(days=1))
    person.space_members.create(space=SpaceFactory(), since=NOW.date())
    client.force_login(person)

    assert client.get(url(name, series)).status_code == 404


def test_list_shows_rule_next_date_host_and_state(client, person):
    published_by(person)
    series_of(person, title="Un brouillon")

    html = read(client, "list")

    assert f"Chaque 2ᵉ jeudi du mois, 18{NB}h{NB}30" in html
    assert f"Jeudi 10{NB}décembre 2026, 18{NB}h{NB}30" in html
    assert "organisé par L’Estran" in html
    assert "Un brouillon" in html
    assert "Brouillon" in html


def test_list_skips_a_cancelled_date(client, person):
    series = published_by(person)
    series.events.order_by("start_at")[:1].get()
    Event.objects.filter(pk=date_of(series, "2026-12-10").pk).update(
        status=EventStatus.CANCELLED
    )

    html = read(client, "list")

    assert f"Jeudi 14{NB}janvier 2027" in html
    assert f"Jeudi 10{NB}décembre" not in html


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three(
    client, person, number, django_assert_num_queries
):
    for index in range(number):
        published_by(person, title=f"Série {index}")
    read(client, "list")

    with django_assert_num_queries(10):
        read(client, "list")


@pytest.mark.parametrize("number", [2, 6])
def test_page_costs_the_same_queries_for_few_and_many_dates(
    client, person, number, django_assert_num_queries
):
    series = published_by(person, count=number)
    read(client, "series", series)

    with django_assert_num_queries(14):
        read(client, "series", series)


def test_page_of_a_draft_shows_its_computed_dates(client, person):
    html = read(client, "series", series_of(person))

    assert "Dates calculées" in html
    assert f"Jeudi 14{NB}janvier 2027" in html
    assert "Supprimer ce brouillon" in html
    assert "Mettre fin à la série" not in html


def test_page_of_a_live_series_offers_what_can_be_done(client, person):
    series = published_by(person)

    html = read(client, "series", series)

    for name in ("edit", "add_date", "end", "duplicate", "preview"):
        assert f'href="{url(name, series)}"' in html
    assert url("discard", series) not in html
    first = date_of(series, "2026-12-10")
    assert f'href="{reverse("member_events:event", args=[first.pk])}"' in html


def test_date_hosted_by_another_space_leads_to_its_public_page(client, person):
    series = published_by(person)
    first = date_of(series, "2026-12-10")
    other = SpaceFactory(name="Le Sémaphore")
    Event.objects.filter(pk=first.pk).update(host=other)

    html = read(client, "series", series)

    assert "Le Sémaphore" in html
    assert f'href="{first.get_absolute_url()}"' in html
    assert reverse("member_events:event", args=[first.pk]) not in html


def test_comment_of_the_moderator_reaches_the_member(client):
    person = personas.member()
    client.force_login(person)
    series = series_of(person)
    state = submit_record(series, by=person, now=NOW)
    moderator = personas.moderator()
    state.current_task_state.specific.reject(user=moderator, comment="Quel jour ?")

    assert "Quel jour ?" in read(client, "series", series)
    assert "Quel jour ?" in read(client, "list")
    dashboard = client.get(reverse("member_dashboard")).content.decode()
    assert f"La série «{NB}Soupe du jeudi{NB}» vous revient" in dashboard
    assert "Quel jour ?" in dashboard


def test_date_says_that_it_changes_alone_and_leads_to_the_others(client, person):
    series = published_by(person)
    event = date_of(series, "2027-01-14")

    for name in ("event", "edit"):
        address = reverse(f"member_events:{name}", args=[event.pk])
        html = client.get(address).content.decode()
        assert "Ce qui change ici ne change que ce rendez-vous" in html
        assert f'href="{url("edit", series)}?depuis=2027-01-14"' in html
        assert f'href="{url("series", series)}"' in html


def test_date_of_a_series_that_another_space_keeps_shows_no_way_to_it(client, person):
    series = published_by(personas.member("o@hub.test", spaces=[
        SpaceFactory(name="Le Sémaphore", is_trusted=True)]))  # fmt: skip
    event = date_of(series, "2027-01-14")
    Event.objects.filter(pk=event.pk).update(host=personas.space_of(person))

    html = client.get(reverse("member_events:event", args=[event.pk])).content.decode()

    assert "Un rendez-vous de" in html
    assert "/espace/series/" + str(series.pk) not in html


def test_link_from_a_date_opens_the_form_on_that_day(client, person):
    series = published_by(person)

    page = client.get(url("edit", series), {"depuis": "2027-01-14"})

    scope = page.context["scope_form"]
    assert scope["scope"].value() == "following"
    assert f"{scope['change_day'].value()}" == "2027-01-14"
    assert client.get(url("edit", series), {"depuis": "2027-13-45"}).status_code == 200


def test_end_says_first_what_it_cancels(client, person):
    series = published_by(person)
    sent = {"last_day": "2027-01-31", "reason": "Merci à tout le monde."}

    page = client.post(url("end", series), sent)
    assert len(page.context["foreseen"].cancelled) == 15
    assert not series.events.filter(status="cancelled").exists()
    response = client.post(url("end", series), sent | {"confirmed": "1"})

    assert response.url == url("series", series)
    cancelled = series.events.filter(status="cancelled")
    assert cancelled.count() == 15
    assert {event.cancel_reason for event in cancelled} == {"Merci à tout le monde."}


@pytest.mark.parametrize("day", ["", "2026-11-01", "31/02/2027", "0001-01-01"])
def test_end_needs_a_day_to_come(client, person, day):
    series = published_by(person)

    response = client.post(url("end", series), {"last_day": day, "confirmed": "1"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["last_day"]


def test_draft_of_the_rule_does_not_undo_the_end(client, person):
    series = published_by(person)
    opened = series.latest_revision_id
    client.post(url("end", series), {"last_day": "2027-01-31", "confirmed": "1"})
    series.refresh_from_db()

    response = change(client, series, version=opened)

    assert response.status_code == 409
    assert "Cette série a changé pendant que vous écriviez" in (
        response.content.decode()
    )


def test_one_more_date_is_published_with_the_series_text(client, person):
    series = published_by(person)

    response = client.post(
        url("add_date", series),
        {"start_date": "2026-12-24", "start_time": "19:00", "end_time": "01:00"},
    )

    assert response.url == url("series", series)
    event = Event.objects.get(recurrence_key="20261224+1")
    assert (event.title, event.live, event.series) == ("Soupe du jeudi", True, series)
    assert event.end_date == datetime.date(2026, 12, 25)
    assert event.venue == series.host


def test_one_more_date_on_a_day_of_the_rule_stands_beside_it(client, person):
    series = published_by(person)
    sent = {"start_date": "2026-12-10", "start_time": "12:00", "end_time": "13:00"}
    client.post(url("add_date", series), sent)
    client.post(url("add_date", series), sent)

    keys = series.events.filter(start_date="2026-12-10").order_by("recurrence_key")
    assert list(keys.values_list("recurrence_key", flat=True)) == [
        "20261210", "20261210+1", "20261210+2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "question"),
    [
        ({"start_date": ""}, "start_date"),
        ({"start_date": "2026-10-01"}, "start_date"),
        ({"start_date": "9999-12-31"}, "start_date"),
        ({"start_date": "2027-03-28", "start_time": "02:30"}, "start_time"),
        ({"start_time": ""}, "start_time"),
        ({"end_time": "17:00"}, "end_time"),
    ],
)
def test_one_more_date_that_cannot_be_is_refused(client, person, changes, question):
    series = published_by(person)
    before = series.events.count()
    sent = {"start_date": "2026-12-24", "start_time": "18:30", "end_time": "21:00"}

    response = client.post(url("add_date", series), sent | changes)

    assert response.status_code == 422
    assert question in response.context["form"].errors
    assert series.events.count() == before


@pytest.mark.parametrize("name", ["add_date", "end"])
def test_draft_has_neither_end_nor_more_dates(client, person, name):
    series = series_of(person)

    assert client.get(url(name, series)).url == url("series", series)
    sent = {
        "last_day": "2027-01-31", "confirmed": "1", "start_date": "2026-12-24",
        "start_time": "18:30", "end_time": "21:00",
    }  # fmt: skip
    assert client.post(url(name, series), sent).status_code in (302, 409)
    assert not Event.objects.exists()


def test_draft_is_erased_on_request_only(client, person):
    series = series_of(person)

    read(client, "discard", series)
    assert Series.objects.filter(pk=series.pk).exists()
    response = client.post(url("discard", series))

    assert response.url == url("list")
    assert not Series.objects.exists()


def test_published_series_is_never_erased(client, person):
    series = published_by(person)

    response = client.post(url("discard", series), follow=True)

    assert "Cette série a été publiée" in response.content.decode()
    assert Series.objects.filter(pk=series.pk).exists()


def test_text_is_taken_back_from_the_moderators(client):
    person = personas.member()
    client.force_login(person)
    series = series_of(person)
    submit_record(series, by=person, now=NOW)

    response = client.post(url("withdraw", series))

    assert response.url == url("edit", series)
    series = Series.objects.get(pk=series.pk)
    assert not series.workflow_in_progress


def test_series_being_reviewed_does_not_change(client):
    person = personas.member()
    client.force_login(person)
    series = series_of(person)
    submit_record(series, by=person, now=NOW)

    assert client.get(url("edit", series)).url == url("series", series)
    response = client.post(
        url("edit", series),
        answers(series.host, version=series.latest_revision_id, title="Autre"),
    )
    assert response.status_code == 409
    assert "en cours de relecture" in response.content.decode()
    assert Series.objects.get(pk=series.pk).title == "Soupe du jeudi"


def test_preview_shows_the_draft(client, person):
    series = series_of(person)

    response = client.get(url("preview", series))

    assert response["X-Robots-Tag"] == "noindex"
    assert "Soupe du jeudi" in response.content.decode()


def test_published_text_stays_until_its_draft_is_published(client, person):
    series = published_by(person)
    revise_series_draft(
        series, values=values(series.host, title="Nouvelle"), by=person, now=NOW,
        seen_revision=series.latest_revision_id,
    )  # fmt: skip

    series = Series.objects.get(pk=series.pk)
    assert (series.title, series.slug) == ("Soupe du jeudi", "soupe-du-jeudi")
    assert {event.title for event in series.events.all()} == {"Soupe du jeudi"}
    publish_record(series, by=person, now=NOW)
    assert {event.title for event in series.events.all()} == {"Nouvelle"}
    assert Series.objects.get(pk=series.pk).slug == "soupe-du-jeudi"
