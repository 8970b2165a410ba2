"""Hostile answers to the form of a series: a sentence or nothing, never a failure."""

from __future__ import annotations

import uuid

import pytest
import time_machine
from django.test import Client

from events.models import Event, Series
from events.services.series_draft import discard_series
from tests import personas
from tests.events.series_form_site import (
    NOW,
    answers,
    published_by,
    series_of,
    url,
)
from tests.events.test_member_hostile_form import MOMENTS, TEXTS
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

FIELDS = (
    "version", "service_edit", "host", "type", "title", "summary", "description",
    "rhythm", "weekdays", "nth", "weekday", "month_day", "interval", "months",
    "first_day", "end", "until", "count", "skips_holidays", "left_out", "start_time",
    "end_time", "all_day", "days_long", "place", "venue", "venue_name",
    "venue_postcode", "venue_city", "online_url", "price", "visibility", "action",
    "form_key",
)  # fmt: skip
OF_MOMENTS = ("first_day", "until", "start_time", "end_time", "left_out")


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
    sent = answers(personas.space_of(person)) | {"form_key": ""}
    for action in ("compute", "publish"):
        for value in TEXTS + MOMENTS if field in OF_MOMENTS else TEXTS:
            changed = sent | {"action": action, field: value}
            response = browser.post(url("create"), changed)
            assert response.status_code in (200, 302, 409, 422), (field, value[:40])
        changed = {name: value for name, value in sent.items() if name != field}
        response = browser.post(url("create"), changed | {"action": action})
        assert response.status_code in (200, 302, 422), field


@pytest.mark.parametrize("field", ["scope", "change_day", "confirmed", "version"])
def test_hostile_answer_about_what_changes_is_refused_or_kept(client, field):
    person = personas.trusted_member()
    client.force_login(person)
    series = published_by(person)
    sent = answers(
        series.host, action="publish", scope="following", change_day="2027-02-11",
        version=series.latest_revision_id, price="2 €",
    )  # fmt: skip
    for value in TEXTS + MOMENTS:
        response = client.post(url("edit", series), sent | {field: value})
        assert response.status_code in (200, 409, 422), (field, value[:40])
    assert Series.objects.count() == 1


@pytest.mark.parametrize("name", ["end", "add_date"])
def test_hostile_answer_to_a_question_is_refused(client, name):
    person = personas.trusted_member()
    client.force_login(person)
    series = published_by(person)
    before = series.events.count()
    for value in TEXTS + MOMENTS:
        sent = {"last_day": value, "start_date": value, "start_time": value}
        response = client.post(url(name, series), sent | {"reason": "a\x00b"})
        assert response.status_code == 422, value[:40]
    assert series.events.count() == before


def test_forged_columns_are_ignored(browser, person):
    sent = answers(
        personas.space_of(person), live="on", slug="a-moi", uid="X", pk="7", id="7",
        continues="1", materialised_until="2020-01-01", programme="1", image="1",
        rhythm_note="N’importe quoi", zone="Asia/Tokyo", first_published_at="2020-01-01",
    )  # fmt: skip
    browser.post(url("create"), sent)

    series = Series.objects.get()
    assert (series.live, series.slug) == (False, "soupe-du-jeudi")
    assert (series.continues, series.programme, series.image) == (None, None, None)
    assert (series.rhythm_note, series.zone) == ("", "Europe/Paris")
    assert series.uid != "X"


def test_other_space_cannot_be_named_as_host(browser):
    response = browser.post(url("create"), answers(SpaceFactory(name="Le Sémaphore")))

    assert response.status_code == 422
    assert not Series.objects.exists()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Flux", "flux-2"),
        ("Série", "serie-2"),
        ("???", "serie-2"),
        ("Soupe du jeudi", "soupe-du-jeudi-2"),
        ("é" * 120, "e" * 70),
    ],
)
def test_address_is_free_and_never_one_of_the_agenda(browser, person, title, slug):
    series_of(person)
    browser.post(url("create"), answers(personas.space_of(person), title=title))

    assert Series.objects.latest("pk").slug == slug


def test_key_of_another_space_s_series_tells_nothing(browser, person):
    theirs = series_of(personas.other_member(), title="Un secret")
    key = theirs.uid.partition("@")[0]

    response = browser.post(
        url("create"), answers(personas.space_of(person), form_key=key)
    )

    assert response.status_code == 302
    assert "Un secret" not in browser.get(response.url).text
    assert Series.objects.count() == 2


@pytest.mark.parametrize("name", ["edit", "withdraw", "discard"])
def test_series_discarded_meanwhile_is_unknown(browser, person, name, monkeypatch):
    series = series_of(person)
    find = Series.objects.select_for_update

    def discard_first(*args, **kwargs):
        monkeypatch.undo()
        discard_series(series, by=person, now=NOW)
        return find(*args, **kwargs)

    monkeypatch.setattr(type(Series.objects), "select_for_update", discard_first)
    sent = answers(series.host, version=str(series.latest_revision_id))
    assert browser.post(url(name, series), sent).status_code == 404


def test_form_without_its_token_gets_the_page_that_explains():
    person = personas.trusted_member()
    series = published_by(person)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    for name in ("create", "edit", "withdraw", "end", "add_date", "discard"):
        address = url(name) if name == "create" else url(name, series)
        response = browser.post(address, {"title": "a", "confirmed": "1"})
        assert response.status_code == 403
        assert "Votre formulaire est arrivé trop tard" in response.text
    assert Series.objects.count() == 1


def test_typed_text_never_runs(browser, person):
    word = "<script>alert(1)</script>"
    sent = answers(personas.space_of(person), title=word, price=word, summary=word)
    browser.post(url("create"), sent | {"form_key": str(uuid.uuid4())})

    series = Series.objects.get()
    for name in ("list", "series", "edit", "preview", "duplicate", "discard"):
        address = url(name) if name == "list" else url(name, series)
        assert word not in browser.get(address).text
    assert not Event.objects.exists()
