"""A member's dates under /espace/: who may see what, and what each page offers."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.urls import reverse

from events.enums import EventStatus
from events.models import Event
from events.services.cancel import cancel_event
from events.services.draft import revise_draft
from events.services.publish import publish_record
from events.services.submit import submit_record
from tests import personas
from tests.events.member_site import NOW, answers, draft_of, url, values
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

OF_ONE_DATE = (
    "event", "edit", "preview", "duplicate", "withdraw", "cancel", "discard",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("name", ["list", "create", *OF_ONE_DATE])
def test_visitor_is_sent_to_the_login(client, name):
    event = draft_of(personas.member()) if name in OF_ONE_DATE else None
    address = url(name, event)

    for response in (client.get(address), client.post(address)):
        assert response.status_code == 302
        assert response.url == f"{reverse('account_login')}?next={address}"


@pytest.mark.parametrize("name", OF_ONE_DATE)
def test_date_of_another_space_does_not_exist(client, name):
    event = draft_of(personas.member())
    client.force_login(personas.other_member())

    for response in (client.get(url(name, event)), client.post(url(name, event))):
        assert response.status_code in (404, 405)
        assert "Soupe" not in response.content.decode()
    event.refresh_from_db()
    assert event.status == EventStatus.CONFIRMED


@pytest.mark.parametrize("name", OF_ONE_DATE)
def test_member_of_yesterday_no_longer_finds_the_date(client, name):
    person = personas.member()
    event = draft_of(person)
    # Another space keeps the person a member; a past link must not be enough.
    personas.member("new@hub.test", spaces=[SpaceFactory()])
    person.space_members.update(until=NOW.date() - datetime.timedelta(days=1))
    person.space_members.create(space=SpaceFactory(), since=NOW.date())
    client.force_login(person)

    assert client.get(url(name, event)).status_code == 404


def test_person_without_a_space_is_told_what_to_do(client):
    client.force_login(personas.member(spaces=[]))

    response = client.get(url("create"))

    assert response.status_code == 403
    assert "Vous ne parlez pas encore pour un lieu" in response.content.decode()


def test_moderator_without_a_space_keeps_no_date_here(client):
    event = draft_of(personas.member())
    client.force_login(personas.moderator())

    assert client.get(url("event", event)).status_code == 403


@pytest.mark.parametrize("total", [1, 3])
def test_list_costs_the_same_for_one_date_and_three(
    client, django_assert_num_queries, total
):
    person = personas.trusted_member()
    for number in range(total):
        event = draft_of(person, title=f"Soupe {number}")
        if number == 1:
            submit_record(event, by=person, now=NOW)
        if number == 2:
            publish_record(event, by=person, now=NOW)
    client.force_login(person)
    client.get(url("list"))

    with django_assert_num_queries(10):
        html = client.get(url("list")).content.decode()

    assert html.count('<th scope="row">') == total


def test_list_says_where_each_date_stands(client):
    person, reader = personas.trusted_member(), personas.moderator()
    draft_of(person, title="Un brouillon")
    submit_record(draft_of(person, title="Une attente"), by=person, now=NOW)
    publish_record(draft_of(person, title="Une annonce"), by=person, now=NOW)
    changed = publish_record(draft_of(person, title="Une retouche"), by=person, now=NOW)
    revise_draft(
        changed, values=values(personas.space_of(person)), by=person, now=NOW,
        seen_revision=changed.latest_revision_id,
    )  # fmt: skip
    called_off = publish_record(draft_of(person, title="Une panne"), by=person, now=NOW)
    cancel_event(called_off, by=person, reason="Dégât des eaux", now=NOW)
    sent_back = submit_record(draft_of(person, title="Un retour"), by=person, now=NOW)
    sent_back.current_task_state.reject(user=reader, comment="Quelle salle ?")
    client.force_login(person)

    html = client.get(url("list")).content.decode()

    rows = [
        (row.split('lang="fr">')[1].split("<")[0], row.split('class="state')[1])
        for row in html.split("<tr>")[2:]
    ]
    states = {title: rest.split(">")[1].split("<")[0] for title, rest in rows}
    assert states == {
        "Un brouillon": "Brouillon",
        "Une attente": "En relecture depuis le 2 novembre",
        "Une annonce": "Publié",
        "Une retouche": "Publié ; modifications en brouillon".replace(" ;", "\xa0;"),
        "Une panne": "Annulé",
        "Un retour": "À reprendre",
    }
    assert html.count("Quelle salle ?") == 1


def test_date_in_moderation_offers_to_take_it_back_and_never_to_save(client):
    person = personas.member()
    event = draft_of(person)
    submit_record(event, by=person, now=NOW)
    client.force_login(person)

    html = client.get(url("event", event)).content.decode()

    assert "Retirer et modifier" in html
    assert f'action="{url("withdraw", event)}"' in html
    assert url("edit", event) not in html
    assert url("discard", event) not in html
    assert client.get(url("edit", event)).url == url("event", event)


def test_taking_back_opens_the_text(client):
    person = personas.member()
    event = draft_of(person)
    state = submit_record(event, by=person, now=NOW)
    client.force_login(person)

    response = client.post(url("withdraw", event))

    state.refresh_from_db()
    assert (response.status_code, response.url) == (302, url("edit", event))
    assert state.status == "cancelled"
    assert (
        'value="Soupe et jeux de société"' in client.get(response.url).content.decode()
    )


def test_moderators_comment_reaches_the_page(client):
    person, reader = personas.member(), personas.moderator()
    event = draft_of(person)
    state = submit_record(event, by=person, now=NOW)
    state.current_task_state.reject(user=reader, comment="Quelle salle ?")
    client.force_login(person)

    for address in (url("event", event), reverse("member_dashboard")):
        html = client.get(address).content.decode()
        assert "Quelle salle ?" in html
        assert url("edit", event) in html


def test_preview_shows_the_draft_and_is_not_indexed(client):
    person = personas.trusted_member()
    event = publish_record(draft_of(person), by=person, now=NOW)
    revise_draft(
        event, values=values(personas.space_of(person), title="Soupe de Noël"),
        by=person, now=NOW, seen_revision=event.latest_revision_id,
    )  # fmt: skip
    client.force_login(person)

    response = client.get(url("preview", event))

    assert response["X-Robots-Tag"] == "noindex"
    assert "Soupe de Noël" in response.content.decode()


def test_preview_of_a_date_without_an_address_works(client):
    person = personas.member()
    event = draft_of(person)
    client.force_login(person)

    assert client.get(url("preview", event)).status_code == 200


def test_copy_fills_the_form_stores_nothing_and_asks_for_the_day(client):
    person = personas.member()
    event = draft_of(person)
    client.force_login(person)

    html = client.get(url("duplicate", event)).content.decode()

    assert f'action="{url("create")}"' in html
    assert 'value="Soupe et jeux de société"' in html
    assert "2026-12-17" not in html
    assert Event.objects.count() == 1


def test_cancelling_asks_then_tells(client):
    person = personas.trusted_member()
    event = publish_record(draft_of(person), by=person, now=NOW)
    client.force_login(person)

    asked = client.get(url("cancel", event))
    done = client.post(url("cancel", event), {"reason": "Dégât des eaux"})

    event.refresh_from_db()
    assert asked.status_code == 200
    assert (done.status_code, done.url) == (302, url("event", event))
    assert (event.status, event.cancel_reason) == ("cancelled", "Dégât des eaux")
    html = client.get(done.url).content.decode()
    assert "Dégât des eaux" in html
    assert url("cancel", event) not in html


def test_cancelling_a_draft_is_refused_in_words(client):
    person = personas.member()
    event = draft_of(person)
    client.force_login(person)

    response = client.post(url("cancel", event), {"reason": ""}, follow=True)

    assert "n’a jamais été publié" in response.content.decode()


def test_reason_that_is_too_long_is_kept(client):
    person = personas.trusted_member()
    event = publish_record(draft_of(person), by=person, now=NOW)
    client.force_login(person)

    response = client.post(url("cancel", event), {"reason": "eau " * 100})

    event.refresh_from_db()
    assert response.status_code == 422
    assert "eau eau eau" in response.content.decode()
    assert event.status == EventStatus.CONFIRMED


def test_draft_is_erased_after_a_question(client):
    person = personas.member()
    event = draft_of(person)
    client.force_login(person)

    assert client.get(url("discard", event)).status_code == 200
    assert client.post(url("discard", event)).url == url("list")
    assert not Event.objects.exists()


def test_pages_are_private(client):
    person = personas.member()
    event = draft_of(person)
    client.force_login(person)

    for name in ("list", "event", "edit"):
        address = url(name, event if name != "list" else None)
        assert client.get(address)["Cache-Control"] == "private, no-cache"


def test_page_of_past_dates_out_of_range_shows_the_last_one(client):
    person = personas.trusted_member()
    event = publish_record(draft_of(person), by=person, now=NOW)

    with time_machine.travel(event.end_at, tick=False):
        client.force_login(person)
        for page in ("99", "x", "-1"):
            response = client.get(url("list"), {"page": page})
            assert "Soupe" in response.content.decode()


def test_member_of_two_spaces_chooses(client):
    first, second = SpaceFactory(name="Le Préau"), SpaceFactory(name="La Minoterie")
    SpaceFactory(name="Chez les autres", status="closed")
    client.force_login(personas.member(spaces=[first, second]))

    html = client.get(url("create")).content.decode()
    response = client.post(url("create"), answers(second))

    assert '<select name="host"' in html
    assert "Chez les autres" not in html
    assert Event.objects.get().host == second
    assert response.url == url("event", Event.objects.get())
