"""The organiser's pages: who is registered, who came, and for whose eyes."""

from __future__ import annotations

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from events.models import Event
from events.services import registration as services
from tests import personas
from tests.events.registration_site import (
    NOW,
    START,
    ask,
    come,
    date_with_places,
    list_statuses,
    mails,
)

pytestmark = pytest.mark.django_db

CANARY = "xylocope"


@pytest.fixture(autouse=True)
def _now(time_machine):
    cache.clear()
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def organiser():
    return personas.member()


@pytest.fixture
def event(organiser):
    return date_with_places(
        2, host=personas.space_of(organiser), companions_allowed=2,
        question="Un plat ?",
    )  # fmt: skip


def url(name: str, *values) -> str:
    return reverse(f"member_events:{name}", args=values)


def words(response) -> str:
    soup = BeautifulSoup(response.text, "html.parser")
    return " ".join(soup.main.get_text(" ").split())


def test_organiser_reads_who_comes_waits_and_cancelled(client, organiser, event):
    come(event, "bruno", companions=1, answers=("Une tarte", ""))
    come(event, "anna")
    gone = come(event, "gone")
    services.cancel_registration(gone, now=NOW)
    ask(event, CANARY)
    client.force_login(organiser)
    page = client.get(url("registrations", event.pk))
    text = words(page)
    for shown in ("Bruno", "bruno@hub.test", "Une tarte", "Anna", "Gone"):
        assert shown in text
    assert "2 personnes sur 2 places" in text
    assert CANARY not in page.text.lower()
    assert "no-store" in page.headers["Cache-Control"]
    assert url("registrations", event.pk) in client.get(url("event", event.pk)).text


def test_empty_list_says_so(client, organiser, event):
    client.force_login(organiser)
    assert "Personne n’est encore inscrit" in words(
        client.get(url("registrations", event.pk))
    )


def test_organiser_ticks_who_came_in_one_form(client, organiser, event, time_machine):
    bruno, anna = come(event, "bruno"), come(event, "anna")
    client.force_login(organiser)
    sent = {"listed": [bruno.pk, anna.pk], "came": [anna.pk]}
    early = client.post(url("attendance", event.pk), sent, follow=True)
    assert "à partir du jour du rendez-vous" in words(early)
    time_machine.move_to(START, tick=False)
    done = client.post(url("attendance", event.pk), sent, follow=True)
    assert "1 personne inscrite est venue" in words(done)
    came = dict(event.registrations.values_list("pk", "attended"))
    assert came == {bruno.pk: False, anna.pk: True}


@pytest.mark.parametrize("value", ["x", "-1", "9" * 40, "9" * 5000, "1.5", "\x00", "²"])
def test_forged_ticks_are_left_out(organiser, event, time_machine, value):
    bruno = come(event, "bruno")
    time_machine.move_to(START, tick=False)
    browser = Client(raise_request_exception=False)
    browser.force_login(organiser)
    sent = {"listed": [value, bruno.pk], "came": [value]}
    assert browser.post(url("attendance", event.pk), sent).status_code == 302
    bruno.refresh_from_db()
    assert bruno.attended is False


def test_organiser_adds_somebody_and_cancels_them(client, organiser, event):
    client.force_login(organiser)
    address = url("add_registration", event.pk)
    assert client.get(address).status_code == 200
    sent = {"name": "Léa", "email": "lea@example.org", "companions": "1"}
    assert client.post(address, sent).url == url("registrations", event.pk)
    twice = client.post(address, sent)
    assert twice.status_code == 409
    assert 'value="lea@example.org"' in twice.text
    assert client.post(address, sent | {"email": "x"}).status_code == 422
    added = event.registrations.get()
    cancel = url("cancel_registration", event.pk, added.pk)
    assert "Léa" in words(client.get(cancel))
    assert list_statuses(event) == {"léa": "confirmed"}
    client.post(cancel)
    assert list_statuses(event) == {"léa": "cancelled"}
    assert client.post(cancel).status_code == 404
    [_added, (to, _subject, text)] = mails()
    assert to == "lea@example.org"
    assert "L’organisateur a annulé votre inscription" in text


def test_spreadsheet_reads_no_formula_and_is_noted(client, organiser, event):
    come(event, "bruno", answers=("=1+1", ""))
    event.registrations.update(name="@SUM(A1)", second_answer="\t-2")
    ask(event, CANARY)
    client.force_login(organiser)
    response = client.get(url("registrations_csv", event.pk))
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="inscriptions-{event.slug}.csv"'
    )
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(
        csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    )
    assert rows == [
        ["Nom", "E-mail", "Statut", "Places", "Un plat ?", "Seconde réponse",
         "Demandée le", "Présence"],
        ["'@SUM(A1)", "bruno@hub.test", "confirmé", "1", "'=1+1", "'\t-2", "2026-11-23",
         ""],
    ]  # fmt: skip
    entry = ModelLogEntry.objects.get(action="events.export_registrations")
    assert (entry.user, entry.object_id) == (organiser, str(event.pk))


