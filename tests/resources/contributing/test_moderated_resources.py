"""A member's resource read by a moderator, and what is told of it."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import WorkflowState
from wagtail.models.audit_log import ModelLogEntry

from resources.models import SharedResource
from resources.services.contribution import discard_resource, revise_resource
from resources.services.contribution_refusals import (
    AlreadyShared,
    InModeration,
    NothingNew,
    NotShared,
    NotSpeaker,
    NotTrusted,
    OutdatedVersion,
)
from resources.services.contribution_steps import (
    publish_resource,
    submit_resource,
    take_resource_out,
    withdraw_resource,
)
from tests import personas
from tests.factories.resources import SharedResourceFactory
from tests.resources.contributing.member_site import (
    NOW,
    draft_of,
    kept_file,
    url,
    values,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return personas.moderator()


def admin_url(name, *args):
    return reverse(f"wagtailsnippets_resources_sharedresource:{name}", args=args)


def submitted(person, **changes):
    resource = draft_of(person, **changes)
    submit_resource(resource, by=person, now=NOW)
    return SharedResource.objects.get(pk=resource.pk)


def answer(client, resource, action, comment=""):
    """Answer as the “Awaiting your review” panel of the admin does."""
    task_state = resource.current_workflow_task_state
    return client.post(
        admin_url("workflow_action", resource.pk, action, task_state.pk),
        {"comment": comment},
    )


def outbox():
    return [(message.subject, message.to) for message in mail.outbox]


def test_moderators_and_sender_are_told(
    member, moderator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        resource = submitted(member)
    assert sorted(outbox()) == [
        ("Bien reçu\xa0: Budget prévisionnel", [member.email]),
        ("À relire\xa0: Budget prévisionnel", [moderator.email]),
    ]
    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert url("resource", resource) in bodies[member.email]
    assert "/admin/" not in bodies[member.email]
    assert admin_url("edit", resource.pk) in bodies[moderator.email]


def test_moderator_finds_it_reads_it_and_publishes_it(
    client, member, moderator, store, django_capture_on_commit_callbacks
):
    resource = submitted(member, document=kept_file(member).document)
    client.force_login(moderator)
    home = client.get(reverse("wagtailadmin_home")).text
    assert "Budget prévisionnel" in home
    edit = client.get(admin_url("edit", resource.pk))
    assert edit.status_code == 200
    preview = client.get(admin_url("preview_on_edit", resource.pk))
    assert preview.status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        answer(client, resource, "approve")

    resource.refresh_from_db()
    assert (resource.live, resource.slug) == (True, "budget-previsionnel")
    assert ("Publié\xa0: Budget prévisionnel", [member.email]) in outbox()
    assert "/ressources/budget-previsionnel/" in mail.outbox[-1].body
    client.logout()
    assert client.get("/ressources/budget-previsionnel/").status_code == 200


def test_refusal_comes_back_with_its_comment(
    client, browser, member, moderator, django_capture_on_commit_callbacks
):
    resource = submitted(member)
    client.force_login(moderator)
    with django_capture_on_commit_callbacks(execute=True):
        answer(client, resource, "reject", "Qui sont les auteurs ?")
    subject, to = outbox()[-1]
    assert (subject, to) == ("À reprendre\xa0: Budget prévisionnel", [member.email])
    assert "Qui sont les auteurs ?" in mail.outbox[-1].body
    client.force_login(member)
    for address in (
        url("list"),
        url("resource", resource),
        reverse("member_dashboard"),
    ):
        assert "Qui sont les auteurs ?" in client.get(address).text, address
    # Taken up again, it goes the same way.
    resource.refresh_from_db()
    submit_resource(resource, by=member, now=NOW)
    state = SharedResource.objects.get(pk=resource.pk).workflow_states.get()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS


def test_taken_back_text_is_not_published(client, member, moderator):
    resource = submitted(member)
    task_state = resource.current_workflow_task_state
    withdraw_resource(resource, by=member, now=NOW)
    client.force_login(moderator)
    client.post(
        admin_url("workflow_action", resource.pk, "approve", task_state.pk),
        {"comment": ""},
    )
    assert not SharedResource.objects.get(pk=resource.pk).live


def test_editor_neither_approves_nor_publishes(client, member):
    resource = submitted(member)
    client.force_login(personas.editor())
    answer(client, resource, "approve")
    assert not SharedResource.objects.get(pk=resource.pk).live
    assert client.get(admin_url("delete", resource.pk)).status_code == 302


def test_old_draft_brings_back_neither_address_nor_key():
    person = personas.trusted_member()
    space = personas.space_of(person)
    resource = draft_of(person, title="Ancien titre")
    old = resource.latest_revision
    resource = publish_resource(resource, by=person, now=NOW)
    assert resource.slug == "ancien-titre"
    revise_resource(
        resource, values=values(space, title="Nouveau titre"), by=person, now=NOW,
        seen_revision=resource.latest_revision_id,
    )  # fmt: skip
    resource = publish_resource(resource, by=person, now=NOW)
    assert (resource.title, resource.slug) == ("Nouveau titre", "ancien-titre")
    old.publish(skip_permission_checks=True)
    resource.refresh_from_db()
    assert (resource.title, resource.slug) == ("Ancien titre", "ancien-titre")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L’Œuf & l’été : mode d’emploi", "l-oeuf-l-ete-mode-d-emploi"),
        ("🦜", "ressource"),
        ("Budget", "budget-2"),
        ("x" * 120, "x" * 110),
    ],
)
def test_address_is_made_of_the_title(title, slug):
    SharedResourceFactory(title="Budget", slug="budget")
    person = personas.trusted_member()
    resource = publish_resource(draft_of(person, title=title), by=person, now=NOW)
    assert resource.slug == slug


def test_word_of_the_site_is_no_address(settings):
    from cms.reserved_slugs import list_room_slugs
    from resources.models import contributed

    assert list_room_slugs("agenda/") >= {"abonnement", "serie"}
    assert list_room_slugs("nowhere/") == frozenset()
    person = personas.trusted_member()
    resource = draft_of(person, title="Serie")
    # The list of resources serves no word of its own yet: as if it were the agenda.
    original = contributed.list_room_slugs
    contributed.list_room_slugs = lambda prefix: original("agenda/")
    try:
        resource = publish_resource(resource, by=person, now=NOW)
    finally:
        contributed.list_room_slugs = original
    assert resource.slug == "serie-2"


def test_taking_out_leaves_adaptations_that_name_it(
    client, moderator, django_capture_on_commit_callbacks
):
    person = personas.trusted_member()
    resource = publish_resource(draft_of(person), by=person, now=NOW)
    adapted = SharedResourceFactory(
        title="Budget de L’Écluse", slug="adapte", adapted_from=resource
    )
    client.force_login(person)
    page = client.get(url("take_out", resource))
    assert "1 ressource en est adaptée" in page.text
    assert client.post(url("take_out", resource), {"reason": ""}).status_code == 422

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            url("take_out", resource), {"reason": "La loi a changé."}
        )

    assert response.status_code == 302
    resource.refresh_from_db()
    assert (resource.live, resource.slug) == (False, "budget-previsionnel")
    entry = ModelLogEntry.objects.get(action="resources.take_out")
    assert (entry.user, entry.data["reason"]) == (person, "La loi a changé.")
    assert outbox() == [
        ("Retirée de la liste\xa0: Budget prévisionnel", [moderator.email])
    ]
    assert "La loi a changé." in mail.outbox[0].body
    client.logout()
    assert client.get("/ressources/budget-previsionnel/").status_code == 404
    page = client.get(adapted.get_absolute_url()).text
    assert "Budget prévisionnel, L’Estran" in page
    assert "/ressources/budget-previsionnel/" not in page
    # Published once more, it is at the same address.
    again = publish_resource(resource, by=person, now=NOW)
    assert (again.live, again.slug) == (True, "budget-previsionnel")


def test_taking_out_ends_the_review_of_a_change():
    person = personas.trusted_member()
    space = personas.space_of(person)
    resource = publish_resource(draft_of(person), by=person, now=NOW)
    revise_resource(
        resource, values=values(space, title="Autre"), by=person, now=NOW,
        seen_revision=resource.latest_revision_id,
    )  # fmt: skip
    submit_resource(resource, by=person, now=NOW)
    row = take_resource_out(resource, reason="x", by=person, now=NOW)
    assert not row.workflow_in_progress
    assert row.get_latest_revision_as_object().title == "Autre"


@pytest.mark.parametrize("who", ["other", "former", "editor"])
def test_only_who_speaks_for_the_space_writes(member, who):
    space = personas.space_of(member)
    person = {
        "other": personas.other_member,
        "former": lambda: personas.member(
            "partie@hub.test", spaces=[space], until=datetime.date(2026, 10, 31)
        ),
        "editor": personas.editor,
    }[who]()
    resource = draft_of(member)
    calls = [
        lambda: submit_resource(resource, by=person, now=NOW),
        lambda: publish_resource(resource, by=person, now=NOW),
        lambda: withdraw_resource(resource, by=person, now=NOW),
        lambda: discard_resource(resource, by=person, now=NOW),
        lambda: take_resource_out(resource, reason="x", by=person, now=NOW),
        lambda: revise_resource(
            resource, values=values(space), by=person, now=NOW,
            seen_revision=resource.latest_revision_id,
        ),
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(NotSpeaker):
            call()


def test_refusals_of_each_step(member):
    resource = draft_of(member)
    with pytest.raises(NotTrusted):
        publish_resource(resource, by=member, now=NOW)
    with pytest.raises(NotShared):
        take_resource_out(resource, reason="x", by=member, now=NOW)
    with pytest.raises(OutdatedVersion):
        revise_resource(
            resource, values=values(personas.space_of(member)), by=member, now=NOW,
            seen_revision=None,
        )  # fmt: skip
    submit_resource(resource, by=member, now=NOW)
    for call in (submit_resource, discard_resource):
        with pytest.raises(InModeration):
            call(resource, by=member, now=NOW)
    person = personas.trusted_member()
    shared = publish_resource(draft_of(person), by=person, now=NOW)
    with pytest.raises(NothingNew):
        publish_resource(shared, by=person, now=NOW)
    with pytest.raises(AlreadyShared):
        discard_resource(shared, by=person, now=NOW)


def test_list_shows_each_state_in_few_queries(browser, member, count_queries):
    draft_of(member, title="Brouillon")
    address = url("list")
    of_one = count_queries(lambda: browser.get(address))
    submitted(member, title="Relu")
    space = personas.space_of(member)
    live = SharedResourceFactory(title="Public", space=space)
    live.title = "Public, changé"
    live.save_revision()
    draft_of(personas.other_member(), title="Secret des autres")
    text = browser.get(address).text
    for words in (
        "Brouillon",
        "Relu",
        "Public, changé",
        "En relecture depuis le 2 novembre",
    ):
        assert words in text, words
    assert "Secret des autres" not in text
    assert count_queries(lambda: browser.get(address)) == of_one
    assert of_one <= 20


def test_former_member_sees_nothing(client, member):
    space = personas.space_of(member)
    resource = draft_of(member)
    former = personas.member(
        "partie@hub.test", spaces=[space], until=datetime.date(2026, 10, 31)
    )
    client.force_login(former)
    for name in ("resource", "edit", "preview", "discard"):
        assert client.get(url(name, resource)).status_code == 403, name


def test_preview_is_the_public_page(browser, member, store):
    resource = draft_of(member, document=kept_file(member).document)
    response = browser.get(url("preview", resource))
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert "Budget prévisionnel" in response.text
    assert SharedResource.objects.get().slug is None
