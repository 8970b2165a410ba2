"""Charters: what the public reads, and what nobody can change any more."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from cms.models import User
from resources.domain.charters import TextIsNotReady, TextIsPublished
from resources.enums import CharterQuestion, VersionState
from resources.models import Article, CharterVersion, Criterion
from resources.services.charters import draft_next_version, publish_version
from tests.factories.resources import (
    CharterFactory,
    CharterPageFactory,
    CharterVersionFactory,
)

pytestmark = pytest.mark.django_db
ADOPTED = datetime.date(2026, 3, 12)
NOW = datetime.datetime(2026, 3, 12, 18, 0, tzinfo=datetime.UTC)


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text(" ").split()) for one in soup.select(selector)]


@pytest.fixture
def charter():
    charter = CharterFactory(title="Charte du réseau")
    CharterPageFactory(charter=charter, title="Ce que nous signons")
    return charter


@pytest.fixture
def published(charter):
    return CharterVersionFactory(charter=charter, published=ADOPTED)


def test_page_shows_the_current_version(client, charter, published):
    CharterVersionFactory(
        charter=charter, published=ADOPTED, texts=["Compter ensemble"]
    )
    soup = read(client, "/charte/")
    assert texts(soup, "h1") == ["Ce que nous signons"]
    assert texts(soup, ".clause h3") == ["Article 1 : Compter ensemble §"]
    assert [link["href"] for link in soup.select(".charter-title a")] == [
        "/charte/v/1/"
    ]


def test_articles_stand_under_their_question_each_with_its_anchor(client, published):
    soup = read(client, "/charte/")
    assert texts(soup, ".charter h2") == ["Charte du réseau", "Pourquoi ?", "Qui ?"]
    assert [clause["id"] for clause in soup.select(".clause")] == [
        "ouvrir-la-porte",
        "a-voix-egale",
    ]
    assert [link["href"] for link in soup.select(".toc a")] == [
        "#ouvrir-la-porte",
        "#a-voix-egale",
    ]
    assert texts(soup, ".criteria b") == ["1.1", "1.2", "2.1", "2.2"]
    assert texts(soup, ".criteria .tag") == ["réputé démissionnaire"] * 2
    assert soup.select("[id='critere-2.1']") != []


def test_older_version_keeps_its_address_and_says_which_is_in_force(client, charter):
    for title in ("Première", "Seconde"):
        CharterVersionFactory(charter=charter, published=ADOPTED, texts=[title])
    soup = read(client, "/charte/v/1/")
    assert texts(soup, ".clause h3") == ["Article 1 : Première §"]
    assert texts(soup, ".notice p") == [
        "Vous lisez la version 1, gardée pour mémoire. La version 2 est en vigueur. "
        "Lire le texte en vigueur"
    ]
    assert texts(read(client, "/charte/v/2/"), ".notice") == []


@pytest.mark.parametrize("number", ["2", "3", "99999999999999999999"])
def test_unknown_and_draft_versions_are_not_found(client, charter, published, number):
    CharterVersionFactory(charter=charter)
    assert client.get(f"/charte/v/{number}/").status_code == 404


def test_draft_stays_out_of_page_and_search(client, charter, published):
    CharterVersionFactory(charter=charter, texts=["Canari"])
    page = charter.pages.get()
    bodies = [entry.body for entry in page.search_entries()]
    assert "Canari" not in client.get("/charte/").content.decode()
    assert bodies == [
        "Ouvrir la porte\nTexte de « Ouvrir la porte ».\n"
        "Premier critère de « Ouvrir la porte »\n"
        "Second critère de « Ouvrir la porte »\n"
        "À voix égale\nTexte de « À voix égale ».\n"
        "Premier critère de « À voix égale »\n"
        "Second critère de « À voix égale »"
    ]


def test_page_of_a_charter_without_published_version_says_so(client, charter):
    CharterVersionFactory(charter=charter, texts=["Canari"])
    soup = read(client, "/charte/")
    assert texts(soup, ".empty h2") == ["Le texte est en cours d’écriture"]
    assert "Canari" not in soup.get_text()


def test_queries_do_not_grow_with_articles(client, count_queries, charter):
    CharterVersionFactory(charter=charter, published=ADOPTED, texts=["Un"])
    of_one = count_queries(lambda: read(client, "/charte/"))
    CharterVersionFactory(
        charter=charter, published=ADOPTED, texts=["Un", "Deux", "Trois"]
    )
    assert count_queries(lambda: read(client, "/charte/")) == of_one


def test_articles_may_change_places_and_keep_their_anchors(charter):
    draft = CharterVersionFactory(charter=charter)
    first, second = draft.ordered_articles
    first.sort_order, second.sort_order = 1, 0
    draft.articles = [first, second]
    draft.arrange_text()
    draft.save()
    stored = CharterVersion.objects.with_text().get(pk=draft.pk)
    assert [
        (one.number, one.slug, [c.number for c in one.criteria.all()])
        for one in stored.ordered_articles
    ] == [(1, "a-voix-egale", ["1.1", "1.2"]), (2, "ouvrir-la-porte", ["2.1", "2.2"])]


def test_same_titles_get_different_anchors(charter):
    draft = CharterVersionFactory(charter=charter, texts=["Voix", "Voix", "Voix"])
    assert [one.slug for one in draft.ordered_articles] == ["voix", "voix-2", "voix-3"]


# -- A published text never changes --------------------------------------------------


def change_version(version):
    version.preamble = "Autre"
    version.save()


def change_article(version):
    article = version.articles.first()
    article.text = "Autre"
    article.save()


def change_criterion(version):
    criterion = Criterion.objects.filter(article__version=version).first()
    criterion.text = "Autre"
    criterion.save()


def add_criterion(version):
    Criterion(article=version.articles.first(), text="Autre").save()


def add_articles_in_bulk(version):
    Article.objects.bulk_create(
        [Article(version=version, title="Autre", question=CharterQuestion.WHY)]
    )


def move_article_away(version):
    other = CharterVersionFactory(charter=version.charter)
    article = version.articles.first()
    article.version = other
    article.save()


CHANGES = [
    change_version,
    change_article,
    change_criterion,
    add_criterion,
    add_articles_in_bulk,
    move_article_away,
    lambda version: version.delete(),
    lambda version: version.articles.first().delete(),
    lambda version: Article.objects.filter(version=version).delete(),
    lambda version: Article.objects.filter(version=version).update(text="Autre"),
    lambda version: Criterion.objects.filter(article__version=version).delete(),
    lambda version: CharterVersion.objects.filter(pk=version.pk).update(
        state=VersionState.DRAFT
    ),
]


def snapshot(version):
    stored = CharterVersion.objects.with_text().get(pk=version.pk)
    return (
        stored.state,
        stored.preamble,
        [
            (one.title, one.text, [c.text for c in one.criteria.all()])
            for one in stored.ordered_articles
        ],
    )


@pytest.mark.parametrize("change", CHANGES)
def test_published_version_refuses_every_change(published, change):
    before = snapshot(published)
    with pytest.raises(TextIsPublished):
        change(published)
    assert snapshot(published) == before


@pytest.mark.parametrize("change", CHANGES)
def test_draft_accepts_every_change(charter, change):
    draft = CharterVersionFactory(charter=charter)
    change(draft)


def test_version_is_published_once(published):
    with pytest.raises(TextIsPublished):
        publish_version(published, adopted_on=ADOPTED, now=NOW)


def test_empty_version_cannot_be_published(charter):
    draft = CharterVersionFactory(charter=charter, texts=[])
    with pytest.raises(TextIsNotReady):
        publish_version(draft, adopted_on=ADOPTED, now=NOW)


def test_next_version_copies_text_and_anchors_as_a_draft(charter, published):
    draft = draft_next_version(charter)
    assert (draft.number, draft.state) == (2, VersionState.DRAFT)
    assert snapshot(draft)[1:] == snapshot(published)[1:]
    assert [one.slug for one in draft.ordered_articles] == [
        "ouvrir-la-porte",
        "a-voix-egale",
    ]


# -- In the admin --------------------------------------------------------------------


def admin_url(name, *args):
    return reverse(CharterVersion.snippet_viewset.get_url_name(name), args=args)


def article_fields(index, title, criteria, pk=""):
    prefix = f"articles-{index}"
    fields = {
        f"{prefix}-id": pk,
        f"{prefix}-ORDER": str(index + 1),
        f"{prefix}-DELETE": "",
        f"{prefix}-title": title,
        f"{prefix}-question": "why",
        f"{prefix}-text": f"Texte de {title}",
        f"{prefix}-slug": "",
        f"{prefix}-criteria-TOTAL_FORMS": str(len(criteria)),
        f"{prefix}-criteria-INITIAL_FORMS": "0",
        f"{prefix}-criteria-MIN_NUM_FORMS": "0",
        f"{prefix}-criteria-MAX_NUM_FORMS": "1000",
    }
    for rank, text in enumerate(criteria):
        fields |= {
            f"{prefix}-criteria-{rank}-id": "",
            f"{prefix}-criteria-{rank}-ORDER": str(rank + 1),
            f"{prefix}-criteria-{rank}-DELETE": "",
            f"{prefix}-criteria-{rank}-text": text,
            f"{prefix}-criteria-{rank}-kind": "commitment",
        }
    return fields


def version_fields(charter, *articles):
    fields = {
        "charter": str(charter.pk),
        "preamble": "",
        "change_note": "",
        "articles-TOTAL_FORMS": str(len(articles)),
        "articles-INITIAL_FORMS": "0",
        "articles-MIN_NUM_FORMS": "0",
        "articles-MAX_NUM_FORMS": "1000",
    }
    for index, (title, criteria) in enumerate(articles):
        fields |= article_fields(index, title, criteria)
    return fields


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser(email="admin@hub.invalid"))
    return client


def test_editor_writes_a_version_with_articles_and_criteria(editor, charter):
    fields = version_fields(charter, ("Ouvrir", ["Un", "Deux"]), ("Ouvrir", ["Trois"]))
    response = editor.post(admin_url("add"), fields)
    assert response.status_code == 302
    version = CharterVersion.objects.with_text().get()
    assert (version.number, version.state) == (1, VersionState.DRAFT)
    assert [
        (one.number, one.slug, [(c.number, c.text) for c in one.criteria.all()])
        for one in version.ordered_articles
    ] == [
        (1, "ouvrir", [("1.1", "Un"), ("1.2", "Deux")]),
        (2, "ouvrir-2", [("2.1", "Trois")]),
    ]


def test_late_form_on_a_published_version_explains_and_keeps_the_text(
    editor, charter, published
):
    before = snapshot(published)
    fields = version_fields(charter, ("Tout autre chose", []))
    response = editor.post(admin_url("edit", published.pk), fields)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Cette version est publiée" in page
    assert "Tout autre chose" in page
    assert snapshot(published) == before


def test_published_version_opens_to_be_read(editor, published):
    response = editor.get(admin_url("edit", published.pk))
    assert response.status_code == 302
    assert response.url == admin_url("inspect", published.pk)
    assert "Ouvrir la porte" in editor.get(response.url).content.decode()


def test_published_version_cannot_be_deleted_in_the_admin(editor, published):
    response = editor.post(admin_url("delete", published.pk))
    assert response.status_code == 302
    assert CharterVersion.objects.filter(pk=published.pk).exists()


def test_published_version_cannot_be_deleted_in_bulk(editor, published):
    url = reverse("wagtail_bulk_action", args=("resources", "charterversion", "delete"))
    response = editor.post(f"{url}?id={published.pk}")
    assert response.status_code == 302
    assert CharterVersion.objects.filter(pk=published.pk).exists()


def test_moderator_publishes_a_draft(editor, charter):
    draft = CharterVersionFactory(charter=charter)
    page = editor.get(admin_url("edit", draft.pk)).content.decode()
    assert admin_url("publish", draft.pk) in page
    response = editor.post(admin_url("publish", draft.pk), {"adopted_on": "2026-03-12"})
    draft.refresh_from_db()
    assert response.status_code == 302
    assert (draft.state, draft.adopted_on) == (VersionState.PUBLISHED, ADOPTED)


def test_publishing_needs_a_day_and_an_article(editor, charter):
    empty = CharterVersionFactory(charter=charter, texts=[])
    no_day = editor.post(admin_url("publish", empty.pk), {"adopted_on": "demain"})
    no_text = editor.post(admin_url("publish", empty.pk), {"adopted_on": "2026-03-12"})
    empty.refresh_from_db()
    assert (no_day.status_code, no_text.status_code) == (200, 200)
    assert "Écrivez d’abord au moins un article." in no_text.content.decode()
    assert empty.state == VersionState.DRAFT


def test_next_version_opens_from_a_published_one(editor, charter, published):
    response = editor.post(admin_url("next_version", published.pk))
    draft = CharterVersion.objects.get(charter=charter, number=2)
    assert response.url == admin_url("edit", draft.pk)


def test_publishing_needs_its_permission(client, charter):
    draft = CharterVersionFactory(charter=charter)
    writer = User.objects.create_user(email="writer@hub.invalid")
    writer.user_permissions.set(
        Permission.objects.filter(
            codename__in=["access_admin", "change_charterversion"]
        )
    )
    editor = User.objects.create_user(email="editor@hub.invalid")
    editor.groups.add(Group.objects.get(name="Editors"))
    seen = {}
    for user in (writer, editor):
        client.force_login(user)
        edit = client.get(admin_url("edit", draft.pk))
        publish = client.post(admin_url("publish", draft.pk), {"adopted_on": ""})
        offered = admin_url("publish", draft.pk) in edit.content.decode()
        seen[user.email] = (edit.status_code, offered, publish.status_code)
    assert seen == {
        "writer@hub.invalid": (200, False, 302),
        "editor@hub.invalid": (200, True, 200),
    }
