"""The list of projects and the page of one."""

from __future__ import annotations

import datetime

import pytest
from wagtail.models import PageViewRestriction

from network.enums import SpaceStatus
from resources.models import ProjectPage
from tests import personas
from tests.factories.decisions import DecisionFactory
from tests.factories.events import EventFactory, MinutesFactory
from tests.factories.network import SpaceFactory
from tests.factories.resources import (
    GuidePageFactory,
    ProjectIndexPageFactory,
    ProjectPageFactory,
    SharedResourceFactory,
    add_project_rows,
)
from tests.resources.projects.reading import (
    ACTIONS,
    FUNDING,
    OBJECTIVES,
    PHASES,
    SOURCES,
    texts,
)

pytestmark = pytest.mark.django_db


def test_list_stands_by_state_and_the_latest_first(read):
    ProjectIndexPageFactory()
    ProjectPageFactory(
        title="Ancien",
        phases=[{"number": 1, "title": "a", "starts": "2011", "ends": "2014"}],
    )
    ProjectPageFactory(
        title="Passé",
        phases=[{"number": 1, "title": "a", "starts": "2019", "ends": "2020-02"}],
    )
    ProjectPageFactory(title="Présent", phases=PHASES)
    ProjectPageFactory(
        title="À venir", phases=[{"number": 1, "title": "a", "starts": "2027"}]
    )
    ProjectPageFactory(
        title="Arrêté", halt="suspended", halt_reason="Faute de toit.", phases=PHASES
    )
    ProjectPageFactory(title="Rêvé")
    soup = read("/projets/")
    assert [
        (*texts(section, "h2"), texts(section, "h3"), texts(section, ".project-years"))
        for section in soup.select("main section")
    ] == [
        ("En cours", ["Présent"], ["2025–2027"]),
        ("Prévus", ["À venir"], ["dès 2027"]),
        ("Terminés", ["Passé", "Ancien"], ["2019–2020", "2011–2014"]),
        ("Suspendus", ["Arrêté"], ["2025–2027"]),
        ("Encore sans dates", ["Rêvé"], [""]),
    ]


def test_empty_list_says_so(read):
    ProjectIndexPageFactory()
    assert texts(read("/projets/"), ".empty h2") == ["Pas encore de projet"]


def test_bare_project_leaves_out_what_it_lacks(read):
    page = ProjectPageFactory(title="Rêvé")
    soup = read(page.url)
    assert texts(soup, "h1") == ["Rêvé"]
    assert texts(soup, ".project-state li") == ["Encore sans dates"]
    assert soup.select("main h2, main .toc, main .columns, main .notice, main dl") == []
    assert texts(soup, ".breadcrumb li") == ["Accueil", "Projets", "Rêvé"]


def test_partners_stand_in_the_editors_order_with_their_coordinator(read):
    open_space = SpaceFactory(name="L’Estran", slug="estran")
    closed = SpaceFactory(name="Le Fournil", status=SpaceStatus.CLOSED)
    draft = SpaceFactory(name="Canari", live=False)
    page = ProjectPageFactory(
        partners=[
            {
                "name": "Kokerboom",
                "url": "https://kokerboom.invalid/",
                "role": "Pense.",
            },
            {"space": open_space, "is_coordinator": True},
            {"space": closed},
            {"space": draft},
            # Its record was erased.
            {},
        ]
    )
    soup = read(page.url)
    rooms = soup.select("[aria-labelledby=partenaires] .room")
    assert [" ".join(one.get_text(" ").split()) for one in rooms] == [
        "Kokerboom Pense.",
        "L’Estran Coordonne le projet",
        "Le Fournil",
    ]
    links = [one["href"] for one in soup.select("[aria-labelledby=partenaires] a")]
    assert links == ["https://kokerboom.invalid/", "/lieux/estran/"]


def test_current_phase_is_marked_and_no_date_is_made_up(read):
    page = ProjectPageFactory(phases=PHASES)
    soup = read(page.url)
    assert texts(soup, ".path h3") == ["Phase 1 : Prospecter", "Phase 2 : Animer"]
    assert texts(soup, ".path .project-years") == ["2025", "mars 2026 – juin 2027"]
    assert texts(soup, "[aria-current=step] h3") == ["Phase 2 : Animer"]
    assert "janvier" not in soup.select_one("main").get_text()


