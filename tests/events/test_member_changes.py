"""Moving, holding elsewhere, postponing, restoring and cancelling, by members."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from events.models import Event
from events.services.cancel import cancel_event
from events.services.change_date import move_event, postpone_event, replace_place
from tests import personas
from tests.events.member_site import NOW, draft_of, url
from tests.events.told import register_person, take_mails
from tests.factories.events import EventFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

MOVE = {
    "start_date": "2026-11-27",
    "start_time": "19:00",
    "end_time": "22:00",
    "end_date": "",
}
PLACE = {
    "place": "elsewhere",
    "venue": "",
    "venue_name": "Crêperie du port",
    "venue_street": "3 quai Nord",
    "venue_postcode": "29900",
    "venue_city": "Concarneau",
    "room": "À l’étage",
    "online_url": "",
}
ANSWERS = {"move": MOVE, "place": PLACE, "postpone": {"reason": "Tempête."}}


@pytest.fixture(autouse=True)
def _in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def person(client):
    member = personas.member()
    client.force_login(member)
    return member


@pytest.fixture
def event(person):
    """Thursday 26 November 2026, 18:30 to 21:30, at a market hall."""
    return EventFactory(host=personas.space_of(person), title="Soupe")


def offered(client, event):
    actions = client.get(url("event", event)).context["date_actions"]
    return [address.rstrip("/").rpartition("/")[2] for _label, address in actions]


def test_date_to_come_offers_every_change(client, event, person):
    assert offered(client, event) == ["deplacer", "lieu", "reporter", "annuler"]


def test_called_off_dates_offer_what_brings_them_back(client, event, person):
    postponed = EventFactory(host=event.host)
    cancel_event(event, reason="", by=person, now=NOW)
    postpone_event(postponed, reason="", by=person, now=NOW)

    assert offered(client, event) == ["retablir"]
    assert offered(client, postponed) == ["deplacer", "retablir"]


def test_draft_and_past_date_offer_nothing(client, person):
    past = EventFactory(
        host=personas.space_of(person), start_date=datetime.date(2026, 10, 1)
    )

    assert offered(client, draft_of(person)) == []
    assert offered(client, past) == []


def test_question_says_how_many_are_told(client, event):
    html = client.get(url("move", event)).content.decode()
    assert "sera prévenue" not in html

    register_person(event, "maelle@hub.test")
    html = client.get(url("move", event)).content.decode()
    assert "<strong>1 personne inscrite sera prévenue par courriel.</strong>" in html

    register_person(event, "yann@hub.test")
    html = client.get(url("postpone", event)).content.decode()
    assert (
        "<strong>2 personnes inscrites seront prévenues par courriel.</strong>" in html
    )


def test_form_holds_the_announced_time_and_place(client, event):
    move = client.get(url("move", event)).context["form"]
    place = client.get(url("place", event)).context["form"]

    assert move.initial["start_date"] == datetime.date(2026, 11, 26)
    assert (place.initial["place"], place.initial["venue_name"]) == (
        "elsewhere",
        "Halle au blé",
    )


def test_date_is_moved(client, event):
    register_person(event, "maelle@hub.test")
    response = client.post(url("move", event), MOVE, follow=True)

    row = Event.objects.get()
    assert (row.start_date, row.start_time, row.end_time) == (
        datetime.date(2026, 11, 27),
        datetime.time(19),
        datetime.time(22),
    )
    assert "C’est déplacé" in response.content.decode()
    assert [mail.to for mail in take_mails()] == ["maelle@hub.test"]


def test_night_is_moved_as_a_night(client, person):
    event = EventFactory(
        host=personas.space_of(person),
        end_date=datetime.date(2026, 11, 27),
        end_time=datetime.time(2),
    )
    form = client.get(url("move", event)).context["form"]
    assert form.initial["end_date"] is None

    client.post(url("move", event), MOVE | {"end_time": "02:00"})

    assert Event.objects.get().end_date == datetime.date(2026, 11, 28)


def test_date_is_held_elsewhere(client, event):
    response = client.post(url("place", event), PLACE)

    row = Event.objects.get()
    assert response.status_code == 302
    assert (row.place_name, row.place_city, row.room) == (
        "Crêperie du port",
        "Concarneau",
        "À l’étage",
    )


def test_date_is_held_in_another_space_or_online(client, event):
    space = SpaceFactory(name="La Minoterie")
    client.post(url("place", event), PLACE | {"place": "space", "venue": space.pk})
    assert Event.objects.get().place_name == "La Minoterie"

    link = "https://visio.example/soupe"
    client.post(url("place", event), PLACE | {"place": "online", "online_url": link})
    row = Event.objects.get()
    assert (row.place_name, row.room, row.online_url) == ("", "", link)


def test_postponed_then_restored(client, event):
    client.post(url("postpone", event), {"reason": "Tempête."})
    row = Event.objects.get()
    assert (row.status, row.cancel_reason) == ("postponed", "Tempête.")

    client.post(url("restore", event))
    row = Event.objects.get()
    assert (row.status, row.cancel_reason) == ("confirmed", "")


@pytest.mark.parametrize(
    ("name", "changes", "field", "words"),
    [
        ("move", {"start_date": ""}, "start_date", "Indiquez le jour"),
        ("move", {"start_time": ""}, "start_time", "Indiquez l’heure"),
        ("move", {"end_time": "18:00"}, "end_time", "La fin est avant"),
        (
            "move",
            {"start_date": "2027-03-28", "start_time": "02:30", "end_time": "05:00"},
            "start_time",
            "3\xa0h\xa030",
        ),
        ("move", {"start_date": "2026-10-01"}, "__all__", "à venir"),
        (
            "move",
            {"start_date": "2026-11-26", "start_time": "18:30", "end_time": "21:30"},
            "__all__",
            "rien n’a changé",
        ),
        ("place", {"venue_name": ""}, "venue_name", "nom de l’endroit"),
        ("place", {"venue_postcode": "29"}, "venue_postcode", "Cinq chiffres"),
        ("place", {"place": "online"}, "online_url", "lien"),
        ("place", {"place": "space", "venue": "0"}, "venue", "lieu"),
        ("postpone", {"reason": "x" * 301}, "reason", "300"),
    ],
)
def test_mistake_keeps_the_form_and_the_date(
    client, event, name, changes, field, words
):
    before = Event.objects.values().get()
    answers = ANSWERS[name] | changes

    response = client.post(url(name, event), answers)

    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == [field]
    assert words in str(form.errors[field])
    assert {key: form.data.get(key) for key in answers} == answers
    assert Event.objects.values().get() == before


def test_change_that_came_too_late_is_refused_in_words(client, event, person):
    cancel_event(event, reason="", by=person, now=NOW)

    response = client.post(url("move", event), MOVE, follow=True)

    html = response.content.decode()
    assert response.redirect_chain == [(url("event", event), 302)]
    assert "Ce rendez-vous ne se tient plus" in html
    assert Event.objects.get().start_date == datetime.date(2026, 11, 26)


@pytest.mark.parametrize("name", ["move", "place", "postpone", "restore", "cancel"])
def test_other_space_s_date_does_not_exist_here(client, name):
    event = EventFactory(host=SpaceFactory())
    client.force_login(personas.member())
    before = Event.objects.values().get()

    assert client.get(url(name, event)).status_code == 404
    assert client.post(url(name, event), ANSWERS.get(name, {})).status_code == 404
    assert Event.objects.values().get() == before


@pytest.mark.parametrize("name", ["move", "place", "postpone", "restore", "cancel"])
def test_asking_changes_nothing(client, event, name):
    before = Event.objects.values().get()

    assert client.get(url(name, event)).status_code == 200

    assert Event.objects.values().get() == before


def test_public_page_says_from_when_to_when(client, event, person):
    when = {"start_date": datetime.date(2026, 11, 27)} | {
        "end_date": datetime.date(2026, 11, 27),
        "start_time": datetime.time(19),
    }
    move_event(event, when=when, by=person, now=NOW)

    html = client.get(reverse("events:event", args=[event.slug])).content.decode()
    assert (
        "Déplacé du jeudi 26\xa0novembre 2026, 18\xa0h\xa030 "
        "au vendredi 27\xa0novembre 2026, 19\xa0h."
    ) in html


GROUPS = {
    "when": lambda event, by: move_event(
        event, when={"start_time": datetime.time(19)}, by=by, now=NOW
    ),
    "where": lambda event, by: replace_place(
        event, where={"venue_name": "Crêperie du port"}, by=by, now=NOW
    ),
}


def hand_over(event, by):
    """As the rota does: another host, and its place."""
    other = by.space_members.order_by("pk").last().space
    event.refresh_from_db()
    event.host = event.venue = other
    event.note_service_edits(["host", *Event.WHERE])
    event.save(update_fields=["host", *Event.WHERE, "service_edits"])


GROUPS["host"] = hand_over


@pytest.mark.parametrize(
    ("group", "labels"),
    [
        ("when", ["Début"]),
        ("where", ["Il a lieu", "Nom de l’endroit"]),
        ("host", ["Lieu"]),
    ],
)
def test_text_opened_before_a_change_shows_both_and_loses_neither(
    client, group, labels
):
    spaces = [SpaceFactory(name="Ti Numerik"), SpaceFactory(name="L’Estran")]
    person = personas.member(spaces=spaces)
    client.force_login(person)
    event = EventFactory(
        host=spaces[0], venue=spaces[0], venue_name="", venue_street="",
        venue_postcode="", venue_city="",
    )  # fmt: skip
    event.save_revision().publish()
    form = client.get(url("edit", event)).context["form"]
    answers = {
        name: form[name].value() if form[name].value() is not None else ""
        for name in form.fields
    } | {"title": "Mon texte", "action": "save", "all_day": ""}
    GROUPS[group](event, person)

    response = client.post(url("edit", event), answers)

    assert response.status_code == 409
    shown = {str(difference.label) for difference in response.context["differences"]}
    assert shown == {*labels, "Titre"}
    html = response.content.decode()
    assert "Ce rendez-vous a changé pendant que vous écriviez" in html
    assert "Enregistré" not in html
    assert 'value="Mon texte"' in html

    again = response.context["form"].data.dict()
    assert client.post(url("edit", event), again).status_code == 302
    draft = Event.objects.get().get_latest_revision_as_object()
    assert (draft.title, draft.start_time, draft.host) == (
        "Mon texte",
        datetime.time(18, 30),
        spaces[0],
    )
