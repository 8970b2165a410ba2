"""The bad input of the issue, through each door that people write by.

A sentence says what to do, the answers stay on the form, nothing is stored. The member's
form of one date has its own table in ``test_member_form.py``, that of a series in
``test_series_form.py``, registering in ``views/test_registration.py``.
"""

from __future__ import annotations

import datetime
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.enums import RegistrationMode
from events.models import Event, Series
from events.services.draft import create_draft
from events.services.refusals import NotSpeaker
from events.services.registration import refusals
from events.services.series_draft import create_series_draft, revise_series_draft
from tests import personas
from tests.events import member_site, series_form_site, test_series_admin
from tests.events.registration_site import ask, come, date_with_places
from tests.factories.events import EventFactory, EventTypeFactory

pytestmark = pytest.mark.django_db

NOW = member_site.NOW
ADD_DATE = "wagtailsnippets_events_event:add"
CHANGE_DATE = "wagtailsnippets_events_event:edit"
CHANGE_SERIES = "wagtailsnippets_events_series:edit"


@pytest.fixture(autouse=True)
def _in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


def read(response):
    return unescape(response.content.decode()).replace("\xa0", " ")


def admin_answers(**changes):
    """Return what a browser sends for a soup on Thursday 17 December 2026."""
    return {
        "title": "Soupe et jeux", "type": EventTypeFactory().pk, "host": "",
        "summary": "", "description": "", "image": "", "tags": "",
        "start_date": "2026-12-17", "start_time": "18:30", "end_date": "2026-12-17",
        "end_time": "21:30", "zone": "Europe/Paris", "venue": "", "venue_name": "",
        "venue_street": "", "venue_postcode": "", "venue_city": "",
        "venue_latitude": "", "venue_longitude": "", "room": "", "online_url": "",
        "online_visibility": "public", "price": "", "visibility": "public",
        "registration_mode": "none", "registration_url": "", "capacity": "",
        "companions_allowed": "0", "opens_days_before": "", "closes_hours_before": "0",
        "question": "", "second_question": "", "service_edit": "0", **changes,
    }  # fmt: skip


IMPOSSIBLE_DATES = [
    pytest.param(
        {"end_time": "17:00"}, "La fin est avant le début", id="ends-before-it-starts"
    ),
    pytest.param(
        {"end_date": "2026-12-16"}, "Le dernier jour est avant le premier",
        id="ends-the-day-before",
    ),
    pytest.param(
        {"start_date": "2027-03-28", "end_date": "2027-03-28", "start_time": "02:30",
         "end_time": "05:00"},
        "Vouliez-vous dire 3 h 30 ?", id="hour-that-clocks-skip",
    ),
    pytest.param(
        {"end_date": "2027-02-17"}, "31 jours au plus", id="longer-than-a-month"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "sentence"), IMPOSSIBLE_DATES)
def test_admin_form_refuses_an_impossible_date(client, changes, sentence):
    client.force_login(personas.moderator())

    response = client.post(reverse(ADD_DATE), admin_answers(**changes))

    assert response.status_code == 200
    assert sentence in read(response)
    assert 'value="Soupe et jeux"' in read(response)
    assert not Event.objects.exists()


@pytest.mark.parametrize(("changes", "sentence"), IMPOSSIBLE_DATES)
def test_service_refuses_an_impossible_date(changes, sentence):
    person = personas.member()
    readers = {"date": datetime.date, "time": datetime.time}
    given = {
        name: readers[name.partition("_")[2]].fromisoformat(text)
        for name, text in changes.items()
    }

    with pytest.raises(ValidationError) as refused:
        create_draft(
            values=member_site.values(personas.space_of(person), **given),
            by=person, now=NOW,
        )  # fmt: skip

    assert sentence in " ".join(refused.value.messages).replace("\xa0", " ")
    assert not Event.objects.exists()


IMPOSSIBLE_RULES = [
    pytest.param(
        {"nth": "", "weekdays": [], "month_day": "30", "months": ["2"]},
        "Ce jour n’existe pas", id="30-february",
    ),
    pytest.param({"count": "5000"}, "366", id="5000-dates"),
    pytest.param(
        {"until": "2026-12-02"}, "jeudi", id="ends-before-its-first-date",
    ),
    pytest.param(
        {"rhythm": "yearly", "nth": "", "weekdays": [], "month_day": "14",
         "months": ["7"], "skips_holidays": "on"},
        "Chacun de ses jours est férié", id="public-holidays-alone",
    ),
    pytest.param(
        {"end_time": "11:00"}, "indiquez une nuit", id="ends-before-it-starts"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "sentence"), IMPOSSIBLE_RULES)
def test_admin_form_refuses_an_impossible_rule(client, changes, sentence):
    client.force_login(personas.moderator())

    response = test_series_admin.create(client, left_out="", **changes)

    assert response.status_code == 200
    assert sentence in read(response)
    assert 'value="Repas de quartier"' in read(response)
    assert not Series.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"nth": None, "weekdays": [], "month_day": 30, "months": [2]}, "month_day"),
        ({"count": 5000}, "count"),
        ({"until": datetime.date(2026, 12, 2)}, "until"),
        (
            {"rhythm": "yearly", "nth": None, "weekdays": [], "month_day": 14,
             "months": [7], "skips_holidays": True},
            "skips_holidays",
        ),
    ],
    ids=["30-february", "5000-dates", "ends-before-its-first-date", "holidays-alone"],
)  # fmt: skip
def test_service_refuses_an_impossible_rule(changes, field):
    person = personas.member()
    values = series_form_site.values(personas.space_of(person), **changes)

    with pytest.raises(ValidationError) as refused:
        create_series_draft(values=values, by=person, now=NOW)

    assert list(refused.value.message_dict) == [field]
    assert not Series.objects.exists()


