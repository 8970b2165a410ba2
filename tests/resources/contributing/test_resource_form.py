"""The form on which a member shares a resource."""

from __future__ import annotations

import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cms.models import SiteDocument
from resources.models import MemberFile, SharedResource
from resources.services.contribution import revise_resource
from resources.services.contribution_steps import publish_resource
from tests import personas
from tests.factories.network import SpaceFactory
from tests.factories.resources import (
    PDF,
    GuidePageFactory,
    SharedResourceFactory,
    SiteDocumentFactory,
    StagePageFactory,
)
from tests.resources.contributing.member_site import (
    NOW,
    answers,
    draft_of,
    kept_file,
    pdf,
    url,
    values,
)

pytestmark = pytest.mark.django_db


def latest(resource):
    return SharedResource.objects.get(pk=resource.pk).get_latest_revision_as_object()


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def test_draft_is_saved_with_its_file(browser, member, store):
    stage = StagePageFactory(
        parent=GuidePageFactory(title="Ouvrir"), title="Conception"
    )
    source = SharedResourceFactory(title="Ancien budget")
    sent = answers(
        personas.space_of(member), stages=[stage.pk], adapted_from=source.pk,
        document_sent=pdf(),
    )  # fmt: skip

    response = browser.post(url("create"), sent)

    resource = SharedResource.objects.exclude(pk=source.pk).get()
    assert (response.status_code, response.url) == (302, url("resource", resource))
    assert (resource.live, resource.slug) == (False, None)
    draft = latest(resource)
    assert draft.title == "Budget prévisionnel"
    assert draft.document.title == "Budget 2027.pdf"
    assert list(draft.stages.all()) == [stage]
    assert draft.adapted_from == source
    assert sorted(tag.name for tag in draft.tags.all()) == ["budget", "tableur"]
    assert MemberFile.objects.get().resource == resource
    assert len(store()) == 1


def test_file_is_kept_when_another_answer_is_missing(browser, member, store):
    space = personas.space_of(member)
    first = browser.post(url("create"), answers(space, title="", document_sent=pdf()))

    assert first.status_code == 422
    page = soup_of(first)
    assert "Donnez-lui un titre" in page.select_one(".error-summary").get_text()
    [kept] = page.select("input[name=document_kept]")
    assert "Budget 2027.pdf" in page.select_one(".kept-file").get_text()
    assert "PDF" in page.select_one(".kept-file").get_text()
    waiting = MemberFile.objects.get()
    assert kept["value"] == str(waiting.document_id)
    assert (waiting.sent_by, waiting.resource) == (member, None)
    # Its other answers are there too.
    assert page.select_one("textarea[name=description]").get_text().strip() == (
        "Un tableur en trois feuilles."
    )

    second = browser.post(url("create"), answers(space, document_kept=kept["value"]))

    assert second.status_code == 302
    resource = SharedResource.objects.get()
    assert latest(resource).document == waiting.document
    assert len(store()) == 1


def test_file_of_another_person_cannot_be_named(browser, member, store):
    foreign = kept_file(personas.other_member())
    editors = SiteDocumentFactory()
    for number in (foreign.document_id, editors.pk, 999, "x", "-1", "9" * 30):
        sent = answers(personas.space_of(member), document_kept=number)
        response = browser.post(url("create"), sent)
        assert response.status_code == 422, number
    assert not SharedResource.objects.exists()


def test_file_is_taken_out_when_asked(browser, member, store):
    resource = draft_of(member, document=kept_file(member).document)
    sent = answers(
        personas.space_of(member), version=resource.latest_revision_id,
        document_kept=resource.document_id, document_dropped="on",
    )  # fmt: skip
    browser.post(url("edit", resource), sent)
    assert latest(resource).document is None


