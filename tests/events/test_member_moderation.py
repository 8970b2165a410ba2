"""A submitted date in the Wagtail admin, through the real screens, as a moderator."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse
from wagtail.models import WorkflowState

from events.enums import EventStatus
from events.models import Event
from events.services.cancel import cancel_event
from events.services.draft import revise_draft
from events.services.publish import publish_record
from events.services.submit import submit_record
from events.services.withdraw import withdraw_record
from tests import personas
from tests.events.member_site import NOW, draft_of, values
from tests.factories.events import EventTypeFactory, SeriesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def moderator(client):
    person = personas.moderator()
    client.force_login(person)
    return person


def admin_url(name, *args):
    return reverse(f"wagtailsnippets_events_event:{name}", args=args)


def submitted(person=None, **changes):
    person = person or personas.member()
    event = draft_of(person, **changes)
    submit_record(event, by=person, now=NOW)
    return Event.objects.get(pk=event.pk), person


def answer(client, event, action, comment="", **changes):
    """Answer as the buttons of the snippet's editor do, with the editor's own form."""
    page = client.get(admin_url("edit", event.pk))
    form = page.context["form"]
    answers = {
        name: "" if (value := form[name].value()) is None else value
        for name in form.fields
        if not form.fields[name].disabled
    }
    answers["tags"] = ", ".join(tag.name for tag in form.instance.tags.all())
    answers = {name: value for name, value in answers.items() if value is not False}
    answers |= {
        "action-workflow-action": "true",
        "workflow-action-name": action,
        "workflow-action-extra-data": f'{{"comment": "{comment}"}}',
        "loaded_revision_id": event.latest_revision_id,
        "loaded_revision_created_at": event.latest_revision.created_at.isoformat(),
    }
    return client.post(admin_url("edit", event.pk), answers | changes)


def answer_from_home(client, event, action, comment=""):
    """Answer as the “Awaiting your review” panel does, without opening the editor."""
    task_state = event.current_workflow_task_state
    return client.post(
        admin_url("workflow_action", event.pk, action, task_state.pk),
        {"comment": comment},
    )


def test_home_of_the_admin_shows_what_waits(client, moderator):
    event, _person = submitted()

    html = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Soupe et jeux de société" in html
    assert admin_url("edit", event.pk) in html


def test_approving_in_the_editor_publishes_what_the_member_sent(client, moderator):
    event, _person = submitted()

    response = answer(client, event, "approve")

    event.refresh_from_db()
    assert response.status_code == 302
    assert event.live
    assert event.slug == "soupe-et-jeux-de-societe-2026-12-17"
    assert event.title == "Soupe et jeux de société"
    assert event.start_at.isoformat() == "2026-12-17T17:30:00+00:00"
    assert sorted(tag.name for tag in event.tags.all()) == ["jeux", "soupe"]
    assert list(Event.objects.published()) == [event]


def test_approving_from_home_publishes_the_very_revision_that_was_sent(
    client, moderator
):
    event, _person = submitted()
    sent = event.latest_revision_id

    answer_from_home(client, event, "approve")

    event.refresh_from_db()
    assert event.live
    assert event.live_revision_id == event.latest_revision_id == sent
    assert event.workflow_states.get().status == WorkflowState.STATUS_APPROVED


def test_approving_a_change_leaves_one_text(client, moderator):
    person = personas.trusted_member()
    event = publish_record(draft_of(person), by=person, now=NOW)
    revise_draft(
        event, values=values(personas.space_of(person), title="Soupe de Noël"),
        by=person, now=NOW, seen_revision=event.latest_revision_id,
    )  # fmt: skip
    submit_record(event, by=person, now=NOW)
    event.refresh_from_db()
    assert event.title == "Soupe et jeux de société"

    answer_from_home(client, event, "approve")

    event.refresh_from_db()
    assert (event.title, event.has_unpublished_changes) == ("Soupe de Noël", False)
    assert event.slug == "soupe-et-jeux-de-societe-2026-12-17"


@pytest.mark.parametrize("way", [answer, answer_from_home])
def test_rejection_keeps_the_text_and_the_comment(client, moderator, way):
    event, _person = submitted()

    way(client, event, "reject", "Quelle salle ?")

    event.refresh_from_db()
    state = event.workflow_states.get()
    assert not event.live
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert state.current_task_state.comment == "Quelle salle ?"


def test_approving_a_text_that_changed_meanwhile_publishes_nothing(client, moderator):
    event, person = submitted()
    opened = event.latest_revision
    withdraw_record(event, by=person, now=NOW)
    revise_draft(
        event, values=values(personas.space_of(person), title="Autre texte"),
        by=person, now=NOW, seen_revision=opened.pk,
    )  # fmt: skip
    submit_record(event, by=person, now=NOW)

    response = answer(
        client, event, "approve", title="Soupe et jeux de société",
        loaded_revision_id=opened.pk,
        loaded_revision_created_at=opened.created_at.isoformat(),
    )  # fmt: skip

    event.refresh_from_db()
    assert response.status_code == 200
    assert "a changé depuis que vous l’avez ouvert" in response.content.decode()
    assert not event.live
    assert event.workflow_in_progress
    assert event.latest_revision.as_object().title == "Autre texte"


def test_approving_what_was_taken_back_publishes_nothing(client, moderator):
    event, person = submitted()
    task_state = event.current_workflow_task_state
    withdraw_record(event, by=person, now=NOW)

    client.post(
        admin_url("workflow_action", event.pk, "approve", task_state.pk),
        {"comment": ""},
    )

    assert not Event.objects.get(pk=event.pk).live


def test_approving_after_a_cancellation_keeps_the_date_cancelled(client, moderator):
    person = personas.trusted_member()
    event = publish_record(draft_of(person), by=person, now=NOW)
    revise_draft(
        event, values=values(personas.space_of(person), title="Soupe de Noël"),
        by=person, now=NOW, seen_revision=event.latest_revision_id,
    )  # fmt: skip
    cancel_event(event, by=person, reason="Dégât des eaux", now=NOW)
    event.refresh_from_db()

    page = client.get(admin_url("edit", event.pk))
    answer(client, event, "none", **{"action-publish": "true", "title": "Publié après"})

    event.refresh_from_db()
    assert page.status_code == 200
    assert (event.title, event.status) == ("Publié après", EventStatus.CANCELLED)
    assert event.cancel_reason == "Dégât des eaux"


def test_editor_neither_approves_nor_changes_what_waits(client):
    event, _person = submitted()
    client.force_login(personas.editor())

    response = answer_from_home(client, event, "approve")
    changed = answer(client, event, "approve", title="Autre titre")

    event.refresh_from_db()
    assert response.status_code == 302
    assert changed.status_code == 200
    assert not event.live
    assert event.revisions.count() == 1


def test_member_does_not_enter_the_admin(client):
    event, person = submitted()
    client.force_login(person)

    for address in (
        admin_url("list"),
        admin_url("edit", event.pk),
        admin_url("workflow_action", event.pk, "approve", 1),
    ):
        assert client.get(address).url.startswith("/admin/login/")
        assert client.post(address).url.startswith("/admin/login/")
    assert not Event.objects.get(pk=event.pk).live


@pytest.mark.parametrize("name", ["delete", "edit"])
def test_published_date_is_not_deleted_in_the_admin(client, moderator, name):
    person = personas.trusted_member()
    event = publish_record(draft_of(person), by=person, now=NOW)

    if name == "delete":
        response = client.post(admin_url("delete", event.pk))
        assert response.url == admin_url("edit", event.pk)
    else:
        html = client.get(admin_url("edit", event.pk)).content.decode()
        assert admin_url("delete", event.pk) not in html

    assert Event.objects.filter(pk=event.pk).exists()


def test_draft_is_deleted_in_the_admin(client, moderator):
    event = draft_of(personas.member())

    client.post(admin_url("delete", event.pk))

    assert not Event.objects.exists()


def test_published_date_is_left_out_of_a_deletion_in_bulk(client, moderator):
    person = personas.trusted_member()
    event = publish_record(draft_of(person), by=person, now=NOW)

    client.post(
        reverse("wagtail_bulk_action", args=["events", "event", "delete"])
        + f"?id={event.pk}"
    )

    assert Event.objects.filter(pk=event.pk).exists()


@pytest.mark.parametrize("model", ["event", "series", "eventtype", "minutes"])
@pytest.mark.parametrize("page", ["list", "add"])
def test_every_record_of_the_menu_opens(client, moderator, model, page):
    draft_of(personas.member())
    SeriesFactory()

    response = client.get(reverse(f"wagtailsnippets_events_{model}:{page}"))

    assert response.status_code == 200


@pytest.mark.parametrize("query", ["type=1", "status=cancelled", "host=1", "live=true"])
def test_dates_are_filtered(client, moderator, query):
    submitted()

    assert client.get(f"{admin_url('list')}?{query}").status_code == 200


def test_draft_of_an_editor_with_a_mistake_is_shown_again(client):
    client.force_login(personas.editor())
    answers = {
        "title": "Soupe", "type": EventTypeFactory().pk, "zone": "Europe/Paris",
        "start_date": "2026-12-17", "end_date": "2026-12-16", "visibility": "public",
        "online_visibility": "public",
    }  # fmt: skip

    response = client.post(admin_url("add"), answers)

    assert response.status_code == 200
    assert not Event.objects.exists()
