"""A file is what its name says, or it is refused with a sentence."""

from __future__ import annotations

import html
import io
import tempfile
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.urls import reverse
from wagtail.documents.forms import get_document_form

from cms.documents import refuse_disguised_file
from cms.models import SiteDocument, User

HTML = b"<!doctype html><script>alert(1)</script>"
PDF = b"%PDF-1.7\n%%EOF\n"


def make_archive(**parts):
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stored.getvalue()


ODT = make_archive(mimetype="application/vnd.oasis.opendocument.text", content_xml="")
ODS = make_archive(mimetype="application/vnd.oasis.opendocument.spreadsheet")
DOCX = make_archive(word__document_xml="")
XLSX = make_archive(xl__workbook_xml="")


def is_refused(name, content):
    try:
        refuse_disguised_file(io.BytesIO(content), name)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("A.PDF", PDF),
        ("a.odt", ODT),
        ("a.ods", ODS),
        ("a.docx", DOCX),
        ("a.xlsx", XLSX),
        ("a.txt", "Café".encode()),
        ("a.txt", "Café".encode("latin-1")),
        ("a.csv", b""),
        ("a.ics", b"BEGIN:VCALENDAR\r\n"),
    ],
)
def test_honest_file_passes(name, content):
    assert not is_refused(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", HTML),
        ("a.pdf", b""),
        ("a.pdf", b"MZ\x90\x00"),
        ("a.pdf", ODT),
        ("a.odt", ODS),
        ("a.odt", DOCX),
        ("a.odt", HTML),
        ("a.docx", XLSX),
        ("a.docx", make_archive(other_xml="")),
        ("a.ods", b"PK\x03\x04 cut in transit"),
        ("a.txt", PDF),
        ("a.txt", b"a\x00b"),
        ("a.csv", ODT),
    ],
)
def test_disguised_file_is_refused(name, content):
    assert is_refused(name, content)


def test_file_is_left_at_its_beginning():
    file = io.BytesIO(PDF)
    refuse_disguised_file(file, "a.pdf")
    assert file.read() == PDF


@pytest.fixture
def editor(client, db):
    client.force_login(User.objects.create_superuser(email="admin@hub.invalid"))
    return client


def send(editor, file):
    fields = {"title": "Modèle", "file": file, "tags": ""}
    return editor.post(reverse("wagtaildocs:add"), fields)


def test_editor_is_told_of_a_web_page_named_pdf(editor):
    response = send(editor, SimpleUploadedFile("modele.pdf", HTML))
    assert response.status_code == 200
    assert "Ce fichier s’appelle .pdf mais contient autre chose." in (
        response.content.decode()
    )
    assert not SiteDocument.objects.exists()


def test_editor_is_told_of_a_format_that_is_not_taken(editor):
    response = send(editor, SimpleUploadedFile("page.html", HTML))
    assert response.status_code == 200
    assert not SiteDocument.objects.exists()


def test_upload_of_several_files_checks_each(editor):
    response = editor.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "Modèle", "files[]": SimpleUploadedFile("modele.pdf", HTML)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert (response.status_code, response.json()["success"]) == (200, False)
    assert not SiteDocument.objects.exists()


def test_two_hundred_megabytes_are_refused(db):
    # A hole in a file weighs nothing on the disk, nor in memory.
    with tempfile.TemporaryFile() as file:
        file.write(PDF)
        file.truncate(200 * 1024 * 1024)
        sent = UploadedFile(file, name="modele.pdf", size=200 * 1024 * 1024)
        form = get_document_form(SiteDocument)({"title": "Modèle"}, {"file": sent})
        [sentence] = form.errors["file"]
    assert "Ce fichier est trop gros (200,0\xa0Mio)." in sentence


def test_editor_is_told_of_a_file_that_is_too_heavy(editor, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100
    response = send(editor, SimpleUploadedFile("modele.pdf", PDF + b"0" * 100))
    assert response.status_code == 200
    assert "Ce fichier est trop gros" in response.content.decode()
    assert not SiteDocument.objects.exists()


def test_file_chosen_for_a_resource_is_checked_too(editor, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100
    sentences = {
        "Ce fichier s’appelle .pdf mais contient autre chose.": HTML,
        "Ce fichier est trop gros": PDF + b"0" * 100,
    }
    for sentence, content in sentences.items():
        response = editor.post(
            reverse("wagtaildocs_chooser:create"),
            {
                "document-chooser-upload-title": "Modèle",
                "document-chooser-upload-tags": "",
                "document-chooser-upload-file": SimpleUploadedFile("a.pdf", content),
            },
        )
        assert sentence in html.unescape(response.json()["htmlFragment"])
    assert not SiteDocument.objects.exists()


def test_document_knows_its_weight_without_being_opened(db, django_assert_num_queries):
    document = SiteDocument.objects.create(
        title="Modèle", file=ContentFile(PDF, name="modele.pdf")
    )
    stored = SiteDocument.objects.get(pk=document.pk)
    with django_assert_num_queries(0):
        assert (stored.get_file_size(), stored.file_extension) == (len(PDF), "pdf")


def test_title_can_change_without_the_file(editor):
    send(editor, SimpleUploadedFile("modele.pdf", PDF))
    document = SiteDocument.objects.get()
    document.title = "Autre"
    document.full_clean()
    document.save()
    assert SiteDocument.objects.get().file_size == len(PDF)
