"""Writing the terms of registration, in the member's form and when it is published."""

from __future__ import annotations

import pytest
import time_machine

from events.models import Event
from events.services.draft import revise_draft
from events.services.publish import publish_record
from events.services.registration.refusals import CapacityTaken
from tests import personas
from tests.events.member_site import NOW, answers, draft_of, url, values
from tests.events.registration_site import come

pytestmark = pytest.mark.django_db

TERMS = {
    "registration_mode": "here", "capacity": "12", "companions_allowed": "2",
    "opens_days_before": "30", "closes_hours_before": "24", "question": "Un plat ?",
    "second_question": "Un jeu ?",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def person():
    return personas.trusted_member()


def read_terms(event: Event) -> dict[str, object]:
    return {name: getattr(event, name) for name in Event.REGISTRATION_FIELDS}


def test_member_writes_the_terms_and_reads_them_again(client, person):
    client.force_login(person)
    sent = answers(personas.space_of(person), **TERMS)
    client.post(url("create"), sent)
    event = Event.objects.get()
    assert read_terms(event) == {
        "registration_mode": "here", "registration_url": "", "capacity": 12,
        "companions_allowed": 2, "opens_days_before": 30, "closes_hours_before": 24,
        "question": "Un plat ?", "second_question": "Un jeu ?",
    }  # fmt: skip
    form = client.get(url("edit", event)).context["form"]
    assert {name: str(form[name].value()) for name in TERMS} == TERMS


def test_form_without_terms_takes_no_registrations(client, person):
    client.force_login(person)
    sent = answers(personas.space_of(person))
    for name in Event.REGISTRATION_FIELDS:
        del sent[name]
    client.post(url("create"), sent)
    assert read_terms(Event.objects.get()) == {
        name: Event._meta.get_field(name).get_default()
        for name in Event.REGISTRATION_FIELDS
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"registration_mode": "elsewhere"}, "registration_url"),
        ({"registration_mode": "elsewhere", "registration_url": "javascript:alert(1)"},
         "registration_url"),
        ({"registration_mode": "nowhere"}, "registration_mode"),
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "-1"}, "capacity"),
        ({"capacity": "10001"}, "capacity"),
        ({"capacity": "9" * 5000}, "capacity"),
        ({"companions_allowed": "21"}, "companions_allowed"),
        ({"opens_days_before": "401"}, "opens_days_before"),
        ({"closes_hours_before": "1441"}, "closes_hours_before"),
        ({"opens_days_before": "1", "closes_hours_before": "24"},
         "closes_hours_before"),
        ({"question": "a" * 151}, "question"),
    ],
)  # fmt: skip
def test_terms_that_make_no_sense_are_said_on_their_field(
    client, person, changes, field
):
    client.force_login(person)
    sent = answers(personas.space_of(person), **(TERMS | changes))
    response = client.post(url("create"), sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert 'value="Soupe et jeux de société"' in response.text


def publish_with_people(person, capacity: int) -> Event:
    event = draft_of(person, registration_mode="here", capacity=capacity)
    event = publish_record(event, by=person, now=NOW)
    for number in range(capacity):
        come(event, f"person{number}", now=NOW)
    return event


def test_fewer_places_than_people_keep_the_form(client, person):
    event = publish_with_people(person, 3)
    client.force_login(person)
    sent = answers(
        personas.space_of(person), **(TERMS | {"capacity": "2"}), action="publish",
        version=str(event.latest_revision_id),
    )  # fmt: skip
    response = client.post(url("edit", event), sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["capacity"]
    assert "3 personnes sont déjà confirmées" in response.text
    event.refresh_from_db()
    assert event.capacity == 3
    assert client.post(url("edit", event), sent | {"capacity": "3"}).status_code == 302


def test_places_taken_since_the_draft_refuse_its_publication(person):
    event = publish_with_people(person, 3)
    revise_draft(
        event,
        values=values(
            personas.space_of(person), registration_mode="here", capacity=2
        ),
        by=person, now=NOW, seen_revision=event.latest_revision_id,
    )  # fmt: skip
    with pytest.raises(CapacityTaken):
        publish_record(event, by=person, now=NOW)
    event.refresh_from_db()
    assert event.capacity == 3


def test_draft_brings_back_no_registration(person):
    event = publish_with_people(person, 2)
    draft = event.get_latest_revision_as_object()
    draft.title = "Soupe de saison"
    draft.save_revision().publish()
    assert event.registrations.confirmed().count() == 2