def test_objectives_hang_below_each_other_with_what_serves_them(read):
    page = ProjectPageFactory(objectives=OBJECTIVES, actions=ACTIONS)
    soup = read(page.url)
    assert texts(soup, ".objectives-top > li > h3") == ["1 Recenser", "2 Mobiliser"]
    assert texts(soup, "#objectif-1 > .objectives > li > p:first-child") == [
        "1.1 Repérer"
    ]
    served = soup.select("#objectif-1-1 .quiet a, #objectif-2 .quiet a")
    assert [one["href"] for one in served] == ["#action-1", "#action-1"]
    assert [" ".join(one.get_text().split()) for one in served] == [
        "l’action 1 (Compter)"
    ] * 2


def test_actions_tell_state_day_reason_phase_and_objectives(read):
    page = ProjectPageFactory(phases=PHASES, objectives=OBJECTIVES, actions=ACTIONS)
    soup = read(page.url)
    assert texts(soup, "[role=status]") == ["1 faite sur 4"]
    assert texts(soup, ".decisions > li") == [
        "1 Compter Faite, juin 2025 Phase 1, objectifs 1.1, 2",
        "2 Réunir En cours, 2026 Phase 2",
        "3 Louer Abandonnée Trop cher.",
        "4 Écrire Envisagée",
    ]


@pytest.mark.parametrize(
    ("word", "shown", "sentence"),
    [
        ("faite", ["Compter"], "Une action sur 4, « faite »"),
        ("en-cours", ["Réunir"], "Une action sur 4, « en cours »"),
        ("abandonnee", ["Louer"], "Une action sur 4, « abandonnée »"),
        ("envisagee", ["Écrire"], "Une action sur 4, « envisagée »"),
        ("canari", [], "1 faite sur 4"),
        ("%00", [], None),
    ],
)
def test_actions_of_a_state_have_their_address(client, read, word, shown, sentence):
    page = ProjectPageFactory(objectives=OBJECTIVES, actions=ACTIONS)
    url = f"{page.url}?etat={word}"
    if sentence is None:
        assert client.get(url).status_code == 400
        return
    soup = read(url)
    assert texts(soup, ".decisions li > p:first-of-type") == shown
    assert texts(soup, "[role=status]") == [sentence]
    assert texts(soup, ".empty h3") == ([] if shown else ["Aucune action n’en est là"])
    # What the filter hides is one step away.
    served = soup.select_one("#objectif-1-1 .quiet a")["href"]
    assert served == f"{page.url}#action-1"


def test_filtered_actions_keep_their_number(read):
    page = ProjectPageFactory(actions=ACTIONS)
    soup = read(f"{page.url}?etat=envisagee")
    [row] = soup.select(".decisions > li")
    assert (row["id"], row["value"], row.b.get_text()) == ("action-4", "4", "4")


def test_filter_leads_to_each_state_that_there_is(read):
    page = ProjectPageFactory(actions=ACTIONS)
    soup = read(f"{page.url}?etat=faite")
    assert texts(soup, ".view-switch a") == [
        "Toutes (4)",
        "Envisagée (1)",
        "En cours (1)",
        "Faite (1)",
        "Abandonnée (1)",
    ]
    assert texts(soup, ".view-switch [aria-current]") == ["Faite (1)"]
    alone = ProjectPageFactory(actions=ACTIONS[:1])
    assert read(alone.url).select(".view-switch") == []


def test_stopped_project_says_why(read):
    page = ProjectPageFactory(
        halt="abandoned", halt_reason="Le bailleur a vendu.", phases=PHASES
    )
    soup = read(page.url)
    assert texts(soup, ".project-state li") == ["Abandonné", "2025–2027"]
    assert texts(soup, "main .notice") == ["Abandonné Le bailleur a vendu."]
    # No phase goes on where nobody works at it.
    assert soup.select("[aria-current=step], .here") == []


def test_proofs_lead_where_everybody_may_go(read):
    minutes = MinutesFactory()
    guide = GuidePageFactory(title="Ouvrir", slug="ouvrir")
    page = ProjectPageFactory(
        actions=[
            {
                "text": "Se réunir",
                "event": EventFactory(
                    title="Rencontre", start_date=datetime.date(2026, 12, 3)
                ),
                "decision": DecisionFactory(number=7, minutes=minutes, text="Le faire"),
                "resource": SharedResourceFactory(title="La liste"),
                "page": guide,
            }
        ]
    )
    links = read(page.url).select(".decisions a")
    assert [one.get_text() for one in links] == [
        "Rencontre, 3 décembre 2026",
        "D\u00a07. Le faire",
        "La liste",
        "Ouvrir",
    ]


