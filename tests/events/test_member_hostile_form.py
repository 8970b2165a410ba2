"""Hostile answers to the member's form: a sentence or nothing, never a failure."""

from __future__ import annotations

import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from events.models import Event
from events.services.draft import discard_event
from tests import personas
from tests.events.member_site import NOW, answers, draft_of, url
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

FIELDS = (
    "version", "host", "type", "title", "summary", "description", "tags", "start_date",
    "start_time", "end_time", "end_date", "place", "venue", "venue_name",
    "venue_street", "venue_postcode", "venue_city", "online_url", "price",
    "visibility", "action", "all_day", "past_confirmed", "form_key",
)  # fmt: skip
TEXTS = (
    "", "a\x00b", "\x01\x07\x1b", "a\r\nBcc: evil@evil.test", "9" * 40, "9" * 5000, "-1",
    "NaN", "é" * 10_000, "🦜", "\u202e\u200b\ufeff", "<script>alert(1)</script>",
    "%s%(title)s{0}{{ 7*7 }}", "http://[", "None", ",".join(map(str, range(500))),
)  # fmt: skip
MOMENTS = (
    "0000-00-00", "0001-01-01", "2026-02-30", "9999-12-31", "24:00", "00:00", "23:59",
    "٠١٢٣٤", "1e400",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def person():
    return personas.member()


@pytest.fixture
def browser(person):
    """What fails is an answer here, as it is for a person."""
    browser = Client(raise_request_exception=False)
    browser.force_login(person)
    return browser


@pytest.mark.parametrize("field", FIELDS)
def test_hostile_answer_is_refused_or_kept(browser, person, field):
    sent = answers(personas.space_of(person), action="publish") | {"form_key": ""}
    sent |= {"all_day": "", "past_confirmed": ""}
    address = url("create")
    is_moment = field.startswith(("start_", "end_"))
    for value in TEXTS + MOMENTS if is_moment else TEXTS:
        response = browser.post(address, sent | {field: value})
        assert response.status_code in (302, 409, 422), (field, value[:40])
    del sent[field]
    assert browser.post(address, sent).status_code in (302, 422)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9999-12-30"])
@pytest.mark.parametrize(
    "hours", [("23:30", ""), ("23:30", "01:00"), ("00:00", "00:00"), ("00:10", "")]
)
def test_day_at_the_end_of_time_is_a_mistake_on_the_day(browser, person, day, hours):
    space = personas.space_of(person)
    start, end = hours
    for end_date in ("", day):
        sent = answers(space, start_date=day, start_time=start, end_time=end)
        response = browser.post(url("create"), sent | {"end_date": end_date})
        assert response.status_code == 422
        # What was typed is still there.
        assert "Soupe et jeux de société" in response.text
    assert not Event.objects.exists()


def test_forged_columns_are_ignored(browser, person):
    sent = answers(
        personas.space_of(person),
        live="on", slug="a-moi", uid="X", status="cancelled", series="1", pk="7",
        id="7", host_id="9", workflow="1", is_trusted="on", recurrence_key="1",
        first_published_at="2020-01-01", zone="Asia/Tokyo", owner="1", image="1",
    )  # fmt: skip
    browser.post(url("create"), sent)

    event = Event.objects.get()
    assert not event.live
    assert (event.slug, event.status, event.series) == (None, "confirmed", None)
    assert event.uid != "X"
    assert event.zone == "Europe/Paris"


def test_other_space_cannot_be_named_as_host(browser, person):
    other = SpaceFactory(name="Le Sémaphore")
    response = browser.post(url("create"), answers(other))
    assert response.status_code == 422
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,a", "vbscript:a", "//evil.test"]
)
def test_link_is_an_address_of_the_web(browser, person, link):
    sent = answers(personas.space_of(person), place="online", online_url=link)
    response = browser.post(url("create"), sent | {"action": "publish"})
    # “//evil.test” is read as https, which is what it would be.
    if response.status_code == 302:
        assert Event.objects.get().online_url == "https://evil.test"
    else:
        assert "online_url" in response.context["form"].errors


@pytest.mark.parametrize("name", ["edit", "withdraw", "cancel", "discard"])
def test_date_discarded_meanwhile_is_unknown(browser, person, name, monkeypatch):
    event = draft_of(person)
    find = Event.objects.select_for_update

    def discard_first(*args, **kwargs):
        monkeypatch.undo()
        discard_event(event, by=person, now=NOW)
        return find(*args, **kwargs)

    monkeypatch.setattr(type(Event.objects), "select_for_update", discard_first)
    sent = answers(personas.space_of(person), version=str(event.latest_revision_id))
    response = browser.post(url(name, event), sent | {"reason": "La pluie"})
    assert response.status_code == 404


def test_form_without_its_token_gets_the_page_that_explains(person):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    event = draft_of(person)
    for name in ("create", "edit", "withdraw", "cancel", "discard"):
        address = url(name) if name == "create" else url(name, event)
        for headers in ({}, {"origin": "https://evil.test"}):
            response = browser.post(address, {"title": "a"}, headers=headers)
            assert response.status_code == 403
            assert "Votre formulaire est arrivé trop tard" in response.text
    login = browser.post(reverse("account_login"), {"login": "a", "password": "b"})
    assert login.status_code == 403
    assert Event.objects.count() == 1


def test_form_sent_twice_makes_one_date(browser, person):
    key = str(uuid.uuid4())
    sent = answers(personas.space_of(person), form_key=key, action="publish")
    first = browser.post(url("create"), sent)
    second = browser.post(url("create"), sent)

    event = Event.objects.get()
    assert first.url == second.url == url("event", event)
    assert "deux fois" in browser.get(second.url).text


def test_form_sent_again_with_other_words_keeps_both(browser, person):
    sent = answers(personas.space_of(person), form_key=str(uuid.uuid4()))
    browser.post(url("create"), sent)
    event = Event.objects.get()

    response = browser.post(url("create"), sent | {"title": "Soupe et contes"})

    assert response.status_code == 409
    assert f'action="{url("edit", event)}"' in response.text
    assert "Soupe et contes" in response.text
    assert [one.theirs for one in response.context["differences"]][:1] == [
        "Soupe et jeux de société"
    ]
    version = response.context["form"]["version"].value()
    changed = sent | {"title": "Soupe et contes", "version": version}
    assert browser.post(url("edit", event), changed).status_code == 302
    event = Event.objects.get()
    assert event.get_latest_revision_as_object().title == "Soupe et contes"


def test_key_of_another_space_s_date_tells_nothing(browser, person):
    other = personas.other_member()
    theirs = draft_of(other)
    key = theirs.uid.partition("@")[0]
    response = browser.post(
        url("create"), answers(personas.space_of(person), form_key=key)
    )
    assert response.status_code == 302
    assert Event.objects.count() == 2