ADDRESSES = ("registrations", "registrations_csv", "add_registration", "attendance")


@pytest.mark.parametrize(
    ("role", "may"),
    [("visitor", False), ("other", False), ("editor", False), ("registrant", False),
     ("former", False), ("moderator", True), ("admin", True)],
)  # fmt: skip
def test_list_is_for_the_host_and_the_moderators(client, event, role, may):
    registrant = come(event, CANARY)
    people = {
        "other": personas.other_member, "editor": personas.editor,
        "moderator": personas.moderator, "admin": personas.admin,
        "registrant": lambda: registrant.user,
        "former": lambda: personas.member(
            "former@hub.test", spaces=[event.host],
            until=NOW.date().replace(day=1),
        ),
    }  # fmt: skip
    if role in people:
        client.force_login(people[role]())
    paths = [url(name, event.pk) for name in ADDRESSES]
    paths.append(url("cancel_registration", event.pk, registrant.pk))
    for path in paths:
        for ask_for in (client.get, client.post):
            response = ask_for(path, {"listed": registrant.pk, "came": registrant.pk})
            if may:
                assert response.status_code in (200, 302, 405, 404, 422), path
                continue
            if role == "visitor":
                assert response.status_code == 302, path
            else:
                # A page that only shows, or only writes, knows its method first.
                assert response.status_code in (404, 405), path
            assert CANARY not in response.text.lower(), path
    expected = "cancelled" if may else "confirmed"
    assert list_statuses(event) == {CANARY: expected}


def test_organiser_reaches_only_their_own_date(client, organiser, event):
    other = date_with_places(2, host=personas.space_of(personas.other_member()))
    theirs = come(other, CANARY)
    client.force_login(organiser)
    for path in (
        url("registrations", other.pk),
        url("cancel_registration", event.pk, theirs.pk),
        url("cancel_registration", other.pk, theirs.pk),
    ):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code in (404, 405)
    assert list_statuses(other) == {CANARY: "confirmed"}


@pytest.mark.parametrize("total", [1, 3])
def test_list_costs_the_same_for_one_person_and_three(
    client, organiser, event, django_assert_num_queries, total
):
    Event.objects.filter(pk=event.pk).update(capacity=2)
    for number in range(total):
        come(event, f"person{number}")
    client.force_login(organiser)
    client.get(url("registrations", event.pk))
    with django_assert_num_queries(10):
        client.get(url("registrations", event.pk))


@pytest.mark.parametrize("total", [1, 3])
def test_my_registrations_lists_mine_alone(client, django_assert_num_queries, total):
    person = personas.member()
    for number in range(total):
        date = date_with_places(2, title=f"Soupe {number}")
        ask(date, user=person)
        come(date, f"{CANARY}{number}")
    client.force_login(person)
    client.get(url("my_registrations"))
    with django_assert_num_queries(7):
        page = client.get(url("my_registrations"))
    assert words(page).count("Voir ou annuler") == total
    assert CANARY not in page.text.lower()
    panel = words(client.get(reverse("member_dashboard")))
    assert panel.count("Soupe") == total


def test_who_is_registered_nowhere_is_told_where_to_look(client):
    client.force_login(personas.other_member())
    page = client.get(url("my_registrations"))
    assert "Vous n’êtes inscrit nulle part" in words(page)


def test_erased_list_keeps_its_numbers(client, organiser, event, time_machine):
    come(event, CANARY, companions=1)
    later = START.replace(year=2027, month=4)
    time_machine.move_to(later, tick=False)
    services.erase_registrants(months=3, now=later)
    client.force_login(organiser)
    page = client.get(url("registrations", event.pk))
    assert "2 personnes sur 2 places" in words(page)
    assert CANARY not in page.text.lower()


def test_moderator_reaches_the_list_from_the_admin(client, event):
    client.force_login(personas.moderator())
    page = client.get(reverse("wagtailsnippets_events_event:edit", args=[event.pk]))
    assert url("registrations", event.pk) in page.text
    assert 'name="capacity"' in page.text


def test_admin_refuses_fewer_places_than_are_taken(event):
    from events.forms.admin_event import (
        AdminEventForm,  # the panels' form is made of it
    )

    come(event, "one")
    come(event, "two")

    class OnlyPlaces(AdminEventForm):
        class Meta:
            model = Event
            fields = ["capacity"]

    for capacity, errors in (("1", ["capacity"]), ("2", []), ("", [])):
        form = OnlyPlaces({"capacity": capacity}, instance=event)
        assert list(form.errors) == errors