def test_proofs_that_are_not_public_leave_no_trace(client):
    hidden_guide = GuidePageFactory(title="Canari", live=False)
    private = GuidePageFactory(title="Canari privé")
    PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.LOGIN
    )
    draft_minutes = MinutesFactory(live=False)
    page = ProjectPageFactory(
        actions=[
            {"text": "a", "event": EventFactory(title="Canari", live=False)},
            {
                "text": "b",
                "decision": DecisionFactory(text="Canari", minutes=draft_minutes),
            },
            {
                "text": "c",
                "resource": SharedResourceFactory(title="Canari", live=False),
            },
            {"text": "d", "page": hidden_guide},
            {"text": "e", "page": private},
        ]
    )
    html = client.get(page.url).content.decode()
    assert "Canari" not in html
    assert "À voir" not in html


def fill(page, count):
    """Give a project ``count`` rows of each kind, each action with all its proofs."""
    start = page.actions.count()
    numbers = range(start + 1, start + count + 1)
    add_project_rows(
        page,
        partners=[{"space": SpaceFactory()} for _ in numbers],
        phases=[
            {"number": n, "title": f"Phase {n}", "starts": "2026"} for n in numbers
        ],
        objectives=[{"number": str(n), "text": f"But {n}"} for n in numbers],
        actions=[
            {
                "text": f"Action {n}",
                "phase_number": n,
                "objective_numbers": str(n),
                "event": EventFactory(),
                "decision": DecisionFactory(minutes=MinutesFactory()),
                "resource": SharedResourceFactory(),
                "page": GuidePageFactory(),
            }
            for n in numbers
        ],
        fundings=[{**FUNDING, "number": n} for n in numbers],
        sources=[{**SOURCES[0], "funding_number": n} for n in numbers],
    )
    page.save()


def test_queries_do_not_grow_with_rows(read, count_queries):
    page = ProjectPageFactory()
    fill(page, 1)
    urls = (page.url, "/projets/", page.fundings_url, page.actions_url)
    for url in urls:
        of_one = count_queries(lambda url=url: read(url))
        rows = ProjectPage.objects.get(pk=page.pk)
        fill(rows, 2)
        for number in (2, 3):
            ProjectPageFactory(title=f"Autre {number}", phases=PHASES)
        assert count_queries(lambda url=url: read(url)) == of_one


def test_project_is_found_by_its_rows():
    page = ProjectPageFactory(
        title="Ensemble",
        introduction="À plusieurs.",
        territory="Aquitaine",
        partners=[{"name": "Kokerboom", "role": "Pense."}],
        phases=PHASES,
        objectives=OBJECTIVES,
        actions=ACTIONS,
        fundings=[FUNDING],
    )
    [entry] = page.search_entries()
    assert (entry.kind, entry.title, entry.summary) == (
        "project",
        "Ensemble",
        "À plusieurs.",
    )
    words = ("Aquitaine", "Kokerboom", "Prospecter", "Repérer", "Louer", "2011.1775")
    assert [word for word in words if word not in entry.body] == []


def test_partner_that_is_a_draft_is_not_found_by_search():
    page = ProjectPageFactory(
        partners=[{"space": SpaceFactory(name="Canari", live=False)}]
    )
    [entry] = page.search_entries()
    assert "Canari" not in entry.body


def test_editor_previews_rows_that_are_not_saved(client):
    page = ProjectPageFactory(live=False)
    add_project_rows(
        page,
        partners=[{"space": SpaceFactory(name="L’Estran"), "is_coordinator": True}],
        phases=PHASES,
        objectives=OBJECTIVES,
        actions=ACTIONS,
        fundings=[FUNDING],
        sources=SOURCES,
    )
    client.force_login(personas.admin())
    response = page.make_preview_request()
    assert response.status_code == 200
    html = response.render().content.decode()
    assert [
        word for word in ("L’Estran", "Prospecter", "Repérer", "Écrire", "38 040 €")
        if word not in html.replace("\u00a0", " ").replace("\u202f", " ")
    ] == []  # fmt: skip
