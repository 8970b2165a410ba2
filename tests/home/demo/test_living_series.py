"""Issue 4's “Done when”: the demonstration shows each thing that happens to a date."""

from __future__ import annotations

import datetime
import html

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from cms.models import User
from events.enums import DecisionState, EventStatus, RegistrationMode
from events.models import (
    Decision,
    Event,
    Minutes,
    Programme,
    Registration,
    Series,
    SeriesExclusion,
)
from events.services.registration import Stage, count_places, find_stage
from home.demo.accounts import MEMBER, TRUSTED_MEMBER

pytestmark = pytest.mark.xdist_group("demonstration")


def list_coming(slug):
    return Event.objects.filter(series__slug=slug).upcoming(timezone.now())


def read_page(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return html.unescape(response.content.decode())


def test_each_series_with_a_rule_says_it_and_has_its_dates(network, client):
    for series in Series.objects.exclude(rhythm="turns"):
        page = read_page(client, series.get_absolute_url())
        assert capfirst(series.rule_sentence) in page
        assert list_coming(series.slug).count() >= (4 if series.until else 10)


def test_drink_and_co_shows_a_moved_date(network, client):
    moved = list_coming("drink-and-co").get(previous_start_at__isnull=False)

    assert moved.overridden_fields == ["title", "when"]
    page = read_page(client, moved.get_absolute_url())
    assert "Drink & co" in page
    assert f"{moved.previous_start_at:%Y-%m-%d}" in page


@pytest.mark.parametrize("status", [EventStatus.CANCELLED, EventStatus.POSTPONED])
def test_drink_and_co_shows_a_date_called_off_with_its_reason(network, client, status):
    event = list_coming("drink-and-co").get(status=status)

    assert event.cancel_reason
    assert event.cancel_reason in read_page(client, event.get_absolute_url())


def test_drink_and_co_shows_changed_hosts(network, client):
    chosen = list_coming("drink-and-co").filter(host_is_chosen=True)
    assert chosen.count() == 2
    for event in chosen:
        assert event.host.name in read_page(client, event.get_absolute_url())
        assert event.venue == event.host
    taken = chosen.last()
    assert taken.host.slug == "l-estran"
    assert taken.rota_host.slug != "l-estran"


def test_a_skipped_turn_goes_to_the_next_host(network):
    turn = list_coming("drink-and-co").filter(host_is_chosen=True).first()
    hosts = list(turn.series.rota_hosts.order_by("position"))
    order = [host.space for host in hosts]
    before = Event.objects.filter(
        series=turn.series, recurrence_key__lt=turn.recurrence_key
    ).latest("recurrence_key")
    distance = order.index(turn.host) - order.index(before.host)
    assert distance % len(order) == 2


def test_drink_and_co_shows_a_date_elsewhere(network, client):
    event = list_coming("drink-and-co").get(overridden_fields=["where"])

    assert event.place_name == "Salle des fêtes"
    assert "Salle des fêtes" in read_page(client, event.get_absolute_url())


def test_drink_and_co_shows_an_extra_date(network, client):
    event = list_coming("drink-and-co").get(recurrence_key__endswith="+1")

    assert event.start_date.weekday() == 5
    page = read_page(client, event.series.get_absolute_url())
    assert event.get_absolute_url() in page


def test_lunches_pause_on_public_holidays(network):
    days = SeriesExclusion.objects.filter(series__slug="repas-du-canal")
    assert "Ascension" in set(days.values_list("reason", flat=True))
    for day in days:
        keys = Event.objects.filter(recurrence_key=day.recurrence_key)
        assert keys.filter(series=day.series).count() == 0


def test_lunches_are_one_line_of_the_agenda(network, client):
    programme = Programme.objects.get()
    assert programme.series.count() == 4
    day = list_coming("repas-du-canal").first().start_date

    page = read_page(client, f"/agenda/?du={day}&au={day}")

    assert page.count(f'href="{programme.get_absolute_url()}"') == 1
    lunches = page.partition('class="gathered"')[2].partition("</ul>")[0]
    assert lunches.count(f'-{day}/">') == 4
    places = read_page(client, programme.get_absolute_url())
    for series in programme.series.all():
        assert series.host.city in places


def test_a_series_continues_another_from_a_chosen_day(network, client):
    series = Series.objects.get(continues__isnull=False)

    assert series.live
    assert series.start_time == datetime.time(14)
    assert series.continues.until < series.first_day
    first = series.events.earliest("start_at")
    assert first.start_time == datetime.time(14)
    page = read_page(client, series.continues.get_absolute_url())
    assert series.get_absolute_url() in page


def test_months_wait_for_their_day(network, client):
    series = Series.objects.get(rhythm="turns")
    waiting = series.turns.filter(event=None)

    assert {turn.note for turn in waiting} == {"lieu à confirmer"}
    assert waiting.filter(host=None).count() == 0
    assert series.events.upcoming(timezone.now()).exists()
    page = read_page(client, series.get_absolute_url())
    assert "lieu à confirmer" in page


def test_a_volunteer_waits_for_the_keepers(network, client):
    series = Series.objects.get(rhythm="turns")
    volunteer = series.rota_hosts.get(joined_on=None)
    assert volunteer.space.slug == "l-estran"
    client.force_login(User.objects.get(email=MEMBER.email))
    page = read_page(client, reverse("member_rota:rota", args=[series.pk]))
    assert volunteer.space.name in page


def find_single(words):
    return Event.objects.get(title__startswith=words)


@pytest.mark.parametrize(
    ("title", "stage", "left", "waiting"),
    [
        ("Bâtir le budget", Stage.OPEN, 4, 0),
        ("Décortiquer un bail", Stage.OPEN, 1, 0),
        ("Réparer ensemble", Stage.OPEN, 0, 3),
        ("Déclarer ses chiffres", Stage.CLOSED, 18, 0),
        ("Initiation à la découpe", Stage.CALLED_OFF, 1, 0),
        ("Assurances", Stage.OVER, 6, 0),
    ],
)
def test_registrations_show_each_stage(network, title, stage, left, waiting):
    event = find_single(title)
    assert event.registration_mode == RegistrationMode.HERE
    assert find_stage(event, timezone.now()) is stage
    assert count_places(event).left == left
    assert Registration.objects.filter(event=event).waiting().count() == waiting


def test_one_date_takes_registrations_elsewhere(network, client):
    event = find_single("Rencontres du réseau")
    assert event.registration_url in read_page(client, event.get_absolute_url())


def test_registered_people_are_invented(network):
    addresses = Registration.objects.values_list("email", flat=True)
    assert len(addresses) > 30
    assert {email.partition("@")[2] for email in addresses} == {"hub.invalid"}


def test_organiser_noted_who_came(network):
    came = find_single("Assurances").registrations.values_list("attended", flat=True)
    assert set(came) == {True, False}


def test_minutes_are_numbered_and_name_who_came_to_members(network, client):
    minutes = Minutes.objects.get(edition=26)
    url = minutes.event.get_absolute_url()
    visitor = read_page(client, url)
    assert "CoopCoworking n°\u00a026" in visitor
    assert "Maëlle" not in visitor
    client.force_login(User.objects.get(email=TRUSTED_MEMBER.email))
    assert "Maëlle" in read_page(client, url)


@pytest.mark.parametrize("state", DecisionState)
def test_register_shows_decisions_in_each_state(network, client, state):
    decision = Decision.objects.filter(state=state).first()
    page = read_page(client, f"/decisions/?etat={state}")
    assert f">{capfirst(decision.get_state_display())}<" in page
    assert decision.text in page


def test_series_and_dates_have_the_names_they_always_have(network):
    first = list_coming("repas-du-canal").first()
    assert first.slug == f"repas-de-quartier-du-canal-{first.start_date}"
    uids = Event.objects.values_list("uid", flat=True)
    # The version of a UUID that was made of words.
    assert {uid[14] for uid in uids} == {"5"}
    assert {uid[14] for uid in Series.objects.values_list("uid", flat=True)} == {"5"}
    assert first.uid in first.calendar_state.fragments["fr"].replace("\r\n ", "")
