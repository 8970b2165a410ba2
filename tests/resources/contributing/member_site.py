"""What the tests of members' resources share: answers to the form, files, addresses."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from resources.models import MemberFile, SharedResource
from resources.services.contribution import create_resource
from resources.services.member_files import keep_file
from tests import personas
from tests.factories.resources import PDF

NOW = datetime.datetime(2026, 11, 2, 9, 0, tzinfo=datetime.UTC)


def url(name: str, resource: SharedResource | None = None) -> str:
    return reverse(f"member_resources:{name}", args=[resource.pk] if resource else [])


def pdf(name: str = "Budget 2027.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def answers(space: Any, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends for a budget, without its file."""
    return {
        "version": "",
        "form_key": "",
        "space": space.pk,
        "kind": "template",
        "title": "Budget prévisionnel",
        "summary": "Pour savoir combien de places vendre.",
        "description": "Un tableur en trois feuilles.",
        "theme": "financer",
        "document_kept": "",
        "editable_document_kept": "",
        "url": "",
        "licence": "cc-by-sa",
        "has_rights": "on",
        "edition": "4",
        "language": "fr",
        "price": "",
        "quantity": "1",
        "longest_loan": "",
        "lending_terms": "",
        "tags": "budget, tableur",
        "adapted_from": "",
        "adapted_from_elsewhere": "",
        "action": "save",
    } | changes


def values(space: Any, **changes: Any) -> dict[str, Any]:
    """Return the same budget as ``resources.services.contribution`` takes it."""
    return {
        "space": space,
        "kind": "template",
        "title": "Budget prévisionnel",
        "summary": "Pour savoir combien de places vendre.",
        "description": "Un tableur en trois feuilles.",
        "theme": "financer",
        "document": None,
        "editable_document": None,
        "url": "",
        "licence": "cc-by-sa",
        "version": "4",
        "language": "fr",
        "price": "",
        "is_lent": False,
        "quantity": 1,
        "longest_loan": None,
        "lending_terms": "",
        "adapted_from": None,
        "adapted_from_elsewhere": "",
        "stages": [],
        "tags": ["budget", "tableur"],
    } | changes


def draft_of(person: Any, **changes: Any) -> SharedResource:
    space = personas.space_of(person)
    made = create_resource(values=values(space, **changes), by=person, now=NOW)
    return SharedResource.objects.get(pk=made.pk)


def kept_file(person: Any, name: str = "Budget 2027.pdf") -> MemberFile:
    return keep_file(pdf(name), by=person, now=NOW)
