"""Members follow up what was decided: states, tasks, dates."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from events.models import Decision, Event, Task
from tests import personas
from tests.events.member_site import answers as date_answers
from tests.factories.decisions import DecisionFactory, TaskFactory
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def member(client):
    person = personas.member()
    client.force_login(person)
    return person


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def decision(member):
    return DecisionFactory(
        number=58, text="Écrire à tous", responsible_space=personas.space_of(member),
        due_on=datetime.date(2026, 11, 1),
    )  # fmt: skip


def follow(client, action, **values):
    sent = {f"{action}-{name}": value for name, value in values.items()}
    return client.post("/espace/decisions/58/", {"action": action, **sent})


def test_dashboard_shows_what_is_due_first(client, member, decision):
    space = personas.space_of(member)
    DecisionFactory(number=59, responsible_space=space)
    DecisionFactory(number=60, responsible_space=space, state="done")
    DecisionFactory(number=61, responsible_space=space, minutes__live=False)
    TaskFactory(title="Faite", space=space, done_at=NOW)
    TaskFactory(title="D’autrui")
    TaskFactory(title="Plus tard", space=space, due_on=datetime.date(2027, 1, 1))
    TaskFactory(title="En retard", space=space, due_on=datetime.date(2026, 11, 2))

    for address in ("/espace/", "/espace/decisions/"):
        panel = soup(client.get(address)).select_one("[aria-labelledby=follow-up]")
        rows = [" ".join(one.text.split()) for one in panel.select(".decisions > li")]
        assert len(rows) == 4
        assert ("En retard" in rows[0], "Plus tard" in rows[1]) == (True, True)
        assert ("58" in rows[2], "59" in rows[3]) == (True, True)
        assert [" en retard" in row for row in rows] == [True, False, True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_follow_up_costs_the_same_whatever_it_shows(
    client, member, django_assert_num_queries, count
):
    space = personas.space_of(member)
    for number in range(1, count + 1):
        decision = DecisionFactory(number=number, responsible_space=space)
        TaskFactory(space=space, decision=decision)
    client.get("/espace/decisions/")
    with django_assert_num_queries(11):
        page = client.get("/espace/decisions/")
    assert len(soup(page).select(".decisions > li")) == 2 * count


def test_state_is_changed_with_a_note(client, decision):
    response = follow(client, "state", state="done", note="Tout est parti.",
                      seen_state="acted")  # fmt: skip

    assert response.status_code == 302
    assert "Tout est parti." in client.get("/decisions/58/").text


def test_stale_state_is_refused_and_the_note_kept(client, decision):
    follow(client, "state", state="to_follow", note="D’abord.", seen_state="acted")

    response = follow(
        client, "state", state="done", note="Ensuite.", seen_state="acted"
    )

    assert response.status_code == 409
    assert "Ensuite." in response.text
    assert Decision.objects.get().state == "to_follow"


def test_tasks_are_given_and_done(client, member, decision):
    space = personas.space_of(member)
    follow(client, "task", title="Poster", space=space.pk, due_on="2026-12-01")
    task = Task.objects.get()
    assert (task.title, task.space, task.decision) == ("Poster", space, decision)

    address = reverse("member_events:task", args=[task.pk])
    assert client.get(address).status_code == 405
    client.post(address, {"action": "finish"})
    task.refresh_from_db()
    assert task.done_by == member
    client.post(address, {"action": "reopen"})
    task.refresh_from_db()
    assert task.done_at is None


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("state", {"state": "nowhere"}),
        ("state", {"state": "done", "note": "x" * 401}),
        ("task", {"title": "", "space": ""}),
        ("task", {"title": "x", "space": "999999"}),
        ("event", {"event": "999999"}),
        ("entrust", {"space": ""}),
        ("nothing", {}),
    ],
)
def test_bad_follow_up_changes_nothing(client, decision, action, values):
    assert follow(client, action, **values).status_code == 422

    decision.refresh_from_db()
    assert (decision.state, decision.next_event, Task.objects.count()) == (
        "acted", None, 0,
    )  # fmt: skip


def test_keeper_entrusts_it_to_another_space(client):
    keeper = personas.trusted_member()
    decision = DecisionFactory(
        number=58, minutes__event__host=personas.space_of(keeper)
    )
    client.force_login(keeper)
    other = SpaceFactory()

    follow(client, "entrust", space=other.pk, due_on="2026-12-01")

    decision.refresh_from_db()
    assert decision.responsible_space == other


def test_date_is_born_from_a_decision(client, member, decision):
    page = client.get("/espace/decisions/58/rendez-vous/")
    assert 'value="Écrire à tous"' in page.text

    sent = date_answers(personas.space_of(member), title="Soirée timbres")
    response = client.post("/espace/decisions/58/rendez-vous/", sent)

    event = Event.objects.get(title="Soirée timbres")
    assert response.url == reverse("member_events:event", args=[event.pk])
    decision.refresh_from_db()
    assert decision.next_event == event
    # A draft is nobody else's to see.
    assert "Soirée timbres" not in client.get("/decisions/58/").text


def test_others_decisions_and_tasks_do_not_exist_here(client, decision):
    task = TaskFactory(decision=decision)
    client.force_login(personas.other_member())

    for address in ("/espace/decisions/58/", "/espace/decisions/58/rendez-vous/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {}).status_code == 404
    assert client.post(f"/espace/taches/{task.pk}/", {}).status_code == 404
    task.refresh_from_db()
    assert task.done_at is None
