"""What editors type about branches, as Wagtail's own page editor takes it."""

from __future__ import annotations

import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.models import User
from resources.models import StagePage, StageQuestion
from tests.factories.resources import (
    GuidePageFactory,
    SheetPageFactory,
    StagePageFactory,
)
from tests.resources.guides.test_branches import make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    guide = GuidePageFactory(slug="ouvrir")
    make_question(StagePageFactory(parent=guide, slug="droit"))
    return guide


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser(email="a@hub.invalid"))
    return client


def question(key, *answers):
    return {
        "text": "Quels murs ?",
        "help": "",
        "key": key,
        "answers": inline_formset(
            [{"label": one, "key": one, "heading": "", "text": ""} for one in answers]
        ),
    }


def type_stage(questions=(), things=(), initial=0, **values):
    return nested_form_data(
        {
            "title": "Argent",
            "slug": "argent",
            "introduction": "",
            "audience": "",
            "duration": "",
            "cost": "",
            "body": streamfield([]),
            "only_for": "",
            "questions": inline_formset(questions, initial=initial),
            "checklist": inline_formset(things),
            "examples": inline_formset([]),
            "comments": inline_formset([]),
            "action-publish": "1",
            **values,
        }
    )


def send(editor, guide, **typed):
    """Type a new stage; return what the page says is wrong, by field."""
    response = editor.post(
        f"/admin/pages/add/resources/stagepage/{guide.pk}/", type_stage(**typed)
    )
    if response.status_code == 302:
        return None
    form = response.context["form"]
    found = {name: list(words) for name, words in form.errors.items()}
    for name in ("checklist", "questions"):
        for one in form.formsets[name].forms:
            found |= {f"{name}.{key}": list(words) for key, words in one.errors.items()}
            for below in getattr(one, "formsets", {}).get("answers", []):
                found |= {
                    f"answers.{key}": list(words) for key, words in below.errors.items()
                }
    return found


OFFERED = "Il propose : statut:association (une association), statut:scic (une scic)."


def test_stage_that_depends_on_another_is_saved(editor, guide):
    assert (
        send(
            editor,
            guide,
            only_for="statut:scic",
            questions=[question("murs", "bail", "pret")],
            things=[{"text": "Lire le bail", "only_for": "murs:bail"}],
        )
        is None
    )
    stage = StagePage.objects.get(slug="argent")
    assert stage.only_for == "statut:scic"
    assert [item.only_for for item in stage.checklist.all()] == ["murs:bail"]
    [asked] = stage.questions.all()
    assert [answer.key for answer in asked.answers.all()] == ["bail", "pret"]


def test_answer_that_no_question_offers_is_named_with_those_that_exist(editor, guide):
    assert send(editor, guide, only_for="statut:sarl") == {
        "only_for": [
            f"Aucune question de ce guide ne propose « statut:sarl ». {OFFERED}"
        ]
    }
    assert send(editor, guide, things=[{"text": "Lire", "only_for": "murs:bail"}]) == {
        "checklist.only_for": [
            f"Aucune question de ce guide ne propose « murs:bail ». {OFFERED}"
        ]
    }


def test_guide_without_a_question_says_so(editor, guide):
    StageQuestion.objects.all().delete()
    assert send(editor, guide, only_for="statut:scic") == {
        "only_for": [
            "Aucune question de ce guide ne propose « statut:scic ». "
            "Il n’en pose pas encore : écrivez-en une à une étape, et enregistrez-la."
        ]
    }


def test_words_that_cannot_be_read_are_named(editor, guide):
    assert send(editor, guide, only_for="statut=scic") == {
        "only_for": ["« statut=scic » ne se lit pas. Exemple : statut:association"]
    }


@pytest.mark.parametrize(
    ("questions", "wrong"),
    [
        (
            [question("statut", "bail", "pret")],
            {"questions.key": ["Une autre étape de ce guide pose « statut »."]},
        ),
        (
            [question("murs", "bail", "pret"), question("murs", "oui", "non")],
            {
                "questions.key": [
                    "Une autre question de cette étape s’appelle « murs »."
                ]
            },
        ),
        (
            [question("dep", "bail", "pret")],
            {
                "questions.key": [
                    "Le site emploie « dep » dans ses adresses : "
                    "choisissez un autre mot."
                ]
            },
        ),
        (
            [question("murs", "bail", "bail")],
            {"answers.key": ["Une autre réponse a ce mot."]},
        ),
        (
            [question("murs", "Bail à vie", "pret")],
            {
                "answers.key": [
                    "Des minuscules sans accents, des chiffres et des traits d’union. "
                    "Exemple : statut"
                ]
            },
        ),
    ],
)
def test_keys_are_plain_and_come_once(editor, guide, questions, wrong):
    assert send(editor, guide, questions=questions) == wrong


def test_stage_may_be_saved_again_with_its_own_question(editor, guide):
    stage = StagePage.objects.get(slug="droit")
    [asked] = stage.questions.all()
    answers = [
        {"id": one.pk, "label": one.label, "key": one.key, "heading": "", "text": ""}
        for one in asked.answers.all()
    ]
    response = editor.post(
        f"/admin/pages/{stage.pk}/edit/",
        type_stage(
            slug="droit",
            initial=1,
            questions=[
                {
                    "id": asked.pk,
                    "text": "Quelle forme ?",
                    "help": "",
                    "key": "statut",
                    "answers": inline_formset(answers, initial=2),
                }
            ],
            things=[{"text": "Déclarer", "only_for": "statut:association"}],
        ),
    )
    assert response.status_code == 302
    assert StageQuestion.objects.get().text == "Quelle forme ?"


def test_sheet_knows_the_questions_of_its_guide(editor, guide):
    sheet = SheetPageFactory(parent=StagePage.objects.get(slug="droit"))
    form_class = type(sheet).get_edit_handler().get_form_class()
    typed = {"body": streamfield([]), "only_for": "murs:bail"}
    typed |= {name: inline_formset([]) for name in ("figures", "sources", "comments")}
    form = form_class(
        nested_form_data(typed), instance=sheet, parent_page=sheet.get_parent()
    )
    assert form.errors["only_for"] == [
        f"Aucune question de ce guide ne propose « murs:bail ». {OFFERED}"
    ]


def test_editor_is_told_what_may_be_written(editor, guide):
    stage = StagePage.objects.get(slug="droit")
    page = editor.get(f"/admin/pages/{stage.pk}/edit/").content.decode()
    assert OFFERED in page


def test_copied_stage_has_questions_of_its_own(guide):
    stage = StagePage.objects.get(slug="droit")
    copied = stage.copy(update_attrs={"slug": "droit-2"}, recursive=False)
    [asked] = copied.questions.all()
    assert [one.key for one in asked.answers.all()] == ["association", "scic"]
    assert StageQuestion.objects.count() == 2
