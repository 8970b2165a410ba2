"""What moderators do to one published date in the admin."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from events.date_actions import ACTIONS
from events.models import Event
from events.services.change_date import move_event
from tests import personas
from tests.events.member_site import NOW
from tests.events.told import register_person, take_mails
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db

MOVE = {"start_date": "2026-11-27", "start_time": "19:00", "end_time": "22:00"}
ANSWERS = {
    "move": MOVE,
    "place": {"place": "elsewhere", "venue_name": "Crêperie", "venue_city": "Lannion"},
}
NAMES = [action.name for action in ACTIONS]


@pytest.fixture(autouse=True)
def _in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def event():
    """A date of Ti Numerik, whose member has an address."""
    person = personas.member()
    return EventFactory(host=personas.space_of(person), title="Soupe")


@pytest.fixture
def moderator(client):
    person = personas.moderator()
    client.force_login(person)
    return person


def address(name, event):
    return reverse(f"event_actions:{name}", args=[event.pk])


def edit_url(event):
    return reverse("wagtailsnippets_events_event:edit", args=[event.pk])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", [None, personas.member, personas.editor])
def test_who_may_not_publish_changes_nothing(client, event, name, role):
    if role:
        client.force_login(
            role("somebody@hub.test")
            if role is personas.editor
            else role("somebody@hub.test", spaces=[event.host])
        )
    before = Event.objects.values().get()

    for answer in (
        client.get(address(name, event)),
        client.post(address(name, event), ANSWERS.get(name, {"reason": ""})),
    ):
        assert answer.status_code == 302
        assert answer.url != edit_url(event)
    assert Event.objects.values().get() == before
    assert take_mails() == []


@pytest.mark.parametrize("name", NAMES)
def test_moderator_is_asked_first(client, event, moderator, name):
    register_person(event, "maelle@hub.test")
    before = Event.objects.values().get()

    response = client.get(address(name, event))

    html = response.content.decode()
    assert response.status_code == 200
    assert "1 personne inscrite sera prévenue par courriel." in html
    assert "Organisé par Ti Numerik" in html
    assert Event.objects.values().get() == before


def test_moderator_moves_a_date_and_its_host_is_told(client, event, moderator):
    response = client.post(address("move", event), MOVE)

    assert (response.status_code, response.url) == (302, edit_url(event))
    row = Event.objects.get()
    assert (row.start_date, row.start_time) == (
        datetime.date(2026, 11, 27),
        datetime.time(19),
    )
    [mail] = take_mails()
    assert (mail.to, mail.subject) == (
        "ti-numerik@hub.test",
        "Nouvel horaire\xa0: Soupe",
    )


@pytest.mark.parametrize(
    ("name", "answers", "status"),
    [
        ("cancel", {"reason": "Interdit par la préfecture."}, "cancelled"),
        ("postpone", {"reason": "Tempête."}, "postponed"),
        ("place", ANSWERS["place"], "confirmed"),
    ],
)
def test_moderator_changes_a_date_and_its_host_is_told(
    client, event, moderator, name, answers, status
):
    client.post(address(name, event), answers)

    row = Event.objects.get()
    assert (row.status, row.cancel_reason) == (status, answers.get("reason", ""))
    [mail] = take_mails()
    assert mail.to == "ti-numerik@hub.test"
    assert row.cancel_reason in mail.text

    if name != "place":
        client.post(address("restore", event))
        assert Event.objects.get().status == "confirmed"
        assert len(take_mails()) == 1


@pytest.mark.parametrize(
    "answers", [{}, MOVE | {"start_date": "2026-13-45"}, MOVE | {"end_time": "18:00"}]
)
def test_mistake_keeps_the_form(client, event, moderator, answers):
    response = client.post(address("move", event), answers)

    assert response.status_code == 422
    assert response.context["form"].errors
    assert Event.objects.get().start_date == datetime.date(2026, 11, 26)


def test_second_of_two_moderators_is_told_that_it_is_cancelled(
    client, event, moderator
):
    client.post(address("cancel", event), {"reason": "Canicule."})
    response = client.post(address("cancel", event), {"reason": "Autre"}, follow=True)

    assert Event.objects.get().cancel_reason == "Canicule."
    assert "Ce rendez-vous ne se tient plus" in response.content.decode()
    assert len(take_mails()) == 1


def test_edit_page_leads_to_the_actions(client, event, moderator):
    html = client.get(edit_url(event)).content.decode()

    shown = [name for name in NAMES if f'href="{address(name, event)}"' in html]
    assert shown == ["move", "place", "postpone", "cancel"]


def test_edit_page_leads_editors_to_no_action(client, event):
    client.force_login(personas.editor())
    html = client.get(edit_url(event)).content.decode()

    assert [name for name in NAMES if address(name, event) in html] == []


def read_answers(client, event):
    """Return what the browser would send from the edit page."""
    form = client.get(edit_url(event)).context["form"]
    found = {}
    for name in form.fields:
        value = form[name].value()
        found[name] = "" if value is None or value is False else value
    found["tags"] = ""
    return found


def test_text_opened_before_a_move_does_not_undo_it_in_the_admin(
    client, event, moderator
):
    Event.objects.get(pk=event.pk).save_revision().publish()
    answers = read_answers(client, event) | {"title": "Potage"}
    assert answers["service_edit"] == 0
    when = {"start_time": datetime.time(19)}
    move_event(event, when=when, by=moderator, now=NOW)

    response = client.post(edit_url(event), answers)

    form = response.context["form"]
    assert list(form.errors) == ["start_time"]
    assert "a changé pendant que vous écriviez" in str(form.errors["start_time"])
    assert form["title"].value() == "Potage"
    latest = Event.objects.get().get_latest_revision_as_object()
    assert (latest.title, latest.start_time) == ("Soupe", datetime.time(19))

    again = answers | {"service_edit": form["service_edit"].value()}
    assert client.post(edit_url(event), again).status_code == 302
    latest = Event.objects.get().get_latest_revision_as_object()
    assert (latest.title, latest.start_time) == ("Potage", datetime.time(18, 30))


def test_hidden_answer_is_on_the_edit_page(client, event, moderator):
    html = client.get(edit_url(event)).content.decode()

    assert 'name="service_edit" value="0"' in html
