"""The page that a mail's link opens: one registration, kept without an account."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import cache
from django.test import Client

from events.services import registration as services
from tests.events.registration_site import (
    NOW,
    START,
    answers,
    ask,
    come,
    date_with_places,
    form_of,
    list_statuses,
    page_of,
    sentences,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine):
    cache.clear()
    time_machine.move_to(NOW, tick=False)


def test_wrong_or_old_link_is_unknown(client):
    event = date_with_places(2)
    ask(event)
    asked = event.registrations.get()
    good = page_of(asked)
    services.cancel_registration(asked, now=NOW)
    other = come(event, "noe")
    forged = [
        good,
        f"/agenda/inscription/{other.key}/",
        f"/agenda/inscription/{other.key.hex}.AAAA/",
        f"/agenda/inscription/{services.sign_key(other)}x/",
        f"/agenda/inscription/{services.sign_key(other)[1:]}/",
    ]
    for path in forged:
        assert client.get(path).status_code == 404
        assert client.post(path, {"action": "cancel"}).status_code == 404
    assert list_statuses(event) == {"noe": "confirmed"}


def test_link_is_told_to_nobody(client):
    event = date_with_places(2)
    registration = come(event)
    for response in (
        client.get(page_of(registration)),
        client.get("/agenda/inscription/x.y/"),
    ):
        if response.status_code == 200:
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
            assert "no-store" in response.headers["Cache-Control"]
            assert '<meta name="robots" content="noindex, nofollow">' in response.text
            assert "canonical" not in response.text
    assert client.get(page_of(registration)).cookies == {}


def test_unknown_action_changes_nothing(client):
    event = date_with_places(2)
    registration = come(event)
    for sent in ({}, {"action": "delete"}, {"action": "a\x00b"}):
        assert client.post(page_of(registration), sent).status_code == 422
    assert list_statuses(event) == {"lea": "confirmed"}


def test_buttons_of_the_mail_link_need_no_cookie():
    browser = Client(enforce_csrf_checks=True)
    event = date_with_places(2)
    registration = come(event)
    # As a browser under “no-referrer” sends it.
    response = browser.post(
        page_of(registration), {"action": "cancel"}, headers={"origin": "null"}
    )
    assert response.status_code == 302
    assert list_statuses(event) == {"lea": "cancelled"}
    form = browser.post(form_of(event), answers())
    assert form.status_code == 403


def test_request_that_was_not_theirs_is_erased_by_a_button(client):
    event = date_with_places(2)
    ask(event)
    path = page_of(event.registrations.get())
    response = client.post(path, {"action": "cancel"})
    assert "La demande est effacée" in sentences(response)
    assert not event.registrations.exists()
    assert client.get(path).status_code == 404


def test_confirmation_of_a_date_that_closed_says_so(client, time_machine):
    event = date_with_places(2, closes_hours_before=60)
    ask(event)
    path = page_of(event.registrations.get())
    time_machine.move_to(START - datetime.timedelta(hours=60), tick=False)
    assert "Les inscriptions ont fermé" in sentences(client.get(path))
    response = client.post(path, {"action": "confirm"})
    assert response.status_code == 409
    assert "Les inscriptions sont fermées" in sentences(response)
    assert list_statuses(event) == {"lea": "pending"}


def test_waiting_person_reads_their_rank(client):
    event = date_with_places(1)
    come(event, "first")
    come(event, "second")
    third = come(event, "third")
    assert "Votre rang : 2." in sentences(client.get(page_of(third))).replace(
        "\xa0", " "
    )
