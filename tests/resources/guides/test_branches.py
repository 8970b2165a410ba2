"""A guide that follows the answers of its reader, as the public reads it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from resources.models import (
    ChecklistItem,
    GuidePage,
    StageAnswer,
    StagePage,
    StageQuestion,
)
from tests.factories.resources import (
    GuidePageFactory,
    SheetPageFactory,
    StagePageFactory,
)

pytestmark = pytest.mark.django_db


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


def make_question(stage, key="statut", answers=("association", "scic")):
    question = StageQuestion(key=key, text=f"Quel {key} ?", locale=stage.locale)
    question.answers = [
        StageAnswer(
            key=answer,
            label=f"une {answer}",
            heading=f"Si vous créez une {answer}",
            text=f"Ce qu’est une {answer}.",
            locale=stage.locale,
        )
        for answer in answers
    ]
    stage.questions.add(question)
    stage.save()
    return question


@pytest.fixture
def guide():
    """Five stages; the second asks, the third is for one answer only."""
    guide = GuidePageFactory(slug="ouvrir", title="Ouvrir")
    StagePageFactory(parent=guide, slug="idee", title="Idée")
    law = StagePageFactory(parent=guide, slug="droit", title="Droit")
    make_question(law)
    law.checklist.add(
        ChecklistItem(text="Tous", locale=law.locale),
        ChecklistItem(text="Statuts", only_for="statut:association", locale=law.locale),
        ChecklistItem(text="Capital", only_for="statut:scic", locale=law.locale),
        ChecklistItem(
            text="Assemblée",
            only_for="statut:scic statut:association",
            locale=law.locale,
        ),
    )
    law.save()
    SheetPageFactory(parent=law, title="Bail", slug="bail")
    SheetPageFactory(
        parent=law, title="Loi 1901", slug="loi", only_for="statut:association"
    )
    StagePageFactory(parent=guide, slug="parts", title="Parts", only_for="statut:scic")
    StagePageFactory(parent=guide, slug="argent", title="Argent")
    StagePageFactory(parent=guide, slug="vie", title="Vie")
    return GuidePage.objects.get(pk=guide.pk)


LAW = "/guides/ouvrir/droit/"


def test_without_an_answer_everything_is_readable_by_answer(client, guide):
    soup = read(client, LAW)
    assert texts(soup, ".question h2") == ["Quel statut ?"]
    assert texts(soup, ".question h3") == [
        "Si vous créez une association",
        "Si vous créez une scic",
    ]
    assert texts(soup, "section[aria-labelledby=checklist-title] :is(h3, li)") == [
        "Tous",
        "Si vous créez une association",
        "Statuts",
        "Si vous créez une scic",
        "Capital",
        "Si vous créez une scic, ou si vous créez une association",
        "Assemblée",
    ]
    assert texts(soup, "section[aria-labelledby=sheets-title] :is(h3, a)") == [
        "Bail",
        "Si vous créez une association",
        "Loi 1901",
    ]


def test_with_an_answer_the_rest_is_left_aside_and_said(client, guide):
    soup = read(client, f"{LAW}?statut=scic")
    assert texts(soup, ".things-to-do li") == ["Tous", "Capital", "Assemblée"]
    assert texts(soup, "section[aria-labelledby=checklist-title] h3") == []
    assert texts(soup, "section[aria-labelledby=sheets-title] a") == ["Bail"]
    assert texts(soup, ".question h3") == ["Si vous créez une scic"]
    assert texts(soup, ".reader .notice") == [
        "Vous avez répondu : une scic. "
        "Laissé de côté : une chose à faire, une fiche. Tout voir"
    ]
    assert soup.select_one(".reader .notice a")["href"] == LAW
    assert texts(soup, ".choices [aria-current]") == ["Une scic"]
    assert soup.select_one("link[rel=canonical]")["href"].endswith(LAW)


def test_answers_are_links(client, guide):
    choices = read(client, f"{LAW}?statut=scic&dep=22").select(".choices a")
    assert [choice["href"] for choice in choices] == [
        f"{LAW}?dep=22&statut=association#question-statut",
        f"{LAW}?dep=22&statut=scic#question-statut",
        f"{LAW}?dep=22#question-statut",
    ]


@pytest.mark.parametrize(
    "path", ["", "droit/", "droit/loi/"], ids=["guide", "stage", "sheet"]
)
def test_answer_travels_in_the_links_of_the_guide(client, guide, path):
    soup = read(client, f"/guides/ouvrir/{path}?statut=association")
    inside = [
        link["href"]
        for link in soup.select("main a")
        if link["href"].startswith("/guides/ouvrir/")
        and urlsplit(link["href"]).path != f"/guides/ouvrir/{path}"
    ]
    assert len(inside) >= 5
    assert {urlsplit(href).query for href in inside} == {"statut=association"}


def test_stage_that_does_not_apply_keeps_its_number_and_is_stepped_over(client, guide):
    soup = read(client, f"{LAW}?statut=association")
    assert texts(soup, ".toc li") == [
        "1. Idée",
        "2. Droit",
        "3. Parts (ne vous concerne pas)",
        "4. Argent",
        "5. Vie",
    ]
    assert texts(soup, ".part-of strong") == ["Étape 2 sur 5"]
    assert texts(soup, ".next-door b") == ["1. Idée", "4. Argent"]
    whole = read(client, "/guides/ouvrir/?statut=association")
    assert texts(whole, ".path .tag") == ["Ne concerne pas vos réponses"]
    assert texts(whole, ".path h2")[2] == "Étape 3 : Parts"
    assert "Laissé de côté : une étape, une chose à faire." in whole.get_text()
    assert texts(read(client, "/guides/ouvrir/"), ".path .tag") == [
        "Si vous créez une scic"
    ]


def test_stage_that_does_not_apply_can_be_read_all_the_same(client, guide):
    soup = read(client, "/guides/ouvrir/parts/?statut=association")
    assert "Cette étape ne concerne pas" in texts(soup, "main .notice")[0]
    assert texts(soup, ".next-door b") == ["2. Droit", "4. Argent"]
    sheet = read(client, f"{LAW}loi/?statut=scic")
    assert "Cette fiche ne concerne pas" in texts(sheet, "main .notice")[0]
    assert texts(read(client, f"{LAW}loi/"), "main .notice") == []


@pytest.mark.parametrize(
    "query", ["statut=sarl", "statut=%F0%9F%98%80", "statut=association&statut=sarl"]
)
def test_answer_that_does_not_exist_is_said_and_ignored(client, guide, query):
    soup = read(client, f"{LAW}?{query}")
    assert texts(soup, ".reader .notice") == [
        "Cette adresse donne une réponse que le guide ne propose pas : "
        "elle n’est pas prise en compte."
    ]
    assert len(soup.select(".things-to-do li")) == 4


def test_question_that_does_not_exist_is_nothing(client, guide):
    assert texts(read(client, f"{LAW}?couleur=bleu"), ".reader .notice") == []


def test_condition_on_a_question_that_went_is_for_everybody(client, guide):
    StageQuestion.objects.all().delete()
    soup = read(client, f"{LAW}?statut=scic")
    assert len(soup.select(".things-to-do li")) == 4
    assert texts(soup, "main h3") == []


def test_question_of_a_draft_stage_is_not_asked(client, guide):
    StagePage.objects.get(slug="droit").unpublish()
    assert texts(read(client, "/guides/ouvrir/"), ".choices") == []


def test_guide_asks_and_counts_what_it_leaves_aside(client, guide):
    soup = read(client, "/guides/ouvrir/?statut=scic")
    assert texts(soup, ".choices a") == ["Une association", "Une scic", "Tout voir"]
    assert "Laissé de côté : une chose à faire, une fiche." in texts(soup, ".reader")[0]


def test_answer_without_a_heading_is_told_in_its_own_words(client, guide):
    StageAnswer.objects.update(heading="")
    headings = texts(read(client, LAW), "section[aria-labelledby=sheets-title] h3")
    assert headings == ["Si votre réponse est « une association »"]


def test_preview_asks_what_is_being_written(guide):
    law = StagePage.objects.get(slug="droit")
    typed = law.questions.all()[0]
    typed.text = "Quelle forme ?"
    law.questions = [typed]
    response = law.make_preview_request()
    soup = BeautifulSoup(response.render().content, "html.parser")
    assert texts(soup, ".question h2") == ["Quelle forme ?"]


def test_words_of_questions_are_found_by_search(guide):
    [entry] = StagePage.objects.get(slug="droit").search_entries()
    assert "Ce qu’est une scic." in entry.body


def grow(guide):
    law = StagePage.objects.get(slug="droit")
    for number in (2, 3):
        make_question(law, key=f"murs-{number}", answers=("bail", "pret"))
        law.checklist.add(
            ChecklistItem(
                text=f"Chose {number}",
                only_for=f"murs-{number}:bail",
                locale=law.locale,
            )
        )
        law.save()
        SheetPageFactory(parent=law, only_for="statut:scic")
        StagePageFactory(parent=guide, only_for="statut:scic")


@pytest.mark.parametrize(
    ("path", "queries"), [("", 22), ("droit/", 26), ("droit/loi/", 28)]
)
def test_queries_do_not_grow_with_branches(client, guide, count_queries, path, queries):
    url = f"/guides/ouvrir/{path}?statut=association"
    assert count_queries(lambda: read(client, url)) == queries
    grow(guide)
    assert count_queries(lambda: read(client, url)) == queries
