"""Draft, submit, withdraw, publish, cancel: the services behind the member's pages."""

from __future__ import annotations

import datetime

import pytest
from wagtail.models import ModelLogEntry, WorkflowState

from events.enums import EventStatus
from events.models import Event
from events.services.cancel import cancel_event
from events.services.draft import create_draft, discard_event, revise_draft
from events.services.publish import publish_record
from events.services.refusals import (
    AlreadyOver,
    AlreadyPublished,
    CalledOff,
    InModeration,
    NeverPublished,
    NothingNew,
    NotSpeaker,
    NotTrusted,
    OutdatedVersion,
)
from events.services.submit import submit_record
from events.services.withdraw import withdraw_record
from tests import personas
from tests.events.member_site import NOW, draft_of, values
from tests.factories.network import SpaceFactory

pytestmark = pytest.mark.django_db


def revise(event, person, *, seen=None, **changes):
    return revise_draft(
        event,
        values=values(personas.space_of(person), **changes),
        by=person,
        now=NOW,
        seen_revision=seen or Event.objects.get(pk=event.pk).latest_revision_id,
    )


def published_by(person, **changes):
    return publish_record(draft_of(person, **changes), by=person, now=NOW)


def test_new_draft_is_seen_by_nobody_and_has_no_address():
    event = draft_of(personas.member())

    assert (event.live, event.slug, event.first_published_at) == (False, None, None)
    assert not Event.objects.published().exists()
    assert sorted(tag.name for tag in event.tags.all()) == ["jeux", "soupe"]
    assert event.latest_revision.user.email == "ti-numerik@hub.test"


def test_draft_of_another_space_is_refused():
    stranger = SpaceFactory()

    with pytest.raises(NotSpeaker):
        create_draft(values=values(stranger), by=personas.member(), now=NOW)

    assert not Event.objects.exists()


def test_member_of_yesterday_no_longer_writes():
    yesterday = NOW.date() - datetime.timedelta(days=1)
    space = SpaceFactory()
    person = personas.member(spaces=[space], until=yesterday)

    with pytest.raises(NotSpeaker):
        create_draft(values=values(space), by=person, now=NOW)


def test_member_writes_until_the_last_day_included():
    space = SpaceFactory()
    person = personas.member(spaces=[space], until=NOW.date())

    assert create_draft(values=values(space), by=person, now=NOW).pk


def test_revising_a_live_date_leaves_the_published_text():
    person = personas.trusted_member()
    event = published_by(person)

    draft = revise(event, person, title="Soupe de Noël")
    event.refresh_from_db()

    assert (event.title, draft.title) == ("Soupe et jeux de société", "Soupe de Noël")
    assert event.has_unpublished_changes
    assert event.live_revision_id != event.latest_revision_id


def test_revising_an_outdated_version_is_refused_and_keeps_the_other_text():
    person = personas.member()
    event = draft_of(person)
    opened = event.latest_revision_id
    revise(event, person, title="Texte de l’autre")

    with pytest.raises(OutdatedVersion) as caught:
        revise(event, person, seen=opened, title="Mon texte")

    event.refresh_from_db()
    assert caught.value.latest == event.latest_revision
    assert event.latest_revision.as_object().title == "Texte de l’autre"


def test_submitting_records_the_person_and_locks_the_text():
    person = personas.member()
    event = draft_of(person)

    state = submit_record(event, by=person, now=NOW)

    assert (state.requested_by, state.status) == (person, "in_progress")
    assert state.current_task_state.revision_id == event.latest_revision_id
    with pytest.raises(InModeration):
        revise(event, person, title="Texte que personne n’a lu")
    with pytest.raises(InModeration):
        submit_record(event, by=person, now=NOW)
    with pytest.raises(InModeration):
        discard_event(event, by=person, now=NOW)
    assert event.revisions.count() == 1


def test_withdrawing_ends_the_workflow_and_keeps_the_text():
    person = personas.member()
    event = draft_of(person)
    state = submit_record(event, by=person, now=NOW)

    withdraw_record(event, by=person, now=NOW)
    withdraw_record(event, by=person, now=NOW)

    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_CANCELLED
    assert Event.objects.get(pk=event.pk).title == "Soupe et jeux de société"
    assert revise(event, person, title="Reprise").title == "Reprise"


def test_rejected_text_takes_the_same_workflow_up_again():
    person, colleague = personas.member(), personas.moderator()
    event = draft_of(person)
    state = submit_record(event, by=person, now=NOW)
    state.current_task_state.reject(user=colleague, comment="Quelle salle ?")
    revise(event, person, title="Soupe, salle du haut")

    again = submit_record(event, by=person, now=NOW)

    assert (again.pk, again.status) == (state.pk, WorkflowState.STATUS_IN_PROGRESS)
    revision = again.current_task_state.revision
    assert revision.as_object().title == "Soupe, salle du haut"


