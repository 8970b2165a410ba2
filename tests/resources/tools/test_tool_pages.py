"""Where members say which tools their spaces use, and where everybody reads it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from network.models import Space
from resources.enums import ResourceKind
from resources.models import SharedResource, ToolUse
from resources.tools.panels import MemberToolsPanel, SpaceToolsPanel
from tests import personas
from tests.factories.network import SpaceFactory
from tests.factories.resources import SharedResourceFactory

pytestmark = pytest.mark.django_db

LIST = "/espace/outils/"


@pytest.fixture
def person():
    return personas.member(
        spaces=[
            SpaceFactory(name="Ti Numerik", slug="ti-numerik"),
            SpaceFactory(name="Ty Bihan", slug="ty-bihan"),
        ]
    )


@pytest.fixture
def member(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def tool():
    return make_tool("Paheko", slug="paheko")


def make_tool(title, **fields):
    return SharedResourceFactory(
        title=title, kind=ResourceKind.TOOL, licence="", **fields
    )


def use(tool, slug, *purposes, since=None):
    return ToolUse.objects.create(
        resource=tool,
        space=Space.objects.get(slug=slug),
        purposes=list(purposes),
        since=since,
    )


def page_of(tool, space="ti-numerik"):
    return f"{LIST}{tool.slug}/{space}/"


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


def words(response):
    return " ".join(read(response).get_text().split())


def test_member_says_what_a_space_uses_changes_it_and_takes_it_back(member, tool):
    make_tool("GRR")
    soup = read(member.get(LIST))
    assert texts(soup, "h3") == ["GRR", "Paheko"]

    sent = member.post(page_of(tool), {"purposes": ["booking", "access"], "since": ""})
    assert (sent.status_code, sent.url) == (302, f"{LIST}?lieu=ti-numerik")
    soup = read(member.get(sent.url))
    assert texts(soup, "[aria-labelledby=used] h3") == ["Paheko"]
    assert "réservations, portes et accès" in soup.get_text()
    assert "Enregistré : Ti Numerik utilise « Paheko »." in words(
        member.post(
            page_of(tool), {"purposes": ["booking"], "since": 2024}, follow=True
        )
    ).replace("\xa0", " ")

    form = read(member.get(page_of(tool)))
    assert [one["value"] for one in form.select("[checked]")] == ["booking"]
    assert form.select_one("[name=since]")["value"] == "2024"

    member.post(f"{page_of(tool)}retirer/")
    again = member.post(f"{page_of(tool)}retirer/", follow=True)
    assert "Votre lieu ne figure pas parmi ceux qui l’utilisent." in words(again)
    assert not ToolUse.objects.exists()


def test_each_space_has_its_own_list(member, tool):
    use(tool, "ty-bihan", "booking")
    assert texts(read(member.get(LIST)), "[aria-labelledby=used] h3") == []
    soup = read(member.get(f"{LIST}?lieu=ty-bihan"))
    assert texts(soup, "[aria-labelledby=used] h3") == ["Paheko"]
    assert soup.select_one("main [aria-current=page][href]").get_text() == "Ty Bihan"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "cochez au moins une case"),
        ({"purposes": ["booking", "espionage"]}, "n’est pas dans la liste"),
        ({"purposes": ["booking"], "since": "bientôt"}, "en quatre chiffres"),
        ({"purposes": ["booking"], "since": "2999"}, "au plus tard celle-ci"),
        ({"purposes": ["booking"], "since": "9" * 400}, "Erreur"),
    ],
)
def test_wrong_answer_is_said_and_the_rest_kept(member, tool, answers, sentence):
    response = member.post(page_of(tool), answers)
    assert response.status_code == 422
    assert sentence in words(response)
    checked = [one["value"] for one in read(response).select("[checked]")]
    assert checked == [one for one in answers.get("purposes", []) if one == "booking"]
    assert not ToolUse.objects.exists()


def test_another_space_is_refused_in_a_sentence(member, tool):
    SpaceFactory(slug="autre")
    answers = {"purposes": ["booking"]}
    responses = [
        member.get(f"{LIST}?lieu=autre"),
        member.get(page_of(tool, "autre")),
        member.post(page_of(tool, "autre"), answers),
        member.post(page_of(tool, "inconnu"), answers),
        member.post(f"{page_of(tool, 'autre')}retirer/"),
    ]
    assert [one.status_code for one in responses] == [403] * 5
    assert all("Vous ne parlez pas pour ce lieu" in words(one) for one in responses)
    assert not ToolUse.objects.exists()


def test_what_is_not_a_tool_or_no_longer_one_is_said(member, tool):
    answers = {"purposes": ["booking"]}
    other = SharedResourceFactory(slug="budget")
    seen = member.get(page_of(other), follow=True)
    assert "n’est pas un outil" in words(seen)
    sent = member.post(page_of(other), answers)
    assert (sent.status_code, "n’est pas un outil" in words(sent)) == (409, True)
    SharedResource.objects.filter(pk=tool.pk).update(live=False)
    assert member.get(page_of(tool)).status_code == 404
    late = member.post(page_of(tool), answers)
    assert (late.status_code, "n’est plus dans la liste" in words(late)) == (409, True)
    assert member.get(f"{LIST}rien/ti-numerik/").status_code == 404
    assert not ToolUse.objects.exists()


def test_tool_that_is_gone_can_be_taken_off(member, tool):
    use(tool, "ti-numerik", "booking")
    SharedResource.objects.filter(pk=tool.pk).update(live=False)
    soup = read(member.get(LIST))
    [form] = soup.select("[aria-labelledby=used] form")
    assert form["action"] == f"{page_of(tool)}retirer/"


def test_without_any_tool_the_list_says_so(member):
    assert "Aucun outil n’est encore dans la liste" in words(member.get(LIST))


@pytest.mark.parametrize("make", [personas.editor, personas.moderator])
def test_who_speaks_for_no_space_is_told_so(client, tool, make):
    client.force_login(make())
    assert client.get(LIST).status_code == 403
    assert client.post(page_of(tool), {"purposes": ["booking"]}).status_code == 403
    assert not ToolUse.objects.exists()


def test_tool_page_names_the_spaces_and_what_for(client, tool):
    for name, slug, fields in (
        ("Viaduc", "viaduc", {}),
        ("Écluse", "ecluse", {}),
        ("Canari", "canari", {"live": False}),
    ):
        SpaceFactory(name=name, slug=slug, **fields)
        use(tool, slug, "invoicing", "booking", since=2021)
    soup = read(client.get("/ressources/paheko/"))
    assert texts(soup, "#tool-uses") == ["2 lieux l’utilisent"]
    assert texts(soup, "#lieux li") == [
        "Écluseréservations, devis et factures (depuis 2021)",
        "Viaducréservations, devis et factures (depuis 2021)",
    ]
    SharedResourceFactory(slug="budget")
    assert read(client.get("/ressources/budget/")).select("#lieux") == []
    alone = make_tool("GRR", slug="grr")
    soup = read(client.get(alone.get_absolute_url()))
    assert texts(soup, "#tool-uses") == ["Qui l’utilise"]


def test_queries_do_not_grow_with_spaces_and_tools(client, member, tool, count_queries):
    def add(number):
        space = SpaceFactory(slug=f"lieu-{number}")
        use(make_tool(f"Outil {number}"), "ti-numerik", "booking")
        use(tool, space.slug, "booking")

    urls = (tool.get_absolute_url(), LIST, "/lieux/ti-numerik/")
    add(1)
    of_one = [count_queries(lambda url=url: client.get(url)) for url in urls]
    add(2)
    add(3)
    assert [count_queries(lambda url=url: client.get(url)) for url in urls] == of_one


def test_space_shows_its_tools(rf, tool, person):
    space = Space.objects.get(slug="ti-numerik")
    panel = SpaceToolsPanel()
    assert panel.render(rf.get("/"), space) == ""
    use(tool, "ti-numerik", "access", since=2024)
    use(make_tool("Canari", live=False), "ti-numerik", "access")
    use(make_tool("Canari"), "ty-bihan", "access")
    soup = BeautifulSoup(panel.render(rf.get("/"), space), "html.parser")
    assert texts(soup, "li") == ["Pahekoportes et accès (depuis 2024)"]


def test_member_panel_leads_to_the_list(rf, tool, person):
    request = rf.get("/")
    request.user = person
    panel = MemberToolsPanel()
    assert "Réservations, cotisations, factures" in panel.render(request)
    use(tool, "ti-numerik", "access")
    use(tool, "ty-bihan", "access")
    soup = BeautifulSoup(panel.render(request), "html.parser")
    assert texts(soup, "section > p") == ["Paheko."]
    request.user = personas.editor()
    assert panel.render(request) == ""
    SharedResource.objects.all().delete()
    request.user = person
    assert panel.render(request) == ""
