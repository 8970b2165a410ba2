"""Where a rota is shown: the public page, the dashboard, the admin."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.urls import reverse

from events.models import Turn
from events.services.rota import join_rota, plan_rota
from tests import personas
from tests.events.rota_site import (
    NOW,
    add_date,
    fix_answers,
    hosts_of,
    make_rota,
    plan_months_alone,
    plan_three_dates,
    see,
    space,
    speaker,
    url,
    words_of,
)
from tests.factories.events import SeriesFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def series():
    return plan_three_dates()


@pytest.fixture
def pilots():
    return plan_months_alone()


@pytest.mark.parametrize("total", [1, 3])
def test_public_page_names_the_next_hosts(client, django_assert_num_queries, total):
    series = make_rota("ABC"[:total], dates=total)
    plan_rota(series, now=NOW)
    speaker("A")
    with django_assert_num_queries(11):
        response = client.get(series.get_absolute_url())
    words = words_of(response.content.decode())
    assert "Prochains organisateurs Jeudi 12 novembre 2026 A" in words
    assert "a@hub.test" not in words


def test_public_page_says_months_to_be_confirmed(client, pilots):
    pilots.turns.filter(month=datetime.date(2027, 1, 1)).update(
        note="lieu suggéré par B"
    )
    words = words_of(client.get(pilots.get_absolute_url()).content.decode())
    assert "En décembre 2026 A jour et lieu à confirmer" in words
    assert "En janvier 2027 B lieu suggéré par B" in words


def test_month_in_review_stays_a_month_for_the_public(client, pilots):
    type(space("A")).objects.filter(name="A").update(is_trusted=False)
    client.force_login(speaker("A"))
    client.post(url("fix", pilots, 202612), fix_answers())
    client.logout()
    words = words_of(client.get(pilots.get_absolute_url()).content.decode())
    assert "En décembre 2026 A jour et lieu à confirmer" in words
    assert "Paulette" not in words


def test_series_without_rota_names_no_hosts(client):
    lone = SeriesFactory(host=SpaceFactory(name="Seul"))
    add_date(lone, datetime.date(2026, 12, 3))
    words = words_of(client.get(lone.get_absolute_url()).content.decode())
    assert "Prochains organisateurs" not in words


def test_dashboard_says_it_is_my_turn(client, series):
    _response, html = see(client, speaker("A"), reverse("member_dashboard"))
    assert "C’est à vous : le 12 novembre" in words_of(html).replace("\xa0", " ")
    assert "C’est à vous : le 10 décembre" not in words_of(html).replace("\xa0", " ")


def test_dashboard_asks_for_the_day_and_for_an_answer(client, pilots):
    newcomer = personas.other_member()
    place = personas.space_of(newcomer)
    join_rota(pilots, space=place, by=newcomer, now=NOW)
    _response, html = see(client, speaker("A"), reverse("member_dashboard"))
    assert "C’est à vous\xa0: en décembre" in html
    assert url("fix", pilots, 202612) in html
    assert "demande à organiser" not in html
    _response, html = see(client, speaker("Gardien"), reverse("member_dashboard"))
    assert "Le Sémaphore demande à organiser" in html


def test_moderator_keeps_the_rota_in_the_admin(client, series):
    address = reverse("events_series_rota", args=[series.pk])
    response, html = see(client, personas.moderator(), address)
    assert response.status_code == 200
    assert html.count('value="hand_over"') == 3
    listing = client.get(reverse("wagtailsnippets_events_series:list"))
    assert address in listing.content.decode()
    answers = {
        "action": "hand_over",
        "key": "20261210",
        "seen_host": space("B").pk,
        "space": space("Gardien").pk,
    }
    assert client.post(address, answers).status_code == 302
    assert hosts_of(series) == "AGC"
    assert client.post(address, answers).status_code == 409
    assert client.post(address, {**answers, "key": "x"}).status_code == 404
    assert client.post(address, {"action": "add"}).status_code == 409


def test_admin_page_is_closed_to_others(client, series):
    address = reverse("events_series_rota", args=[series.pk])
    client.force_login(personas.editor())
    assert client.get(address).status_code in (302, 403)
    client.force_login(speaker("A"))
    assert client.post(address, {}).status_code in (302, 403)
    assert Turn.objects.count() == 0