def test_member_form_refuses_a_rule_of_public_holidays_alone(client):
    person = personas.member()
    client.force_login(person)
    sent = series_form_site.answers(
        personas.space_of(person), rhythm="yearly", month_day="14", months=["7"],
        first_day="2027-07-14", skips_holidays="on",
    )  # fmt: skip

    response = client.post(series_form_site.url("create"), sent)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["skips_holidays"]
    assert "Chacun de ses jours est férié" in read(response)
    assert 'value="Soupe du jeudi"' in read(response)


def test_admin_form_refuses_fewer_places_than_people(client):
    event = date_with_places(3)
    for name in ("lea", "noe"):
        come(event, name, now=NOW)
    client.force_login(personas.moderator())
    sent = admin_answers(
        start_date="2026-11-26", end_date="2026-11-26", registration_mode="here",
        capacity="1",
    )  # fmt: skip

    response = client.post(reverse(CHANGE_DATE, args=[event.pk]), sent)

    assert response.status_code == 200
    assert "2 personnes sont déjà confirmées" in read(response)
    event.refresh_from_db()
    assert (event.capacity, event.has_unpublished_changes) == (3, False)


TERMS = {"registration_mode": "here", "capacity": 3}


def series_with_people(person):
    series = series_form_site.published_by(person, **TERMS)
    event = series.events.order_by("start_at").first()
    for name in ("lea", "noe"):
        come(event, name, now=NOW)
    return series


def test_member_form_of_a_series_refuses_fewer_places_than_people(client):
    person = personas.trusted_member()
    series = series_with_people(person)
    client.force_login(person)

    response = series_form_site.change(
        client, series, registration_mode="here", capacity="1"
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["capacity"]
    assert "2 personnes sont déjà confirmées" in read(response)
    assert set(series.events.values_list("capacity", flat=True)) == {3}
    enough = series_form_site.change(
        client, series, registration_mode="here", capacity="2", confirmed=True
    )
    assert enough.status_code == 302
    assert set(series.events.values_list("capacity", flat=True)) == {2}


def test_date_with_terms_of_its_own_does_not_hold_its_series_back(client):
    person = personas.trusted_member()
    series = series_with_people(person)
    series.events.update(overridden_fields=["registration"])
    client.force_login(person)

    response = series_form_site.change(
        client, series, registration_mode="here", capacity="1", confirmed=True
    )

    assert response.status_code == 302
    assert set(series.events.values_list("capacity", flat=True)) == {3}


def test_admin_form_of_a_series_refuses_fewer_places_than_people(client):
    series = series_with_people(personas.trusted_member())
    client.force_login(personas.moderator())
    sent = test_series_admin.answers(
        slug=series.slug, left_out="", registration_mode="here", capacity="1"
    )

    response = client.post(reverse(CHANGE_SERIES, args=[series.pk]), sent)

    assert response.status_code == 200
    assert "2 personnes sont déjà confirmées" in read(response)
    assert not Series.objects.get(pk=series.pk).has_unpublished_changes


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ({"opens_days_before": 1}, refusals.NotOpenYet),
        ({"closes_hours_before": 700}, refusals.RegistrationClosed),
        ({"start_date": datetime.date(2026, 10, 29)}, refusals.DateIsOver),
        ({"registration_mode": RegistrationMode.NONE}, refusals.NotHere),
        ({"visibility": "members"}, refusals.NotForYou),
    ],
    ids=["not-open", "closed", "past", "not-here", "members-only"],
)
def test_service_refuses_a_registration(terms, refusal):
    event = EventFactory(
        registration_mode=terms.pop("registration_mode", "here"), **terms
    )

    with pytest.raises(refusal) as refused:
        ask(event, now=NOW)

    assert str(refused.value.sentence)
    assert not event.registrations.exists()


def test_service_refuses_a_full_date():
    event = date_with_places(1)
    come(event, "lea", now=NOW)

    with pytest.raises(refusals.DateFull):
        ask(event, "noe", now=NOW, accepts_waiting=False)

    assert event.registrations.count() == 1


@pytest.mark.parametrize("door", ["edit", "event", "cancel"])
def test_date_of_another_member_is_unknown(client, door):
    event = member_site.draft_of(personas.member())
    client.force_login(personas.other_member())

    response = client.post(member_site.url(door, event), {"title": "Pris"})

    assert response.status_code in (404, 405)
    assert Event.objects.get(pk=event.pk).latest_revision_id == event.latest_revision_id


def test_service_refuses_the_series_of_another_member():
    owner, other = personas.trusted_member(), personas.other_member()
    series = series_form_site.published_by(owner)
    values = series_form_site.values(series.host, title="Pris")

    with pytest.raises(NotSpeaker):
        revise_series_draft(
            series, values=values, by=other, now=NOW,
            seen_revision=series.latest_revision_id,
        )  # fmt: skip

    assert Series.objects.get(pk=series.pk).title == "Soupe du jeudi"
