"""The pages on which a charter is drafted together, in the three places of the site."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from resources.enums import AmendmentState, CommentState
from resources.models import Amendment, AmendmentComment, AmendmentRound, Article
from resources.services.amendments import (
    answer_amendment,
    comment_amendment,
    support_amendment,
)
from resources.services.charters import publish_version
from tests import personas
from tests.factories.network import SpaceFactory
from tests.resources.amending import AFTER, NOW, make_round, propose
from tests.resources.signing import ADOPTED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def drafting():
    return make_round()


@pytest.fixture
def person(client):
    person = personas.member()
    client.force_login(person)
    return person


@pytest.fixture
def round_url(drafting):
    return f"/espace/projets-de-charte/{drafting.pk}/"


@pytest.fixture
def propose_url(round_url):
    return f"{round_url}ouvrir-la-porte/"


def read(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [
        " ".join(one.get_text(" ").replace("\u00a0", " ").split())
        for one in soup.select(selector)
    ]


def form_values(soup):
    return {
        one["name"]: one.get("value") or one.get_text().removeprefix("\r\n").strip("\n")
        for one in soup.select("main form.form :is(input[name], textarea)")
    }


def test_member_finds_the_draft_and_amends_an_article(
    client, drafting, person, round_url, propose_url
):
    assert round_url in client.get("/espace/").content.decode()
    assert round_url in client.get("/espace/chartes/").content.decode()
    soup = read(client.get(round_url))
    assert texts(soup, "h1") == ["Projet de version 2"]
    assert texts(soup, ".clause h3") == [
        "Article 1 : Ouvrir la porte §",
        "Article 2 : À voix égale §",
    ]
    assert soup.select_one(".clause-after a")["href"] == propose_url
    soup = read(client.get(propose_url))
    assert texts(soup, ".files.section-gap a") == [
        "le texte de l’article",
        "1.1 Premier critère de « Ouvrir la porte »",
        "1.2 Second critère de « Ouvrir la porte »",
        "un nouveau critère",
    ]
    soup = read(client.get(f"{propose_url}?sur=text"))
    values = form_values(soup)
    assert values["proposal"] == "Texte de « Ouvrir la porte »."
    response = client.post(
        propose_url,
        values | {"proposal": "La porte est ouverte.", "reason": "Le froid"},
    )
    amendment = Amendment.objects.get()
    assert response.url == f"/espace/amendements/{amendment.pk}/"
    soup = read(client.get(response.url))
    assert texts(soup, ".amended del, .amended ins") != []
    soup = read(client.get(round_url))
    assert texts(soup, ".clause-after .files li") == [
        "N° 1, par Ti Numerik attend une réponse"
    ]


def test_mistake_keeps_what_was_written(client, drafting, person, propose_url):
    values = {"target": "text", "original": "Texte de « Ouvrir la porte »."}
    soup = read(
        client.post(propose_url, values | {"proposal": "Neuf", "reason": ""}), 422
    )
    assert soup.select_one("textarea[name=proposal]").get_text().strip() == "Neuf"
    same = {"proposal": "Texte de « Ouvrir la porte ».", "reason": "Pour voir"}
    soup = read(client.post(propose_url, values | same), 422)
    assert (
        "C’est le texte tel qu’il est" in soup.select_one(".error-summary").get_text()
    )
    new = {"target": "new_criterion", "original": "", "proposal": "x" * 501}
    soup = read(client.post(propose_url, new | {"reason": "Long"}), 422)
    assert "500 caractères au plus" in soup.get_text()
    assert not Amendment.objects.exists()


def test_draft_that_changed_is_shown_and_can_be_amended_again(
    client, drafting, person, propose_url
):
    Article.objects.filter(version=drafting.version, number=1).update(text="Nouveau.")
    values = {
        "target": "text",
        "original": "Texte de « Ouvrir la porte ».",
        "proposal": "La mienne",
        "reason": "Le froid",
    }
    soup = read(client.post(propose_url, values), 409)
    assert texts(soup, "blockquote") == ["Nouveau."]
    again = form_values(soup)
    assert (again["original"], again["proposal"]) == ("Nouveau.", "La mienne")
    assert client.post(propose_url, again).status_code == 302


@pytest.mark.parametrize("target", ["0" * 32, "rien", ""])
def test_criterion_that_is_gone_is_said_and_the_text_kept(
    client, drafting, person, propose_url, target
):
    values = {"target": target, "original": "", "proposal": "Mot", "reason": "Un"}
    soup = read(client.post(propose_url, values), 409)
    assert "n’est plus dans le projet" in soup.select_one(".notice").get_text()
    assert soup.select_one("textarea[name=proposal]").get_text().strip() == "Mot"
    if target:
        page = client.get(f"{propose_url}?sur={target}", follow=True).content.decode()
        assert "n’est plus dans le projet" in page


def test_round_that_is_over_takes_nothing(client, drafting, person, propose_url):
    amendment = propose(drafting, by=personas.other_member())
    AmendmentRound.objects.update(closes_on=datetime.date(2026, 11, 1))
    values = {
        "target": "text",
        "original": "Texte de « Ouvrir la porte ».",
        "proposal": "Mot",
        "reason": "Un",
    }
    soup = read(client.post(propose_url, values), 409)
    assert "ne prend plus ni amendement" in soup.select_one(".notice").get_text()
    assert client.get(propose_url).status_code == 302
    url = amendment.get_absolute_url()
    soup = read(client.post(url, {"text": "Bravo"}), 409)
    assert "Bravo" not in texts(soup, ".changes")
    soup = read(client.get(url))
    assert soup.select("main form") == []


def test_round_that_has_not_begun_is_unknown(client, drafting, person, round_url):
    amendment = propose(drafting, by=person)
    AmendmentRound.objects.update(opens_on=datetime.date(2026, 11, 3))
    assert client.get(round_url).status_code == 404
    assert client.get(amendment.get_absolute_url()).status_code == 404
    assert round_url not in client.get("/espace/chartes/").content.decode()


def test_support_is_given_and_taken_back(client, drafting, person):
    amendment = propose(drafting, by=personas.other_member())
    url = amendment.get_absolute_url()
    space = personas.space_of(person)
    assert "Le soutenir pour Ti Numerik" in client.get(url).content.decode()
    client.post(f"{url}soutenir/", {"space": space.slug, "support": "yes"})
    assert amendment.supports.count() == 1
    assert "Retirer le soutien" in client.get(url).content.decode()
    client.post(f"{url}soutenir/", {"space": space.slug, "support": "no"})
    assert amendment.supports.count() == 0
    refused = client.post(f"{url}soutenir/", {"space": "semaphore"})
    assert refused.status_code == 403


def test_comment_is_read_by_its_space_until_a_moderator_shows_it(
    client, drafting, person
):
    amendment = propose(drafting, by=personas.other_member())
    url = amendment.get_absolute_url()
    client.post(url, {"text": "Un mot <b>fort</b>"})
    page = client.get(url).content.decode()
    assert "Un mot &lt;b&gt;fort&lt;/b&gt;" in page
    assert "attend la modération" in page
    client.force_login(personas.member("tiers@hub.test", spaces=[SpaceFactory()]))
    assert "Un mot" not in client.get(url).content.decode()
    moderator = personas.moderator()
    client.force_login(moderator)
    comment = AmendmentComment.objects.get()
    viewset = AmendmentComment.snippet_viewset
    listing = client.get(reverse(viewset.get_url_name("list"))).content.decode()
    moderate = reverse(viewset.get_url_name("moderate"), args=[comment.pk])
    assert moderate in listing
    assert "Un mot" in client.get(moderate).content.decode()
    refused = client.post(moderate, {"decision": "refuse", "refusal": ""})
    assert "Dites pourquoi" in refused.content.decode()
    client.post(moderate, {"decision": "show", "refusal": ""})
    late = client.post(moderate, {"decision": "refuse", "refusal": "Non"})
    assert "déjà relu" in late.content.decode()
    client.force_login(personas.member("quatre@hub.test", spaces=[SpaceFactory()]))
    assert "Un mot" in client.get(url).content.decode()


def test_editor_answers_in_the_admin(client, drafting):
    amendment = propose(drafting, by=personas.member(), text="La porte est ouverte.")
    client.force_login(personas.editor())
    viewset = Amendment.snippet_viewset
    url = reverse(viewset.get_url_name("answer"), args=[amendment.pk])
    assert url in client.get(reverse(viewset.get_url_name("list"))).content.decode()
    assert "Le froid." in client.get(url).content.decode()
    values = {"state": "refused", "answer": "Non.", "is_applied": "on"}
    assert "tel quel" in client.post(url, values).content.decode()
    client.post(url, values | {"state": "accepted", "answer": "Oui."})
    amendment.refresh_from_db()
    assert amendment.state == AmendmentState.ACCEPTED
    assert amendment.article.text == "La porte est ouverte."
    late = client.post(url, {"state": "refused", "answer": "Non."})
    assert "a reçu sa réponse" in late.content.decode()


def test_editor_opens_a_draft(client, drafting):
    client.force_login(personas.editor())
    url = reverse(AmendmentRound.snippet_viewset.get_url_name("add"))
    values = {"opens_on": "2026-11-10", "closes_on": "2026-11-09", "introduction": ""}
    published = drafting.version.charter.versions.get(number=1)
    page = client.post(url, values | {"version": published.pk}).content.decode()
    assert "La fin est avant le début" in page
    values["closes_on"] = "2026-11-20"
    page = client.post(url, values | {"version": published.pk}).content.decode()
    assert "Cette version est publiée" in page
    assert AmendmentRound.objects.count() == 1


def test_publishing_waits_for_answers_in_the_admin(client, drafting):
    propose(drafting, by=personas.member())
    client.force_login(personas.editor())
    viewset = drafting.version.snippet_viewset
    url = reverse(viewset.get_url_name("publish"), args=[drafting.version_id])
    page = client.post(url, {"adopted_on": "2026-11-02"}).content.decode()
    assert "Des membres amendent encore ce projet" in page


def test_article_leads_back_to_its_amendments_once_published(
    client, drafting, person, django_assert_num_queries
):
    accepted = propose(drafting, by=person, text="La porte est ouverte.")
    refused = propose(drafting, by=person, text="Fermons.")
    withdrawn = propose(drafting, by=person, text="Canari.")
    Amendment.objects.filter(pk=withdrawn.pk).update(state=AmendmentState.WITHDRAWN)
    support_amendment(
        accepted,
        space=personas.space_of(one := personas.other_member()),
        by=one,
        now=NOW,
    )
    comment_amendment(
        accepted, text="Chut", space=personas.space_of(one), by=one, now=NOW
    )
    AmendmentComment.objects.update(state=CommentState.SHOWN)
    editor = personas.editor()
    for amendment, state in ((accepted, "accepted"), (refused, "refused")):
        answer_amendment(
            amendment,
            state=state,
            answer="Merci.",
            by=editor,
            now=AFTER,
            is_applied=state == "accepted",
        )
    client.logout()
    assert client.get("/charte/v/2/amendements/").status_code == 404
    publish_version(drafting.version, adopted_on=ADOPTED, now=AFTER)
    soup = read(client.get("/charte/"))
    assert [one["href"] for one in soup.select("#ouvrir-la-porte .quiet a")] == [
        "/charte/v/2/amendements/#amendement-1"
    ]
    soup = read(client.get("/charte/v/2/amendements/"))
    assert texts(soup, ".changes h2") == [
        "N° 1, par Ti Numerik",
        "N° 2, par Ti Numerik",
    ]
    assert texts(soup, ".changes .status") == ["accepté", "refusé"]
    words = soup.get_text()
    assert "Merci." in words
    assert "Chut" not in words
    assert "Canari" not in words
    assert client.get("/charte/v/1/amendements/").status_code == 404


@pytest.mark.parametrize("total", [1, 3])
def test_pages_cost_the_same_for_one_amendment_and_three(
    client, drafting, person, total, django_assert_num_queries
):
    other = personas.other_member()
    for number in range(total):
        amendment = propose(drafting, by=person, text=f"Numéro {number}")
        support_amendment(amendment, space=personas.space_of(other), by=other, now=NOW)
        comment_amendment(
            amendment, text="Oui", space=personas.space_of(person), by=person, now=NOW
        )
    for url, queries in (
        (drafting.get_absolute_url(), 15),
        (amendment.get_absolute_url(), 12),
    ):
        client.get(url)
        with django_assert_num_queries(queries):
            client.get(url)


def test_form_of_the_draft_does_not_undo_an_amendment_unseen(client, drafting):
    amendment = propose(drafting, by=personas.member(), text="La porte est ouverte.")
    editor = personas.editor()
    client.force_login(editor)
    version = drafting.version
    url = reverse(version.snippet_viewset.get_url_name("edit"), args=[version.pk])
    soup = read(client.get(url))
    values = {
        one["name"]: one.get("value", "")
        if one.name == "input"
        else one.get_text().strip("\n")
        for one in soup.select("form :is(input[name], textarea[name])")
        if "__prefix__" not in one["name"] and one.get("type") != "checkbox"
    }
    for select in soup.select("form select[name]"):
        if "__prefix__" not in select["name"]:
            values[select["name"]] = select.select_one("[selected]")["value"]
    answer_amendment(
        amendment, state="accepted", answer="Oui.", by=editor, now=NOW, is_applied=True
    )
    soup = read(client.post(url, values))
    assert "Le projet a changé depuis que vous l’avez ouvert" in soup.get_text()
    assert Article.objects.get(pk=amendment.article_id).text == (
        "La porte est ouverte."
    )
    again = values | {"seen": soup.select_one("input[name=seen]")["value"]}
    assert client.post(url, again).status_code == 302
    assert Article.objects.get(pk=amendment.article_id).text == (
        "Texte de « Ouvrir la porte »."
    )