def test_submitting_what_is_published_already_is_refused():
    person = personas.trusted_member()

    with pytest.raises(NothingNew):
        submit_record(published_by(person), by=person, now=NOW)


def test_trusted_space_publishes_at_once():
    person = personas.trusted_member()
    event = draft_of(person)

    published = publish_record(event, by=person, now=NOW)

    assert published.live
    assert published.slug == "soupe-et-jeux-de-societe-2026-12-17"
    assert published.live_revision_id == event.latest_revision_id
    assert published.calendar_state.sequence == 0
    entry = ModelLogEntry.objects.get(action="wagtail.publish")
    assert entry.user == person


def test_space_that_is_not_trusted_does_not_publish():
    person = personas.member()
    event = draft_of(person)

    with pytest.raises(NotTrusted):
        publish_record(event, by=person, now=NOW)

    assert not Event.objects.get(pk=event.pk).live


def test_trust_of_another_space_does_not_publish():
    person = personas.trusted_member()
    event = draft_of(person)

    with pytest.raises(NotSpeaker):
        publish_record(event, by=personas.other_member(), now=NOW)

    assert not Event.objects.get(pk=event.pk).live


def test_publishing_ends_the_review_that_was_asked_for():
    person = personas.trusted_member()
    event = draft_of(person)
    state = submit_record(event, by=person, now=NOW)

    publish_record(event, by=person, now=NOW)

    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_CANCELLED


def test_cancelling_marks_the_row_tells_calendars_and_is_logged():
    person = personas.trusted_member()
    event = published_by(person)

    cancelled = cancel_event(event, by=person, reason="Dégât des eaux", now=NOW)

    cancelled.refresh_from_db()
    assert cancelled.status == EventStatus.CANCELLED
    assert cancelled.cancel_reason == "Dégât des eaux"
    assert cancelled.cancelled_at == NOW
    assert cancelled.live
    assert cancelled.calendar_state.sequence == 1
    entry = ModelLogEntry.objects.get(action="events.cancel")
    assert (entry.user, entry.data) == (person, {"reason": "Dégât des eaux"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", EventStatus.CANCELLED),
        ("cancel_reason", "Dégât des eaux"),
        ("cancelled_at", NOW),
    ],
)
def test_older_draft_never_undoes_a_cancellation(name, value):
    person = personas.trusted_member()
    event = published_by(person)
    revise(event, person, title="Soupe de Noël")
    draft = Event.objects.get(pk=event.pk).latest_revision
    cancel_event(event, by=person, reason="Dégât des eaux", now=NOW)

    draft.publish(user=personas.admin())

    stored = Event.objects.get(pk=event.pk)
    assert stored.title == "Soupe de Noël"
    assert getattr(stored, name) == value


def test_cancelled_date_is_neither_written_nor_published_nor_cancelled_again():
    person = personas.trusted_member()
    event = published_by(person)
    revise(event, person, title="Soupe de Noël")
    cancel_event(event, by=person, reason="", now=NOW)

    with pytest.raises(CalledOff):
        revise(event, person, title="Quand même")
    with pytest.raises(CalledOff):
        publish_record(event, by=person, now=NOW)
    with pytest.raises(CalledOff):
        submit_record(event, by=person, now=NOW)
    with pytest.raises(CalledOff):
        cancel_event(event, by=person, reason="", now=NOW)


def test_cancelling_ends_a_review():
    person = personas.trusted_member()
    event = published_by(person)
    revise(event, person, title="Soupe de Noël")
    state = submit_record(event, by=person, now=NOW)

    cancel_event(event, by=person, reason="", now=NOW)

    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_CANCELLED


def test_cancelling_what_nobody_saw_or_what_is_over_is_refused():
    person = personas.trusted_member()
    draft, past = draft_of(person), published_by(person)

    with pytest.raises(NeverPublished):
        cancel_event(draft, by=person, reason="", now=NOW)
    with pytest.raises(AlreadyOver):
        cancel_event(past, by=person, reason="", now=past.end_at)


def test_moderator_cancels_for_any_space_and_another_member_does_not():
    event = published_by(personas.trusted_member())

    with pytest.raises(NotSpeaker):
        cancel_event(event, by=personas.other_member(), reason="", now=NOW)

    cancelled = cancel_event(event, by=personas.moderator(), reason="", now=NOW)
    assert cancelled.status == EventStatus.CANCELLED


def test_draft_is_discarded_and_a_published_date_is_not():
    person = personas.trusted_member()
    draft, published = draft_of(person), published_by(person)

    discard_event(draft, by=person, now=NOW)
    with pytest.raises(AlreadyPublished):
        discard_event(published, by=person, now=NOW)

    assert list(Event.objects.all()) == [published]
