"""Guides in several languages, through wagtail-localize."""

from __future__ import annotations

import datetime

import pytest
from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.operations import TranslationCreator

from resources.models import (
    ChecklistItem,
    GuidePage,
    SheetPage,
    StageAnswer,
    StageExample,
    StagePage,
    StageQuestion,
)
from tests.factories.network import SpaceFactory
from tests.factories.resources import (
    CharterPageFactory,
    CharterVersionFactory,
    GuidePageFactory,
    SheetPageFactory,
    StagePageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    return Locale.objects.get(language_code="en")


def submit(page, locale):
    """Do what “Translate this page” does in the admin."""
    TranslationCreator(user=None, target_locales=[locale]).create_translations(page)
    return page.get_translation(locale)


@pytest.fixture
def translate(django_capture_on_commit_callbacks):
    """Type words as the translation editor stores them, then publish."""

    def translate(page, locale, words):
        source = TranslationSource.objects.get_for_instance(page)
        for segment in StringSegment.objects.filter(source=source):
            if segment.string.data in words:
                StringTranslation.objects.update_or_create(
                    translation_of=segment.string,
                    locale=locale,
                    context=segment.context,
                    defaults={"data": words[segment.string.data]},
                )
        translation = Translation.objects.get(source=source, target_locale=locale)
        # Published once the transaction is committed.
        with django_capture_on_commit_callbacks(execute=True):
            translation.save_target(publish=True)

    return translate


def test_translated_guide_keeps_its_address_and_waits_as_a_draft(
    client, english, translate
):
    guide = GuidePageFactory(title="Ouvrir un lieu", slug="ouvrir")
    index = guide.get_parent().specific
    for page in (index, guide):
        translation = submit(page, english)
        assert (translation.slug, translation.live) == (page.slug, False)
    assert client.get("/en/guides/ouvrir/").status_code == 404
    translate(index, english, {"Guides": "Guides"})
    translate(guide, english, {"Ouvrir un lieu": "Open a space"})
    response = client.get("/en/guides/ouvrir/")
    assert response.status_code == 200
    assert "<h1>Open a space</h1>" in response.content.decode()
    assert client.get("/guides/ouvrir/").status_code == 200


def test_slug_is_not_offered_to_translators(english):
    guide = GuidePageFactory(title="Ouvrir un lieu", slug="ouvrir-un-lieu-slug")
    source, _created = TranslationSource.get_or_create_from_instance(guide)
    paths = set(
        StringSegment.objects.filter(source=source).values_list(
            "context__path", flat=True
        )
    )
    assert paths == {"title", "introduction", "audience"}


def test_checklist_is_translated_line_by_line(client, english, translate):
    stage = StagePageFactory(title="Conception")
    stage.checklist.add(ChecklistItem(text="Voir la mairie"))
    stage.save()
    guide = stage.get_parent().specific
    for page in (guide.get_parent().specific, guide, stage):
        submit(page, english)
        translate(page, english, {"Voir la mairie": "Meet the mayor"})
    translated = StagePage.objects.get(locale=english)
    assert [item.text for item in translated.checklist.all()] == ["Meet the mayor"]


def test_kind_and_dates_follow_the_french_sheet(english):
    sheet = SheetPageFactory(kind="economic")
    stage = sheet.get_parent().specific
    guide = stage.get_parent().specific
    for page in (guide.get_parent().specific, guide, stage, sheet):
        submit(page, english)
    sheet.verified_on = datetime.date(2027, 1, 5)
    sheet.review_months = 6
    sheet.save_revision().publish()
    source = TranslationSource.objects.get_for_instance(sheet)
    source.update_from_db()
    Translation.objects.get(source=source, target_locale=english).save_target()
    translated = SheetPage.objects.get(locale=english).get_latest_revision_as_object()
    assert (translated.kind, translated.verified_on, translated.review_months) == (
        "economic",
        datetime.date(2027, 1, 5),
        6,
    )


def test_charter_is_read_in_french_on_its_english_page(client, english, translate):
    page = CharterPageFactory(title="Charte")
    CharterVersionFactory(charter=page.charter, published=datetime.date(2026, 3, 12))
    translation = submit(page, english)
    assert (translation.slug, translation.charter) == ("charte", page.charter)
    translate(page, english, {"Charte": "What we sign"})
    body = client.get("/en/charte/").content.decode()
    assert "<h1>What we sign</h1>" in body
    assert body.count('<div class="clause-body" lang="fr">') == 2
    assert client.get("/en/charte/v/1/").status_code == 200


def test_guides_of_a_language_are_listed_alone(client, english, translate):
    guide = GuidePageFactory(title="Canari", slug="ouvrir")
    index = guide.get_parent().specific
    submit(index, english)
    translate(index, english, {})
    assert "Canari" not in client.get("/en/guides/").content.decode()
    assert GuidePage.objects.filter(locale=english).count() == 0


def test_translated_guide_keeps_branches_and_examples(client, english, translate):
    stage = StagePageFactory(title="Droit", slug="droit")
    guide = stage.get_parent().specific
    question = StageQuestion(key="statut", text="Quelle forme ?", locale=stage.locale)
    question.answers = [
        StageAnswer(key=key, label=label, locale=stage.locale)
        for key, label in (("association", "une association"), ("scic", "une scic"))
    ]
    stage.questions.add(question)
    stage.checklist.add(
        ChecklistItem(
            text="Tenir assemblée", only_for="statut:association", locale=stage.locale
        )
    )
    stage.examples.add(
        StageExample(
            space=SpaceFactory(name="Le Préau"), text="Relu à dix.", locale=stage.locale
        )
    )
    stage.save()
    sheet = SheetPageFactory(
        parent=stage, title="Loi 1901", slug="loi", only_for="statut:association"
    )
    words = {
        "Quelle forme ?": "Which form?",
        "une association": "an association",
        "Tenir assemblée": "Meet",
        "Relu à dix.": "Read by ten.",
    }
    for page in (guide.get_parent().specific, guide, stage, sheet):
        submit(page, english)
        translate(page, english, words)
    url = guide.get_url().removeprefix("/")
    body = client.get(f"/en/{url}droit/?statut=association").content.decode()
    for text in ("Which form?", "an association", "Meet", "Read by ten.", "Le Préau"):
        assert text in body
    assert f"/en/{url}droit/loi/?statut=association" in body
    body = client.get(f"/en/{url}droit/?statut=scic").content.decode()
    assert "Meet" not in body
    # Translated again after a change of key, it follows.
    [asked] = stage.questions.all()
    answers = list(asked.answers.all())
    answers[1].key = "cooperative"
    asked.answers = answers
    stage.questions = [asked]
    stage.save_revision().publish()
    source = TranslationSource.objects.get_for_instance(stage)
    source.update_from_db()
    translate(stage, english, words)
    translated = StagePage.objects.get(locale=english)
    [asked] = translated.questions.all()
    assert [one.key for one in asked.answers.all()] == ["association", "cooperative"]
    assert asked.answers.first().label == "an association"
