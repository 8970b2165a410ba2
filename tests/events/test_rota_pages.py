"""The pages of a rota: who sees which buttons, what they do, what they refuse."""

from __future__ import annotations

import datetime

import pytest
import time_machine

from events.enums import Visibility
from events.models import Event, RotaHost
from events.services.cancel import cancel_event
from events.services.rota import leave_rota, plan_rota, take_date
from tests import personas
from tests.events.rota_site import (
    NOW,
    add_date,
    dates_of,
    fix_answers,
    hosts_of,
    links_of,
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


def test_host_sees_what_they_may_do(client, series):
    response, html = see(client, speaker("A"), url("rota", series))
    assert response.status_code == 200
    assert links_of(html) == [
        ("20261112", "echanger"), ("20261112", "passer"),
        ("20261210", "prendre"), ("20270114", "prendre"),
    ]  # fmt: skip
    assert url("leave", series) in html
    assert url("keep", series) not in html
    assert "Jeudi 12 novembre 2026, 18 h 30 A vous" in words_of(html)


def test_keeper_sees_everything(client, series):
    _response, html = see(client, speaker("Gardien"), url("rota", series))
    assert links_of(html) == [
        (day, action)
        for day in ("20261112", "20261210", "20270114")
        for action in ("echanger", "passer", "confier")
    ]
    assert html.count('value="up"') == 2
    assert html.count('value="remove"') == 3


def test_other_member_may_ask_to_join(client, series):
    _response, html = see(client, personas.other_member(), url("rota", series))
    assert links_of(html) == []
    assert url("join", series) in html


def test_private_or_draft_rota_is_unknown_to_others(client, series):
    person = personas.other_member()
    for change in ({"visibility": Visibility.PRIVATE}, {"live": False}):
        type(series).objects.filter(pk=series.pk).update(**change)
        response, _html = see(client, person, url("rota", series))
        assert response.status_code == 404
        assert client.post(url("join", series), {}).status_code == 404


def test_series_without_rota_is_for_its_keepers(client):
    lone = SeriesFactory(host=SpaceFactory(name="Seul"))
    assert see(client, personas.other_member(), url("rota", lone))[0].status_code == 404
    response, html = see(client, speaker("Seul"), url("rota", lone))
    assert response.status_code == 200
    assert "Personne n’est encore dans le tour" in html


@pytest.mark.parametrize("total", [1, 3])
def test_member_page_costs_the_same(client, django_assert_num_queries, total):
    series = make_rota("ABC"[:total], dates=total)
    plan_rota(series, now=NOW)
    client.force_login(speaker("A"))
    with django_assert_num_queries(17):
        client.get(url("rota", series))


def test_get_changes_nothing(client, series):
    person = speaker("Gardien")
    client.force_login(person)
    for name in ("take", "skip", "swap", "hand_over"):
        client.get(url(name, series, 20261210))
    client.get(url("leave", series))
    client.get(url("join", series))
    assert client.get(url("keep", series)).status_code == 405
    assert hosts_of(series) == "ABC"
    assert RotaHost.objects.count() == 3


def test_taking_a_date(client, series):
    response, html = see(client, speaker("C"), url("take", series, 20261210))
    assert response.status_code == 200
    assert f'name="space" value="{space("C").pk}"' in html
    response = client.post(
        url("take", series, 20261210),
        {"space": space("C").pk, "seen_host": space("B").pk},
        follow=True,
    )
    assert response.redirect_chain == [(url("rota", series), 302)]
    assert "Elle est à vous" in response.content.decode()
    assert hosts_of(series) == "ACC"


def test_taking_what_another_took_meanwhile(client, series):
    client.force_login(speaker("C"))
    event = dates_of(series)[1]
    seen = event.host_id
    take_date(event, space=space("A"), seen_host=seen, by=speaker("A"), now=NOW)
    response = client.post(
        url("take", series, 20261210), {"space": space("C").pk, "seen_host": seen}
    )
    assert response.status_code == 409
    assert "cette date revient maintenant à A" in response.content.decode()
    assert hosts_of(series) == "AAC"


def test_form_of_a_host_who_left_meanwhile(client, series):
    person = speaker("C")
    client.force_login(person)
    leave_rota(series, space=space("C"), by=person, now=NOW)
    answers = {"space": space("C").pk, "seen_host": space("B").pk}
    response = client.post(url("take", series, 20261210), answers)
    assert response.status_code == 409
    assert "n’est pas dans le tour, ou n’y est plus" in response.content.decode()
    response = client.post(url("leave", series), {"space": space("C").pk})
    assert response.status_code == 409
    assert hosts_of(series) == "ABA"


def test_skipping_and_swapping(client, series):
    client.force_login(speaker("A"))
    seen = {"seen_host": space("A").pk}
    client.post(url("skip", series, 20261112), seen)
    assert hosts_of(series) == "BCA"
    response = client.get(url("swap", series, 20270114))
    assert "jeudi 12\xa0novembre 2026 – B" in response.content.decode()
    other = f"20261112-{space('B').pk}"
    client.post(url("swap", series, 20270114), {**seen, "other": other})
    assert hosts_of(series) == "ACB"


@pytest.mark.parametrize(
    "other", ["", "20261112-1", "x", "20270114-99999", "20990101-1"]
)
def test_swap_with_nonsense_is_refused(client, series, other):
    client.force_login(speaker("A"))
    answers = {"seen_host": space("A").pk, "other": other}
    response = client.post(url("swap", series, 20261112), answers)
    assert response.status_code == 422
    assert hosts_of(series) == "ABC"


def test_past_and_cancelled_dates_say_so(client, series):
    person = speaker("A")
    client.force_login(person)
    cancel_event(dates_of(series)[0], by=person, reason="", now=NOW)
    seen = {"seen_host": space("A").pk}
    response = client.post(url("skip", series, 20261112), seen)
    assert response.status_code == 409
    assert "Cette date est annulée" in response.content.decode()
    add_date(series, datetime.date(2026, 10, 8), host=space("A"))
    for answer in (
        client.post(url("skip", series, 20261008), seen),
        client.get(url("skip", series, 20261008)),
    ):
        assert answer.status_code == 409
        assert "a commencé ou est passée" in answer.content.decode()


def test_others_are_refused(client, series):
    client.force_login(speaker("A"))
    seen = {"seen_host": space("B").pk}
    other = f"20261112-{space('A').pk}"
    for name, answers in (
        ("skip", seen),
        ("swap", {**seen, "other": other}),
        ("hand_over", {**seen, "space": space("A").pk}),
    ):
        response = client.post(url(name, series, 20261210), answers)
        assert response.status_code == 403, name
        assert client.get(url(name, series, 20261210)).status_code == 403
    keep = {"action": "up", "host": RotaHost.objects.last().pk}
    assert client.post(url("keep", series), keep).status_code == 403
    assert client.post(url("take", series, 20990101), seen).status_code == 404
    assert hosts_of(series) == "ABC"


def test_member_of_several_spaces_chooses(client, series):
    person = personas.member(spaces=[space("A"), space("C")])
    client.force_login(person)
    answers = {"seen_host": space("B").pk, "space": ""}
    response = client.post(url("take", series, 20261210), answers)
    assert response.status_code == 422
    assert "Choisissez un lieu." in response.content.decode()
    answers["space"] = space("C").pk
    client.post(url("take", series, 20261210), answers)
    assert hosts_of(series) == "ACC"


def test_joining_and_the_answer(client, series):
    newcomer = personas.other_member()
    place = personas.space_of(newcomer)
    client.force_login(newcomer)
    client.post(url("join", series), {"space": place.pk})
    response = client.post(url("join", series), {"space": place.pk})
    assert response.status_code == 409
    assert "déjà dans le tour, ou sa demande attend" in response.content.decode()

    client.force_login(speaker("Gardien"))
    host = RotaHost.objects.get(space=place)
    client.post(url("keep", series), {"action": "accept", "host": host.pk})
    add_date(series, datetime.date(2027, 2, 11))
    plan_rota(series, now=NOW)
    assert hosts_of(series) == "ABCL"
    again = client.post(url("keep", series), {"action": "accept", "host": host.pk})
    assert again.status_code == 409


def test_keeper_orders_adds_and_removes(client, series):
    client.force_login(speaker("Gardien"))
    guest = SpaceFactory(name="D")
    order = [host.space_id for host in series.rota_hosts.all()]
    last = series.rota_hosts.get(space=space("C"))
    answers = {"action": "up", "host": last.pk, "seen_order": str(order)}
    assert client.post(url("keep", series), answers).status_code == 302
    assert hosts_of(series) == "ACB"
    # Sent again from a page that is no longer true.
    assert client.post(url("keep", series), answers).status_code == 409
    client.post(url("keep", series), {"action": "remove", "host": last.pk})
    assert hosts_of(series) == "ABA"
    client.post(url("keep", series), {"action": "add", "space": guest.pk})
    assert hosts_of(series) == "ABD"
    for wrong in ({"action": "add"}, {"action": "add", "space": "x"}, {}):
        assert client.post(url("keep", series), wrong).status_code == 409


def test_host_fixes_their_month(client, pilots):
    response, html = see(client, speaker("A"), url("rota", pilots))
    assert "En décembre 2026 jour et lieu à confirmer" in words_of(html)
    assert ("202612", "fixer") in links_of(html)
    assert client.get(url("fix", pilots, 202612)).status_code == 200
    response = client.post(url("fix", pilots, 202612), fix_answers(), follow=True)
    assert "La date est fixée" in response.content.decode()
    event = Event.objects.get()
    assert (event.live, event.place_name, event.host) == (
        True, "Chez Paulette", space("A"),
    )  # fmt: skip
    again = client.post(url("fix", pilots, 202612), fix_answers())
    assert again.status_code == 409
    assert event.get_absolute_url() in again.content.decode()
    assert "Mardi 8 décembre 2026, 12 h" in words_of(
        client.get(url("rota", pilots)).content.decode()
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start_date": "2027-01-05"}, "Choisissez un jour de ce mois."),
        ({"start_date": ""}, "Indiquez le jour."),
        ({"venue_name": ""}, "Donnez le nom de l’endroit"),
        ({"end_time": "11:00"}, "avant"),
        ({"place": "nowhere"}, "choix valide"),
    ],
)
def test_wrong_answers_are_kept(client, pilots, changes, sentence):
    client.force_login(speaker("A"))
    response = client.post(url("fix", pilots, 202612), fix_answers(**changes))
    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert 'value="Carhaix"' in html
    assert Event.objects.count() == 0


def test_month_of_another_is_not_fixed(client, pilots):
    client.force_login(speaker("B"))
    response = client.post(url("fix", pilots, 202612), fix_answers())
    assert response.status_code == 403
    assert client.get(url("fix", pilots, 209912)).status_code == 404
    assert Event.objects.count() == 0
