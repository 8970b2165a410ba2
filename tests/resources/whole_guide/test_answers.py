"""The whole guide follows the answers of its reader, and shows all without any."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from resources.models import (
    ChecklistItem,
    GuidePage,
    StageAnswer,
    StageQuestion,
)
from tests.factories.resources import (
    GuidePageFactory,
    SheetPageFactory,
    StagePageFactory,
)
from tests.paper import read_structure, read_text

pytestmark = pytest.mark.django_db
WHOLE = "/guides/ouvrir/imprimer/"
PDF = "/guides/ouvrir/guide.pdf"


def read(client, query=""):
    return BeautifulSoup(client.get(WHOLE + query).content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


def read_pdf(client, query=""):
    return read_text(client.get(PDF + query).content).replace("\xa0", " ")


@pytest.fixture
def guide() -> GuidePage:
    """Three stages: the first asks, the second is for one answer only."""
    guide = GuidePageFactory(slug="ouvrir", title="Ouvrir")
    law = StagePageFactory(parent=guide, slug="droit", title="Droit")
    question = StageQuestion(key="statut", text="Quel statut ?", locale=law.locale)
    question.answers = [
        StageAnswer(
            key=key,
            label=f"une {key}",
            heading=f"Si vous créez une {key}",
            text=f"Ce qu’est une {key}.",
            locale=law.locale,
        )
        for key in ("association", "scic")
    ]
    law.questions.add(question)
    law.checklist.add(
        ChecklistItem(text="Tous", locale=law.locale),
        ChecklistItem(text="Capital", only_for="statut:scic", locale=law.locale),
    )
    law.save()
    SheetPageFactory(parent=law, title="Loi 1901", only_for="statut:association")
    SheetPageFactory(parent=law, title="Bail")
    StagePageFactory(parent=guide, slug="parts", title="Parts", only_for="statut:scic")
    StagePageFactory(parent=guide, slug="vie", title="Vie")
    return GuidePage.objects.get(pk=guide.pk)


def test_everything_is_there_under_the_heading_of_its_answer(client, guide):
    soup = read(client)
    assert texts(soup, ".whole-contents a") == [
        "Droit", "Bail", "Loi 1901", "Parts", "Vie",
    ]  # fmt: skip
    assert texts(soup, ".boxes li") == ["Tous", "Capital"]
    assert texts(soup, ".whole-stage h4")[:2] == [
        "Si vous créez une association",
        "Si vous créez une scic",
    ]
    assert texts(soup, ".whole-stage .tag") == [
        "Fiche juridique",
        "Fiche juridique",
        "Si vous créez une association",
        "Si vous créez une scic",
    ]
    assert soup.select(".whole-answers") == []
    words = read_pdf(client)
    assert words.count("Si vous créez une scic") == 3
    assert words.count("Si vous créez une association") == 2
    assert "Ce qu’est une scic." in words


def test_answer_leaves_aside_what_is_for_others(client, guide):
    query = "?statut=association"
    soup = read(client, query)
    assert texts(soup, ".whole-contents a") == ["Droit", "Loi 1901", "Bail", "Vie"]
    assert texts(soup, ".whole-number") == ["1", "3"]
    assert texts(soup, ".whole-place")[1].startswith("Étape 3 sur 3")
    assert texts(soup, ".boxes li") == ["Tous"]
    assert texts(soup, ".whole-answers") == [
        "Pour ces réponses : une association. Ce qui concerne les autres est laissé de "
        "côté."
    ]
    assert [one["href"] for one in soup.select(".actions a")] == [PDF + query]
    words = read_pdf(client, query)
    for left_out in ("Parts", "Capital", "scic"):
        assert left_out not in words
    assert "Pour ces réponses : une association." in words
    assert "Étape 3 sur 3" in words


def test_unknown_answer_leaves_nothing_aside(client, guide):
    plain = client.get(PDF)
    for query in ("?statut=inconnu", "?autre=association", "?statut="):
        assert client.get(PDF + query)["ETag"] == plain["ETag"], query
    assert client.get(PDF + "?statut=scic")["ETag"] != plain["ETag"]


def test_page_of_the_guide_takes_the_answers_along(client, guide):
    for page in ("", "droit/"):
        html = client.get(f"/guides/ouvrir/{page}?statut=scic").text
        assert f'href="{WHOLE}?statut=scic"' in html, page
        assert f'href="{PDF}?statut=scic"' in html, page


def test_structure_has_no_gap(client, guide):
    tree = read_structure(client.get(PDF).content)
    tags = [line.strip().split()[0] for line in tree.splitlines() if line.strip()]
    levels = [int(tag[1]) for tag in tags if tag[0] == "H" and tag[1:].isdecimal()]
    before = 0
    for level in levels:
        assert level <= before + 1
        before = level
