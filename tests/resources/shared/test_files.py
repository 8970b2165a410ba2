"""Taking a file away: it is counted, and nobody is watched."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError
from wagtail.models import Collection, CollectionViewRestriction

from resources.models import DownloadCount, SharedResource
from resources.services.downloads import count_download
from resources.shared import files
from tests import personas
from tests.factories.resources import SharedResourceFactory, SiteDocumentFactory

pytestmark = pytest.mark.django_db

FILE = "/ressources/budget/fichier/"
EDITABLE = "/ressources/budget/fichier-a-modifier/"
BROWSER = {"user-agent": "Mozilla/5.0 Firefox/128.0"}


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC))


@pytest.fixture
def resource():
    return SharedResourceFactory(
        slug="budget",
        document=SiteDocumentFactory(),
        editable_document=SiteDocumentFactory(
            file=ContentFile(b"Un texte.", name="budget.txt")
        ),
    )


def list_counts():
    return list(DownloadCount.objects.values_list("month", "number"))


def test_download_is_counted_and_leads_to_the_file(client, resource):
    for url, document in (
        (FILE, resource.document),
        (EDITABLE, resource.editable_document),
        (f"/en{FILE}", resource.document),
    ):
        response = client.get(url, headers=BROWSER)
        assert (response.status_code, response.url) == (302, document.url)
        assert response.headers["Cache-Control"] == "no-store"
        assert response.cookies == {}
    assert list_counts() == [(datetime.date(2026, 11, 1), 3)]


def test_months_are_counted_apart_and_shown_together(client, resource, time_machine):
    client.get(FILE, headers=BROWSER)
    # The first of December has come in Paris, not yet in London.
    time_machine.move_to(datetime.datetime(2026, 11, 30, 23, 30, tzinfo=datetime.UTC))
    client.get(FILE, headers=BROWSER)
    assert [month.month for month, _number in list_counts()] == [11, 12]
    SharedResourceFactory(document=SiteDocumentFactory())
    shown = SharedResource.objects.with_downloads().order_by("pk")
    assert [one.downloads for one in shown] == [2, 0]
    page = client.get("/ressources/budget/").text.replace("\xa0", " ")
    assert "téléchargé 2 fois" in page


def test_what_is_kept_is_a_number_and_a_month():
    columns = {field.name for field in DownloadCount._meta.concrete_fields}
    assert columns == {"id", "resource", "month", "number"}


def test_who_looks_ahead_is_not_counted(client, resource):
    client.head(FILE, headers=BROWSER)
    client.get(FILE, headers={**BROWSER, "sec-purpose": "prefetch"})
    client.get(FILE, headers={**BROWSER, "range": "bytes=500-"})
    client.get(FILE, headers={"user-agent": "Googlebot/2.1"})
    assert list_counts() == []
    assert client.post(FILE).status_code == 405


@pytest.mark.parametrize("fields", [{"live": False}, {"document": None}])
def test_file_nobody_may_have_does_not_exist(client, fields):
    SharedResourceFactory(
        slug="budget", **{"document": SiteDocumentFactory(), **fields}
    )
    for url in (FILE, EDITABLE, "/ressources/autre/fichier/"):
        assert client.get(url, headers=BROWSER).status_code == 404
    assert list_counts() == []


def test_unpublished_resource_keeps_its_file(client, resource):
    resource.unpublish()
    assert client.get(FILE, headers=BROWSER).status_code == 404


def test_private_file_stays_private_and_is_counted_for_whom_it_is_given(
    client, resource
):
    collection = Collection.get_first_root_node().add_child(name="Membres")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    resource.document.collection = collection
    resource.document.save()
    sent = client.get(FILE, headers=BROWSER)
    assert sent.status_code == 302
    assert client.get(sent.url).status_code == 302
    assert list_counts() == []

    client.force_login(personas.member())
    client.get(FILE, headers=BROWSER)
    assert [number for _month, number in list_counts()] == [1]


def test_file_is_given_even_when_it_cannot_be_counted(client, resource, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("database is locked")

    monkeypatch.setattr(files, "count_download", fail)
    assert client.get(FILE, headers=BROWSER).status_code == 302


def test_counting_takes_one_query(resource, django_assert_num_queries):
    now = datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC)
    count_download(resource, now=now)
    with django_assert_num_queries(1):
        count_download(resource, now=now)


def test_lists_give_the_counting_address(client, resource):
    listed = client.get("/ressources/").text
    assert f'href="{FILE}"' in listed
    assert f'href="{EDITABLE}"' in listed
    assert resource.document.url not in listed
    assert resource.document.url not in client.get("/ressources/budget/").text


def test_editors_see_and_sort_by_the_count(client, resource):
    client.force_login(personas.editor())
    client.get(FILE, headers=BROWSER)
    for order in ("", "?ordering=downloads", "?ordering=-downloads"):
        response = client.get(
            f"/admin/snippets/resources/sharedresource/{order}", follow=True
        )
        assert response.status_code == 200
        assert "Téléchargements" in response.text