def test_form_sent_twice_makes_one_resource(browser, member, store):
    key = str(uuid.uuid4())
    sent = answers(personas.space_of(member), form_key=key)

    first = browser.post(url("create"), sent | {"document_sent": pdf()})
    second = browser.post(url("create"), sent | {"document_sent": pdf()})

    assert first.url == second.url
    assert SharedResource.objects.count() == 1
    third = browser.post(url("create"), sent | {"title": "Un autre titre"})
    assert third.status_code == 409
    assert SharedResource.objects.count() == 1


def test_key_of_another_space_says_nothing(browser, member):
    key = uuid.uuid4()
    other = personas.other_member()
    theirs = draft_of(other, title="Secret")
    SharedResource.objects.filter(pk=theirs.pk).update(form_key=key)
    response = browser.post(
        url("create"), answers(personas.space_of(member), form_key=str(key))
    )
    assert response.status_code == 302
    assert SharedResource.objects.count() == 2


def test_two_people_writing_at_once_see_both_texts(browser, member, store):
    resource = draft_of(member, document=kept_file(member, "Ancien.pdf").document)
    opened = resource.latest_revision_id
    colleague = personas.member("collegue@hub.test", spaces=[personas.space_of(member)])
    theirs = values(
        personas.space_of(member), title="Titre de la collègue",
        document=kept_file(colleague, "Neuf.pdf").document,
    )  # fmt: skip
    revise_resource(
        resource, values=theirs, by=colleague, now=NOW, seen_revision=opened
    )
    mine = answers(
        personas.space_of(member), version=opened, title="Mon titre",
        document_kept=resource.document_id,
    )  # fmt: skip

    response = browser.post(url("edit", resource), mine)

    assert response.status_code == 409
    notice = soup_of(response).select_one("#differences").find_parent("section")
    assert "Titre de la collègue" in notice.get_text()
    assert "Neuf.pdf" in notice.get_text()
    assert soup_of(response).select_one("input[name=title]")["value"] == "Mon titre"
    assert latest(resource).title == "Titre de la collègue"
    again = soup_of(response).select_one("input[name=version]")["value"]
    assert (
        browser.post(url("edit", resource), mine | {"version": again}).status_code
        == 302
    )
    assert latest(resource).title == "Mon titre"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "spaceship"}, "kind"),
        ({"theme": ""}, "theme"),
        ({"summary": ""}, "summary"),
        ({"licence": ""}, "licence"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"is_lent": "on"}, "is_lent"),
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "99999999999"}, "quantity"),
        ({"longest_loan": "-1"}, "longest_loan"),
        ({"stages": ["999"]}, "stages"),
        ({"adapted_from": "999"}, "adapted_from"),
        ({"tags": "x" * 60}, "tags"),
        ({"title": "a\x00b"}, "title"),
        ({"action": "publish", "has_rights": ""}, "has_rights"),
        ({"action": "publish", "description": ""}, "description"),
    ],
)
def test_wrong_answer_is_said_beside_its_question(browser, member, changes, field):
    response = browser.post(
        url("create"), answers(personas.space_of(member), **changes)
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not SharedResource.objects.exists()


def test_draft_may_lack_what_the_public_needs(browser, member):
    sent = answers(personas.space_of(member), has_rights="", description="")
    assert browser.post(url("create"), sent).status_code == 302


def test_equipment_needs_no_licence(browser, member):
    sent = answers(
        personas.space_of(member), kind="equipment", has_rights="", is_lent="on",
        quantity="2", longest_loan="7", action="publish",
    )  # fmt: skip
    assert browser.post(url("create"), sent).status_code == 302
    draft = latest(SharedResource.objects.get())
    assert (draft.is_lent, draft.quantity, draft.longest_loan) == (True, 2, 7)


def test_forged_columns_are_ignored(browser, member):
    sent = answers(
        personas.space_of(member), live="on", slug="a-moi", pk="7", id="7",
        first_published_at="2020-01-01", locked="on", space_id="9",
        document="1", published_on="1999-01-01",
    )  # fmt: skip
    browser.post(url("create"), sent)
    resource = SharedResource.objects.get()
    assert (resource.live, resource.slug, resource.document) == (False, None, None)
    assert str(resource.published_on) == "2026-11-02"


def test_space_of_others_cannot_be_named(browser, member):
    response = browser.post(url("create"), answers(SpaceFactory(name="Le Sémaphore")))
    assert response.status_code == 422
    assert not SharedResource.objects.exists()


def test_draft_of_others_is_no_source(browser, member):
    secret = draft_of(personas.other_member(), title="Secret")
    page = browser.get(url("create"))
    assert "Secret" not in page.text
    sent = answers(personas.space_of(member), adapted_from=secret.pk)
    assert browser.post(url("create"), sent).status_code == 422


def test_text_in_review_cannot_change(browser, member, store):
    resource = draft_of(member)
    sent = answers(personas.space_of(member), version=resource.latest_revision_id)
    assert (
        browser.post(url("edit", resource), sent | {"action": "publish"}).status_code
        == 302
    )
    resource.refresh_from_db()
    late = sent | {
        "version": resource.latest_revision_id, "title": "Trop tard",
        "document_sent": pdf(),
    }  # fmt: skip

    refused = browser.post(url("edit", resource), late)

    assert refused.status_code == 409
    assert browser.get(url("edit", resource)).status_code == 302
    page = soup_of(refused)
    assert [one["value"] for one in page.select("button[name=action]")] == ["withdraw"]
    # What was typed and sent is still there, and can be sent once it is taken back.
    assert page.select_one("input[name=title]")["value"] == "Trop tard"
    kept = page.select_one("input[name=document_kept]")["value"]
    back = browser.post(
        url("edit", resource),
        {**late, "action": "withdraw", "document_sent": "", "document_kept": kept},
    )
    assert back.status_code == 200
    assert "Budget 2027.pdf" in back.text
    assert not SharedResource.objects.get(pk=resource.pk).workflow_in_progress


def test_trusted_space_publishes_at_once(client, store):
    person = personas.trusted_member()
    client.force_login(person)
    sent = answers(personas.space_of(person), action="publish", document_sent=pdf())
    client.post(url("create"), sent)
    resource = SharedResource.objects.get()
    assert (resource.live, resource.slug) == (True, "budget-previsionnel")
    client.logout()
    assert client.get("/ressources/budget-previsionnel/").status_code == 200
    served = client.get(resource.document.url)
    assert b"".join(served.streaming_content) == PDF


def test_new_version_is_of_today_and_another_text_is_not(member):
    person = personas.trusted_member()
    space = personas.space_of(person)
    resource = publish_resource(draft_of(person), by=person, now=NOW)
    SharedResource.objects.filter(pk=resource.pk).update(published_on="2026-01-01")
    resource.refresh_from_db()
    resource.save_revision()
    for changes, day in (
        ({"title": "Autre"}, "2026-01-01"),
        ({"version": "5"}, "2026-11-02"),
    ):
        resource.refresh_from_db()
        draft = revise_resource(
            resource, values=values(space, **changes), by=person, now=NOW,
            seen_revision=resource.latest_revision_id,
        )  # fmt: skip
        assert str(draft.published_on) == day


def test_forged_request_is_refused(member):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member)
    response = browser.post(url("create"), answers(personas.space_of(member)))
    assert response.status_code == 403
    assert not SharedResource.objects.exists()


def test_page_never_names_the_cms(browser, member):
    resource = draft_of(member)
    for address in (url("list"), url("create"), url("resource", resource)):
        text = browser.get(address).text.lower()
        for word in ("snippet", "wagtail", "/admin/"):
            assert word not in text, (address, word)


def test_document_erased_meanwhile_leaves_the_draft_readable(browser, member, store):
    resource = draft_of(member)
    draft = resource.get_latest_revision_as_object()
    document = kept_file(member).document
    draft.document = document
    draft.save_revision()
    SiteDocument.objects.filter(pk=document.pk).delete()
    assert browser.get(url("resource", resource)).status_code == 200
    assert browser.get(url("edit", resource)).status_code == 200
