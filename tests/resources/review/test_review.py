"""The task on the home page of the admin, and its answer."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from resources.models import SheetPage
from tests import personas
from tests.factories.resources import (
    GuidePageFactory,
    SheetPageFactory,
    StagePageFactory,
)

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 23)
LATE = datetime.date(2025, 1, 1)


@pytest.fixture(autouse=True)
def _today():
    now = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def stage():
    return StagePageFactory(parent=GuidePageFactory())


def read_rows(client):
    response = client.get(reverse("wagtailadmin_home"))
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    rows = soup.select("section[id*=sheet-review] tbody tr")
    return [[" ".join(cell.get_text().split()) for cell in row("td")] for row in rows]


def test_editor_finds_their_sheets_first(client, stage):
    editor = personas.editor()
    SheetPageFactory(parent=stage, title="D’un autre", verified_on=LATE)
    SheetPageFactory(
        parent=stage,
        title="La mienne",
        verified_on=LATE + datetime.timedelta(days=9),
        in_charge=editor,
    )
    SheetPageFactory(parent=stage, title="Jamais", verified_on=None)
    SheetPageFactory(parent=stage, title="À jour", verified_on=TODAY)
    client.force_login(editor)
    assert read_rows(client) == [
        ["La mienne", "10 janvier 2026", "vous", "Relue aujourd’hui : La mienne"],
        ["Jamais", "jamais vérifiée", "–", "Relue aujourd’hui : Jamais"],
        ["D’un autre", "1 janvier 2026", "–", "Relue aujourd’hui : D’un autre"],
    ]


def test_nothing_due_shows_nothing(client, stage):
    SheetPageFactory(parent=stage, verified_on=TODAY)
    client.force_login(personas.editor())
    assert "sheet-review" not in client.get(reverse("wagtailadmin_home")).text


@pytest.mark.parametrize("sheets", [1, 3])
def test_queries_do_not_grow_with_due_sheets(client, stage, count_queries, sheets):
    editor = personas.editor()
    for _ in range(sheets):
        SheetPageFactory(parent=stage, verified_on=LATE, in_charge=editor)
    client.force_login(editor)
    address = reverse("wagtailadmin_home")
    assert count_queries(lambda: client.get(address)) == 24


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (personas.editor, 302),
        (personas.moderator, 302),
        (personas.admin, 302),
        (personas.member, 302),
    ],
)
def test_only_who_publishes_confirms(client, stage, make, status):
    sheet = SheetPageFactory(parent=stage, verified_on=LATE)
    client.force_login(make())
    response = client.post(reverse("sheet_review:confirm", args=[sheet.pk]))
    assert response.status_code == status
    sheet.refresh_from_db()
    assert sheet.verified_on == (LATE if make is personas.member else TODAY)


def test_visitor_confirms_nothing(client, stage):
    sheet = SheetPageFactory(parent=stage, verified_on=LATE)
    response = client.post(reverse("sheet_review:confirm", args=[sheet.pk]))
    assert response.url.startswith("/admin/login/")
    assert SheetPage.objects.get(pk=sheet.pk).verified_on == LATE


def test_sheet_with_a_draft_leads_to_its_form(client, stage):
    sheet = SheetPageFactory(parent=stage, verified_on=LATE)
    sheet.save_revision()
    SheetPage.objects.filter(pk=sheet.pk).update(has_unpublished_changes=True)
    client.force_login(personas.editor())
    response = client.post(reverse("sheet_review:confirm", args=[sheet.pk]))
    assert response.url == reverse("wagtailadmin_pages:edit", args=[sheet.pk])
    assert SheetPage.objects.get(pk=sheet.pk).verified_on == LATE


def test_locked_sheet_is_left_alone(client, stage):
    owner = personas.moderator()
    sheet = SheetPageFactory(
        parent=stage, verified_on=LATE, locked=True, locked_by=owner
    )
    client.force_login(personas.editor())
    client.post(reverse("sheet_review:confirm", args=[sheet.pk]))
    assert SheetPage.objects.get(pk=sheet.pk).verified_on == LATE


@pytest.mark.parametrize("address", ["/admin/sheets/987654/confirm/"])
def test_unknown_sheet_is_unknown(client, address):
    client.force_login(personas.editor())
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405


def test_form_of_a_sheet_offers_only_people_of_the_admin(client, stage):
    sheet = SheetPageFactory(parent=stage)
    people = [personas.moderator(), personas.admin()]
    personas.member("canari@hub.test")
    editor = personas.editor()
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[sheet.pk]))
    assert page.status_code == 200
    soup = BeautifulSoup(page.content, "html.parser")
    offered = {one["value"] for one in soup.select("[name=in_charge] option")} - {""}
    assert offered == {str(one.pk) for one in (*people, editor)}
    assert "canari" not in page.text


def test_reader_never_sees_who_is_in_charge(client, stage):
    person = personas.editor("canari@hub.test")
    sheet = SheetPageFactory(parent=stage, verified_on=LATE, in_charge=person)
    assert "canari" not in client.get(sheet.url).text
