"""Sheets whose time is up: found, told once, confirmed."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from wagtail.models import Locale, PageLogEntry

from cms.tasks.clock import find_jobs
from resources.models import SheetPage, SheetReminder
from resources.services.sheet_review import (
    SheetIsBeingEdited,
    confirm_sheet,
    find_due_sheets,
    remind_reviews,
)
from tests import personas
from tests.factories.resources import (
    GuidePageFactory,
    SheetPageFactory,
    StagePageFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
TODAY = NOW.date()
LATE = datetime.date(2025, 11, 23)
FRESH = datetime.date(2025, 11, 24)


@pytest.fixture
def stage():
    return StagePageFactory(parent=GuidePageFactory())


@pytest.fixture
def remind(django_capture_on_commit_callbacks):
    def run(now=NOW):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            remind_reviews(now)
        return sorted((one.to[0], one.subject) for one in mail.outbox)

    return run


def test_due_sheets_are_public_and_french_and_the_longest_due_come_first(stage):
    SheetPageFactory(parent=stage, title="À jour", verified_on=FRESH)
    late = SheetPageFactory(parent=stage, title="Tard", verified_on=LATE)
    later = SheetPageFactory(
        parent=stage, verified_on=FRESH - datetime.timedelta(days=400)
    )
    unchecked = SheetPageFactory(parent=stage, title="Jamais", verified_on=None)
    SheetPageFactory(parent=stage, title="Canari", verified_on=LATE, live=False)
    english = SheetPageFactory(parent=stage, title="Canary", verified_on=LATE)
    english_locale = Locale.objects.get(language_code="en")
    SheetPage.objects.filter(pk=english.pk).update(locale=english_locale)
    assert find_due_sheets(TODAY) == [unchecked, later, late]


@pytest.mark.parametrize("sheets", [1, 3])
def test_due_sheets_cost_one_query(stage, django_assert_num_queries, sheets):
    person = personas.editor()
    for _ in range(sheets):
        SheetPageFactory(parent=stage, verified_on=LATE, in_charge=person)
    with django_assert_num_queries(1):
        assert [one.in_charge.name for one in find_due_sheets(TODAY)] == (
            [person.name] * sheets
        )


def test_person_in_charge_is_told_once_of_all_their_sheets(stage, remind):
    person = personas.editor("claire@hub.test")
    personas.editor("other@hub.test")
    for title in ("Bail", "TVA"):
        SheetPageFactory(parent=stage, title=title, verified_on=LATE, in_charge=person)
    assert remind() == [("claire@hub.test", "2 fiches à relire")]
    body = mail.outbox[0].body
    assert body.count("à relire depuis le 23 novembre 2026") == 2
    pages = SheetPage.objects.values_list("pk", flat=True)
    assert all(f"/admin/pages/{pk}/edit/" in body for pk in pages)
    assert remind() == []
    assert remind(NOW + datetime.timedelta(days=30)) == []


def test_sheet_without_a_person_is_told_to_every_editor(stage, remind):
    personas.editor("one@hub.test")
    personas.editor("two@hub.test")
    personas.moderator("moderator@hub.test")
    gone = personas.editor("gone@hub.test")
    gone.is_active = False
    gone.save()
    SheetPageFactory(parent=stage, verified_on=LATE)
    SheetPageFactory(parent=stage, verified_on=LATE, in_charge=gone)
    assert remind() == [
        ("one@hub.test", "2 fiches à relire"),
        ("two@hub.test", "2 fiches à relire"),
    ]


def test_sheet_that_falls_due_again_is_told_again(stage, remind):
    person = personas.editor("claire@hub.test")
    sheet = SheetPageFactory(parent=stage, verified_on=LATE, in_charge=person)
    assert len(remind()) == 1
    confirm_sheet(sheet, by=person, today=TODAY)
    assert remind() == []
    again = NOW + datetime.timedelta(days=366)
    assert remind(again) == [("claire@hub.test", "1 fiche à relire")]
    assert SheetReminder.objects.count() == 2


def test_nothing_due_writes_nothing(stage, remind):
    personas.editor()
    SheetPageFactory(parent=stage, verified_on=FRESH)
    assert remind() == []
    assert not SheetReminder.objects.exists()


def test_sheet_due_with_nobody_to_tell_breaks_nothing(stage, remind):
    SheetPageFactory(parent=stage, verified_on=LATE)
    assert remind() == []


def test_clock_runs_it_each_day():
    jobs = {job.name: job.every for job in find_jobs()}
    assert jobs["resources.remind_reviews"] == datetime.timedelta(days=1)


def test_confirmed_sheet_is_checked_today_and_says_by_whom(stage):
    person = personas.editor()
    sheet = SheetPageFactory(parent=stage, verified_on=LATE, title="Bail")
    confirm_sheet(sheet, by=person, today=TODAY)
    sheet.refresh_from_db()
    assert (sheet.verified_on, sheet.live, sheet.title) == (TODAY, True, "Bail")
    assert not sheet.has_unpublished_changes
    assert sheet.latest_revision.user == person
    entries = PageLogEntry.objects.filter(page=sheet.pk, user=person)
    assert "wagtail.publish" in entries.values_list("action", flat=True)


def test_sheet_with_a_draft_is_not_published_by_confirming(stage):
    sheet = SheetPageFactory(parent=stage, verified_on=LATE)
    sheet.title = "Canari"
    sheet.save_revision()
    with pytest.raises(SheetIsBeingEdited):
        confirm_sheet(sheet, by=personas.editor(), today=TODAY)
    stored = SheetPage.objects.get(pk=sheet.pk)
    assert (stored.verified_on, stored.title) != (TODAY, "Canari")
    assert stored.verified_on == LATE
