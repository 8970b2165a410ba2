"""Files that members send: refused with a sentence, or kept; nothing in between."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.models import SiteDocument
from resources.models import MemberFile, SharedResource
from resources.services.contribution import (
    create_resource,
    discard_resource,
    revise_resource,
)
from resources.services.contribution_refusals import FileGone, StoreClosed
from resources.services.contribution_steps import (
    publish_resource,
    submit_resource,
    take_resource_out,
)
from resources.services.member_files import (
    REPLACED_KEPT,
    UNTAKEN_EACH,
    UNTAKEN_KEPT,
    erase_unused_files,
    keep_file,
    say_name,
)
from tests import personas
from tests.factories.resources import PDF, GuidePageFactory
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

LATER = NOW + UNTAKEN_KEPT + datetime.timedelta(minutes=1)
HTML = b"<!doctype html><script>alert(1)</script>"


class HeavyBody:
    """A file of many bytes that no memory holds."""

    def __init__(self, name: str, size: int) -> None:
        self.name = name
        self.size = size
        self.left = size

    def read(self, number: int = -1) -> bytes:
        number = self.left if number < 0 else min(number, self.left)
        self.left -= number
        return b"x" * number

    def __iter__(self) -> Iterator[bytes]:
        while self.left:
            yield self.read(65536)


def read_mistake(response):
    assert response.status_code == 422
    page = BeautifulSoup(response.content, "html.parser")
    return page.select_one("#id_document_sent_error p").get_text()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", HTML, "Ce fichier s’appelle .pdf mais contient autre chose."),
        ("a.odt", PDF, "Ce fichier s’appelle .odt mais contient autre chose."),
        ("a.pdf", b"", "Ce fichier est vide."),
        ("a.csv", b"", "Ce fichier est vide."),
        ("a.html", HTML, "Envoyez un fichier d’un de ces formats"),
        ("a.svg", b"<svg/>", "Envoyez un fichier d’un de ces formats"),
        ("../../x", PDF, "Envoyez un fichier d’un de ces formats"),
        ("a.pdf.exe", b"MZ", "Envoyez un fichier d’un de ces formats"),
        ("fdp.\u202eexe", b"MZ", "Envoyez un fichier d’un de ces formats"),
    ],
)
def test_bad_file_is_refused_in_a_sentence(
    browser, member, store, name, content, sentence
):
    sent = answers(
        personas.space_of(member), document_sent=SimpleUploadedFile(name, content)
    )
    response = browser.post(url("create"), sent)
    assert sentence in read_mistake(response)
    assert store() == []
    assert not SiteDocument.objects.exists()
    assert not SharedResource.objects.exists()
    # The rest of what was typed is there.
    assert "Un tableur en trois feuilles." in response.text


@pytest.mark.parametrize(
    "name",
    [
        "../../budget.pdf",
        "..\\..\\budget.pdf",
        "/etc/passwd.pdf",
        "bud\x00get.pdf",
        "é" * 300 + ".pdf",
        "\u202efdp.tegdub.pdf",
        "<script>.pdf",
        "a\r\nSet-Cookie: x.pdf",
        ".pdf.pdf",
        "%00%2e%2e.pdf",
    ],
)
def test_hostile_name_is_kept_plain(browser, member, store, name):
    sent = answers(personas.space_of(member), document_sent=pdf(name))
    response = browser.post(url("create"), sent)
    assert response.status_code in (302, 422)
    for stored in store():
        folder, _slash, rest = stored.partition("/")
        assert folder == "documents"
        assert rest.isascii()
        assert len(rest) <= 80
        assert "/" not in rest
    assert len(store()) == SiteDocument.objects.count()
    if document := SiteDocument.objects.first():
        assert document.title.isprintable()
        page = browser.get(url("resource", SharedResource.objects.get()))
        assert "<script>.pdf" not in page.text


def test_name_as_a_person_reads_it():
    assert say_name("Budget  2027\u202e.pdf") == "Budget 2027 .pdf"
    assert say_name("é" * 300 + ".pdf") == "é" * 100 + ".pdf"
    assert say_name("") == "?"


def test_file_of_200_megabytes_is_never_stored(browser, member, store, settings):
    sent = answers(
        personas.space_of(member), title="Gardé",
        document_sent=HeavyBody("lourd.pdf", 30 * 1024 * 1024),
        editable_document_sent=pdf("leger.pdf"),
    )  # fmt: skip
    response = browser.post(url("create"), sent)
    mistake = read_mistake(response)
    assert mistake.startswith("Ce fichier est trop lourd\xa0: 20\xa0Mo au plus.")
    assert "donnez le lien" in mistake
    page = BeautifulSoup(response.content, "html.parser")
    # What came after it was read, and its lighter neighbour is kept.
    assert page.select_one("input[name=title]")["value"] == "Gardé"
    assert [row.document.title for row in MemberFile.objects.all()] == ["leger.pdf"]
    assert len(store()) == 1


def test_file_just_below_the_limit_passes(browser, member, store, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 4096
    for size, status in ((4096, 302), (4097, 422)):
        content = PDF + b"%" * (size - len(PDF))
        sent = answers(personas.space_of(member), document_sent=pdf("a.pdf", content))
        assert browser.post(url("create"), sent).status_code == status, size


def test_store_that_fails_leaves_nothing(browser, member, store, monkeypatch):
    """A disk that is full in the middle of a file."""
    from django.core.files.storage import FileSystemStorage

    real = FileSystemStorage._save

    def fill_up(self, name, content):
        real(self, name, content)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", fill_up)
    sent = answers(personas.space_of(member), document_sent=pdf())
    response = browser.post(url("create"), sent)
    assert "n’a pas pu être enregistré" in read_mistake(response)
    assert store() == []
    assert not SiteDocument.objects.exists()
    assert not SharedResource.objects.exists()


def test_row_that_fails_leaves_no_file(member, store, monkeypatch):
    def refuse(*args, **kwargs):
        raise RuntimeError("database gone")

    monkeypatch.setattr(MemberFile.objects, "create", refuse)
    with pytest.raises(RuntimeError):
        keep_file(pdf(), by=member, now=NOW)
    assert store() == []
    assert not SiteDocument.objects.exists()
    assert issubclass(StoreClosed, Exception)


def test_person_keeps_a_few_waiting_files_at_most(
    member, store, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(UNTAKEN_EACH + 3):
            kept_file(member, f"{number}.pdf")
    titles = list(MemberFile.objects.values_list("document__title", flat=True))
    assert titles == [f"{number}.pdf" for number in range(3, UNTAKEN_EACH + 3)]
    assert len(store()) == UNTAKEN_EACH


def test_file_that_no_resource_took_goes_after_a_day(
    member, store, django_capture_on_commit_callbacks
):
    kept_file(member, "attend.pdf")
    taken = draft_of(member, document=kept_file(member, "pris.pdf").document)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_unused_files(NOW) == 0
        assert erase_unused_files(LATER) == 1
    assert [row.resource for row in MemberFile.objects.all()] == [taken]
    assert len(store()) == 1
    assert "pris" in store()[0]


def test_replaced_file_goes_thirty_days_after_nothing_names_it(
    store, django_capture_on_commit_callbacks
):
    person = personas.trusted_member()
    space = personas.space_of(person)
    resource = draft_of(person, document=kept_file(person, "un.pdf").document)
    resource = publish_resource(resource, by=person, now=NOW)
    second = kept_file(person, "deux.pdf").document
    revise_resource(
        resource, values=values(space, document=second), by=person, now=NOW,
        seen_revision=resource.latest_revision_id,
    )  # fmt: skip
    much_later = LATER + REPLACED_KEPT
    with django_capture_on_commit_callbacks(execute=True):
        # The public text names the first, the draft the second.
        assert erase_unused_files(much_later) == 0
        publish_resource(resource, by=person, now=NOW)
        assert erase_unused_files(much_later) == 0
        assert erase_unused_files(much_later + REPLACED_KEPT) == 1
    assert [row.document.title for row in MemberFile.objects.all()] == ["deux.pdf"]
    assert len(store()) == 1
    # The history of the resource is still to be read.
    oldest = resource.revisions.order_by("created_at").first()
    assert oldest.as_object().document is None


def test_file_that_a_page_names_stays(
    member, store, django_capture_on_commit_callbacks
):
    waiting = kept_file(member)
    with django_capture_on_commit_callbacks(execute=True):
        guide = GuidePageFactory()
        guide.body = [("download", {"document": waiting.document, "title": "À lire"})]
        guide.save()
    assert erase_unused_files(LATER) == 0
    assert MemberFile.objects.filter(pk=waiting.pk).exists()


def test_files_go_with_the_draft(member, store, django_capture_on_commit_callbacks):
    space = personas.space_of(member)
    resource = draft_of(member, document=kept_file(member, "un.pdf").document)
    second = kept_file(member, "deux.pdf").document
    revise_resource(
        resource, values=values(space, document=second), by=member, now=NOW,
        seen_revision=resource.latest_revision_id,
    )  # fmt: skip
    assert len(store()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        discard_resource(resource, by=member, now=NOW)
    assert not SharedResource.objects.exists()
    assert not SiteDocument.objects.exists()
    assert store() == []


def test_file_erased_meanwhile_is_asked_for_again(member, store):
    document = kept_file(member).document
    SiteDocument.objects.filter(pk=document.pk).delete()
    with pytest.raises(FileGone):
        create_resource(
            values=values(personas.space_of(member), document=document),
            by=member,
            now=NOW,
        )
    assert not SharedResource.objects.exists()


def read(client, person, document):
    client.logout()
    if person is not None:
        client.force_login(person)
    response = client.get(document.url)
    if response.status_code != 200:
        return response.status_code
    content = response.streaming_content if response.streaming else [response.content]
    assert b"".join(content) == PDF
    return response


@pytest.fixture
def people(member):
    space = personas.space_of(member)
    return {
        "visitor": None,
        "member": member,
        "colleague": personas.member("collegue@hub.test", spaces=[space]),
        "former": personas.member(
            "partie@hub.test", spaces=[space], until=datetime.date(2026, 10, 31)
        ),
        "other": personas.other_member(),
        "trusted": personas.trusted_member(),
        "editor": personas.editor(),
        "moderator": personas.moderator(),
    }


def test_file_of_a_draft_is_its_peoples_alone(client, people, store):
    resource = draft_of(people["member"], document=kept_file(people["member"]).document)
    submit_resource(resource, by=people["member"], now=NOW)
    readers = {
        role
        for role, person in people.items()
        if not isinstance(read(client, person, resource.document), int)
    }
    assert readers == {"member", "colleague", "editor", "moderator"}
    response = read(client, people["moderator"], resource.document)
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"


def test_waiting_file_is_its_senders_alone(client, people, store):
    document = kept_file(people["member"]).document
    readers = {
        role
        for role, person in people.items()
        if not isinstance(read(client, person, document), int)
    }
    assert readers == {"member"}


def test_public_gets_the_published_file_until_the_next_is_published(client, store):
    person = personas.trusted_member()
    space = personas.space_of(person)
    first = kept_file(person, "un.pdf").document
    resource = publish_resource(draft_of(person, document=first), by=person, now=NOW)
    assert not isinstance(read(client, None, first), int)
    second = kept_file(person, "deux.pdf").document
    revise_resource(
        resource, values=values(space, document=second), by=person, now=NOW,
        seen_revision=resource.latest_revision_id,
    )  # fmt: skip

    client.logout()
    page = client.get("/ressources/budget-previsionnel/").text
    assert "deux" not in page
    assert not isinstance(read(client, None, first), int)
    assert read(client, None, second) == 404

    publish_resource(resource, by=person, now=NOW)
    assert read(client, None, first) == 404
    assert not isinstance(read(client, None, second), int)

    take_resource_out(resource, reason="La loi a changé.", by=person, now=NOW)
    assert read(client, None, second) == 404
    assert not isinstance(read(client, person, second), int)
