"""The demonstration's sheets, in and out of date, and the words of its glossary."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone

from home.demo.accounts import EDITOR
from resources.models import GlossaryTerm, SheetPage
from resources.services.sheet_review import find_due_sheets, remind_reviews

# Loading takes seconds: one worker does it.
pytestmark = pytest.mark.xdist_group("demonstration")


def test_sheets_stand_in_and_out_of_date_and_have_their_editor(network):
    due = find_due_sheets(timezone.localdate())
    assert 1 < len(due) < SheetPage.objects.count()
    assert set(SheetPage.objects.values_list("in_charge__email", flat=True)) == {
        EDITOR.email
    }


def test_figure_of_the_law_says_what_it_was(network):
    sheet = SheetPage.objects.get(slug="tva-et-impots")
    (change,) = sheet.figure_changes
    assert change.on == datetime.date(2025, 1, 1)
    assert change.before == "36\u00a0800\u00a0€ par an"
    assert sheet.figures.first().value == change.after


def test_editor_is_written_to_of_the_due_sheets(
    network, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        remind_reviews(timezone.now())
    (message,) = mail.outbox
    assert message.to == [EDITOR.email]
    assert "TVA et impôts" in message.body


def test_words_of_the_guides_are_defined_below_them(network, client):
    sheet = SheetPage.objects.get(slug="recevoir-du-public")
    page = client.get(sheet.url).text
    described = re.findall(r'aria-describedby="(mot-\d+-\w+)"', page)
    assert len(described) == 2
    assert all(f'id="{one}"' in page for one in described)


def test_every_word_stands_in_the_glossary(network, client):
    page = client.get("/glossaire/").text
    assert GlossaryTerm.objects.count() == page.count("<dfn>") == 15


def test_stage_on_money_leads_to_the_simulator(network, client):
    page = client.get("/guides/ouvrir-un-tiers-lieu/economique/").text
    assert 'href="/simulateur/"' in page
    simulator = client.get("/simulateur/")
    assert simulator.status_code == 200
    assert "médiane de 14" in simulator.text
