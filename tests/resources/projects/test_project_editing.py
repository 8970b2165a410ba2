"""What editors type, what is refused with a sentence, what they are told to look at."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from resources.models import ProjectPage
from resources.projects.editing import list_remarks
from tests import personas
from tests.factories.network import SpaceFactory
from tests.factories.resources import (
    ProjectIndexPageFactory,
    ProjectPageFactory,
    add_project_rows,
)
from tests.resources.projects.reading import FUNDING, SOURCES, texts

pytestmark = pytest.mark.django_db

ROWS = ("partners", "phases", "objectives", "actions", "fundings", "sources")
COORDINATOR = {"name": "Arrêt Minute", "is_coordinator": "on"}


def data(**rows):
    base = {"title": "Projet", "slug": "projet", "body": streamfield([]), "halt": ""}
    own = {name: value for name, value in rows.items() if name not in ROWS}
    formsets = {name: inline_formset(rows.get(name, [])) for name in ROWS}
    comments = {"comments": inline_formset([])}
    return nested_form_data({**base, **own, **formsets, **comments})


@pytest.fixture
def mistakes():
    """Send the form of a new project; return its mistakes by row and field."""
    index = ProjectIndexPageFactory()

    def send(**rows):
        page = ProjectPage(locale=index.locale)
        form_class = ProjectPage.get_edit_handler().get_form_class()
        form = form_class(
            data(**rows), instance=page, parent_page=index, for_user=personas.admin()
        )
        if form.is_valid():
            return {}
        found = {
            name: [str(one) for one in errors] for name, errors in form.errors.items()
        }
        for name, formset in form.formsets.items():
            for number, row in enumerate(formset.forms):
                for field, errors in row.errors.items():
                    found[f"{name}-{number}-{field}"] = [str(one) for one in errors]
        return found

    return send


def test_whole_project_is_accepted(mistakes):
    space = SpaceFactory()
    found = mistakes(
        partners=[COORDINATOR, {"space": space.pk, "role": "Aide."}],
        phases=[
            {"number": 1, "title": "a", "starts": "2011", "ends": "2012"},
            {"number": 2, "title": "b", "starts": "mars 2013", "ends": ""},
        ],
        objectives=[{"number": "1", "text": "a"}, {"number": "1.1", "text": "b"}],
        actions=[
            {
                "text": "a",
                "state": "done",
                "since": "26/10/2011",
                "phase_number": 1,
                "objective_numbers": "1.1, 1",
            }
        ],
        fundings=[
            {"number": 1, "title": "a", "state": "granted", "amount": "38 040,50 €"}
        ],
        sources=[{"title": "a", "funding_number": 1, "decided_on": "2011"}],
    )
    assert found == {}


def test_bare_project_is_accepted(mistakes):
    assert mistakes() == {}


PARTNER_ONE = "L’un des partenaires coordonne le projet : cochez lequel."
NUMBER = "Écrivez un numéro comme 1, ou 1.2 pour une partie du 1."


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            {"partners": [{"name": "a"}, {"name": "b"}]},
            {"partners-0-is_coordinator": PARTNER_ONE},
        ),
        (
            {"partners": [COORDINATOR, COORDINATOR]},
            {
                "partners-1-is_coordinator": "Un autre partenaire est coché aussi : "
                "un seul coordonne le projet."
            },
        ),
        (
            {"partners": [{"is_coordinator": "on"}]},
            {
                "partners-0-name": "Choisissez un lieu de l’annuaire ou écrivez un "
                "nom, l’un des deux."
            },
        ),
        (
            {"phases": [{"number": 1, "title": "a", "starts": "2012", "ends": "2011"}]},
            {
                "phases-0-ends": "Cette phase finit avant de commencer : vérifiez les "
                "deux dates."
            },
        ),
        (
            {"phases": [{"number": 1, "title": "a", "starts": "l’an dernier"}]},
            {
                "phases-0-starts": "Ce n’est pas une date. Exemples : 2011, 10/2011, "
                "26/10/2011"
            },
        ),
        (
            {
                "phases": [
                    {"number": 1, "title": "a", "starts": "2011"},
                    {"number": 1, "title": "b", "starts": "2012"},
                ]
            },
            {
                "phases-0-number": "Deux phases portent ce numéro.",
                "phases-1-number": "Deux phases portent ce numéro.",
            },
        ),
        (
            {"objectives": [{"number": "1.1", "text": "a"}]},
            {"objectives-0-number": "Il n’y a pas d’objectif 1 au-dessus."},
        ),
        (
            {"objectives": [{"number": "un", "text": "a"}]},
            {"objectives-0-number": NUMBER},
        ),
        (
            {"objectives": [{"number": "1, 2", "text": "a"}]},
            {"objectives-0-number": NUMBER},
        ),
        (
            {"actions": [{"text": "a", "state": "done"}]},
            {
                "actions-0-since": "Dites quand elle a été faite, ne serait-ce que l’année."
            },
        ),
        (
            {"actions": [{"text": "a", "state": "abandoned"}]},
            {
                "actions-0-reason": "Dites pourquoi elle est abandonnée : cela servira "
                "à d’autres."
            },
        ),
        (
            {
                "actions": [
                    {
                        "text": "a",
                        "state": "considered",
                        "phase_number": 9,
                        "objective_numbers": "2",
                    }
                ]
            },
            {
                "actions-0-phase_number": "Il n’y a pas de phase 9.",
                "actions-0-objective_numbers": "Il n’y a pas d’objectif 2.",
            },
        ),
        (
            {
                "actions": [
                    {"text": "a", "state": "considered", "objective_numbers": "1..2"}
                ]
            },
            {"actions-0-objective_numbers": "Écrivez des numéros d’objectifs : 1.2, 3"},
        ),
        (
            {
                "fundings": [
                    {"number": 1, "title": "a", "state": "paid", "amount": "-5"}
                ]
            },
            {
                "fundings-0-amount": "Un montant ne peut pas être négatif : écrivez ce "
                "qui a été donné."
            },
        ),
        (
            {"fundings": [{"number": 1, "title": "a", "state": "paid", "amount": "0"}]},
            {
                "fundings-0-amount": "Rien n’a été donné ? Si le montant est inconnu, "
                "laissez le champ vide."
            },
        ),
        (
            {
                "fundings": [
                    {"number": 1, "title": "a", "state": "paid", "amount": "NaN"}
                ]
            },
            {
                "fundings-0-amount": "Ce n’est pas un montant en euros. Exemple : 38040 "
                "ou 1200,50"
            },
        ),
        (
            {"sources": [{"title": "a", "funding_number": 3}]},
            {"sources-0-funding_number": "Il n’y a pas de financement 3."},
        ),
        (
            {"sources": [{"title": "a", "reference": "2011.1775"}]},
            {
                "sources-0-funding_number": "Dites de quel financement parle cette "
                "source, par son numéro."
            },
        ),
        (
            {"halt": "suspended"},
            {
                "halt_reason": "Dites pourquoi : c’est la première question que l’on se pose."
            },
        ),
    ],
)
def test_mistake_is_said_beside_its_field(mistakes, rows, found):
    said = {
        field: [sentence.replace("\xa0", " ") for sentence in sentences]
        for field, sentences in mistakes(**rows).items()
    }
    assert said == {field: [sentence] for field, sentence in found.items()}


def test_draft_is_saved_again_with_rows_that_have_no_key_yet(client):
    page = ProjectPageFactory(live=False)
    rows = {
        "partners": [{"name": "Arrêt Minute", "is_coordinator": True}],
        "objectives": [{"number": "1", "text": "Recenser"}],
        "actions": [{"text": "Lister", "objective_numbers": "1"}],
    }
    add_project_rows(page, **rows)
    page.save_revision()
    client.force_login(personas.editor())
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    sent = data(title=page.title, slug=page.slug)
    known = {
        "partners": [COORDINATOR],
        "objectives": rows["objectives"],
        "actions": [{**rows["actions"][0], "state": "considered"}],
    }
    for name, values in known.items():
        keyless = [{**one, "id": ""} for one in values]
        sent |= nested_form_data({name: inline_formset(keyless, initial=1)})
    response = client.post(url, sent)
    assert response.status_code == 302
    draft = page.get_latest_revision_as_object()
    assert [one.text for one in draft.actions.all()] == ["Lister"]


def test_row_that_is_taken_away_is_not_counted(mistakes):
    gone = {**COORDINATOR, "DELETE": "on"}
    assert mistakes(partners=[COORDINATOR, gone]) == {}


def test_editor_writes_a_project_and_keeps_what_was_refused(client):
    index = ProjectIndexPageFactory()
    client.force_login(personas.editor())
    url = reverse("wagtailadmin_pages:add", args=["resources", "projectpage", index.pk])
    rows = {"partners": [COORDINATOR], "fundings": [{"number": 1, "title": "Aide", "state": "granted", "amount": "38040,5"}]}  # fmt: skip
    refused = client.post(
        url, data(**rows, actions=[{"text": "Essayer", "state": "done"}])
    )
    assert refused.status_code == 200
    assert not ProjectPage.objects.exists()
    assert "Essayer" in refused.content.decode()
    assert client.post(url, data(**rows)).status_code == 302
    page = ProjectPage.objects.get()
    assert page.live is False
    draft = page.get_latest_revision_as_object()
    assert [one.amount for one in draft.fundings.all()] == [3_804_050]
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert 'value="38040,5"' in shown.content.decode()


def phase(number, starts, ends=""):
    return {"number": number, "title": "a", "starts": starts, "ends": ends}


def test_remarks_tell_what_may_be_wrong_and_refuse_nothing():
    page = ProjectPageFactory(
        phases=[phase(1, "2013", "2015-06"), phase(2, "2011", "2012"), phase(3, "2012-06", "2016"), phase(4, "2014")],
        objectives=[{"number": "1", "text": "a"}, {"number": "1.1", "text": "b"}, {"number": "2", "text": "c"}],
        actions=[{"text": "Seule"}, {"text": "Utile", "objective_numbers": "1.1"}],
        fundings=[FUNDING],
        sources=SOURCES,
    )  # fmt: skip
    assert [remark.replace("\xa0", " ") for remark in list_remarks(page)] == [
        "La phase 2 commence avant la phase 1, qu’elle suit ici.",
        "La phase 4 commence alors que la phase 3 dure encore : est-ce voulu ?",
        "Aucune action ne sert l’objectif 2.",
        "Cette action ne sert aucun objectif : « Seule »",
        "Financement 1, date de la décision : les sources et ce que vous gardez se "
        "contredisent. La page le dit.",
    ]


def test_project_in_order_has_no_remark():
    page = ProjectPageFactory(phases=[phase(1, "2011", "2012"), phase(2, "2013")])
    assert list_remarks(page) == []
    assert (
        list_remarks(ProjectPageFactory(objectives=[{"number": "1", "text": "a"}]))
        == []
    )


def test_editor_reads_the_remarks_above_the_form(client):
    page = ProjectPageFactory(phases=[phase(1, "2013"), phase(2, "2011")])
    fine = ProjectPageFactory()
    client.force_login(personas.editor())

    def read(page):
        response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        return BeautifulSoup(response.content, "html.parser")

    assert [
        one.replace("\xa0", " ") for one in texts(read(page), ".help-warning li")
    ] == ["La phase 2 commence avant la phase 1, qu’elle suit ici."]
    assert texts(read(fine), ".help-warning li") == []


def test_members_have_no_door_to_the_form(client):
    page = ProjectPageFactory()
    client.force_login(personas.member())
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code in {302, 403}
