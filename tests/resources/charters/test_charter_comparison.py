"""Two versions side by side, and a charter beside the one it was adapted from."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse

from cms.models import User
from cms.roles import ensure_roles
from resources.domain.charter_changes import compare_words
from resources.domain.charters import TextIsNotReady
from resources.models import Article, Charter, CharterVersion, Criterion
from resources.services.charters import (
    adapt_version,
    draft_next_version,
    publish_version,
    write_reasons,
)
from resources.templatetags.charters import changed_words
from tests.factories.resources import (
    CharterFactory,
    CharterPageFactory,
    CharterVersionFactory,
)

pytestmark = pytest.mark.django_db
ADOPTED = datetime.date(2016, 6, 15)
NOW = datetime.datetime(2016, 6, 15, 12, 0, tzinfo=datetime.UTC)


def read(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text(" ").split()) for one in soup.select(selector)]


def changes(soup, heading):
    return texts(soup, f"section[aria-labelledby={heading}] .changes > li")


@pytest.fixture
def grand_lyon():
    charter = CharterFactory(
        title="Charte Coworking Grand Lyon", issuer="Coworking Grand Lyon"
    )
    return CharterVersionFactory(
        charter=charter, texts=["Une communauté"], published=ADOPTED
    )


@pytest.fixture
def region(grand_lyon):
    """Adapted: one criterion kept, one removed, one changed, one added."""
    draft = adapt_version(grand_lyon, title="Charte régionale", slug="region")
    article = draft.articles.get()
    _kept, gone = article.ordered_criteria
    Criterion.objects.filter(pk=gone.pk).delete()
    added = Criterion.objects.create(
        article=article, number="1.2", text="Aider à créer", sort_order=2
    )
    write_reasons(
        draft,
        {
            gone.key: "Les lieux de la Drôme sont plus petits.",
            added.key: "C’est notre métier.",
        },
    )
    return publish_version(draft, adopted_on=ADOPTED, now=NOW)


def test_lineage_says_what_became_of_each_criterion_and_why(client, region):
    CharterPageFactory(charter=region.charter)
    soup = read(client, "/charte/comparer/?de=origine&a=1")
    assert texts(soup, "h1") == ["D’où vient la charte"]
    assert changes(soup, "criteria-changes") == [
        "conservé 1.1 Premier critère de « Une communauté »",
        "retiré 1.2 [retiré : Second critère de « Une communauté » ] "
        "réputé démissionnaire Pourquoi : Les lieux de la Drôme sont plus petits.",
        "ajouté 1.2 [ajouté : Aider à créer ] Pourquoi : C’est notre métier.",
    ]
    assert texts(soup, "section[aria-labelledby=criteria-changes] > p") == [
        "1 conservé, 0 modifié, 1 retiré, 1 ajouté."
    ]


def test_page_says_what_it_was_adapted_from(client, region):
    CharterPageFactory(charter=region.charter)
    soup = read(client, "/charte/")
    link = soup.select_one(".charter-title a[href*=comparer]")
    assert link["href"] == "/charte/comparer/?de=origine&a=1"
    assert texts(soup, ".charter-title .quiet") == [
        "Adaptée de « Charte Coworking Grand Lyon », version 1. "
        "Ce qui a été conservé, modifié, retiré et ajouté"
    ]


def test_lineage_leads_to_the_page_of_the_first_text(client, grand_lyon, region):
    CharterPageFactory(charter=region.charter)
    url = "/charte/comparer/?de=origine&a=1"
    assert "Coworking Grand Lyon" in read(client, url).get_text()
    assert read(client, url).select("a[href='/grand-lyon/']") == []
    page = CharterPageFactory(charter=grand_lyon.charter, slug="grand-lyon")
    assert len(read(client, url).select("a[href='/grand-lyon/']")) == 1
    page.unpublish()
    assert read(client, url).select("a[href='/grand-lyon/']") == []


@pytest.fixture
def two_versions():
    charter = CharterFactory()
    CharterPageFactory(charter=charter)
    CharterVersionFactory(charter=charter, published=ADOPTED)
    draft = draft_next_version(charter)
    article = draft.articles.get(slug="a-voix-egale")
    Article.objects.filter(pk=article.pk).update(
        title="À voix très égale", text="Texte tout neuf de « À voix égale »."
    )
    Criterion.objects.filter(article=article, number="2.1").update(
        text="Premier engagement de « À voix égale »"
    )
    draft.articles.get(slug="ouvrir-la-porte").delete()
    publish_version(draft, adopted_on=ADOPTED, now=NOW)
    return charter


def test_two_versions_are_compared_article_by_article(client, two_versions):
    soup = read(client, "/charte/comparer/?de=1&a=2")
    assert changes(soup, "article-changes") == [
        "retiré 1. [retiré : Ouvrir la porte ] "
        "[retiré : Texte de « Ouvrir la porte ». ]",
        "modifié 2. À voix [ajouté : très ] égale "
        "Texte [ajouté : tout neuf ] de « À voix égale ».",
    ]
    assert [label.split()[0] for label in changes(soup, "criteria-changes")] == [
        "retiré",
        "retiré",
        "modifié",
        "conservé",
    ]


def test_address_without_words_is_the_last_step(client, two_versions):
    soup = read(client, "/charte/comparer/")
    chosen = [option["value"] for option in soup.select("option[selected]")]
    assert chosen == ["1", "2"]


def test_versions_named_backwards_have_one_address(client, two_versions):
    response = client.get("/charte/comparer/?de=2&a=1")
    assert (response.status_code, response.url) == (302, "/charte/comparer/?de=1&a=2")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?de=1&a=9", "Cette charte n’a pas de telle version. Choisissez-en deux."),
        (
            "?de=origine&a=2",
            "Cette charte n’a pas de telle version. Choisissez-en deux.",
        ),
        ("?de=x&a=<b>", "Cette charte n’a pas de telle version. Choisissez-en deux."),
        ("?de=2&a=2", "C’est la même version. Choisissez-en deux différentes."),
    ],
)
def test_versions_that_are_not_there_are_said(client, two_versions, query, sentence):
    soup = read(client, f"/charte/comparer/{query}", status=404)
    assert texts(soup, ".notice p")[0].startswith(sentence)
    assert soup.select(".changes") == []


def test_single_version_has_nothing_to_be_compared_with(client):
    version = CharterVersionFactory(published=ADOPTED)
    CharterPageFactory(charter=version.charter)
    CharterVersionFactory(charter=version.charter, texts=["Canari"])
    soup = read(client, "/charte/comparer/")
    assert texts(soup, ".notice p")[0].startswith("Il n’y a qu’une version")
    assert "Canari" not in soup.get_text()
    assert read(client, "/charte/").select("a[href*=comparer]") == []


def test_draft_is_compared_with_nothing_in_public(client, two_versions):
    draft_next_version(two_versions)
    read(client, "/charte/comparer/?de=2&a=3", status=404)


def test_comparison_costs_the_same_for_one_article_and_three(
    client, django_assert_num_queries
):
    for texts_ in (["Un"], ["Un", "Deux", "Trois"]):
        charter = CharterFactory()
        slug = f"charte-{len(texts_)}"
        CharterPageFactory(charter=charter, slug=slug)
        for _ in range(2):
            CharterVersionFactory(charter=charter, texts=texts_, published=ADOPTED)
        client.get(f"/{slug}/comparer/?de=1&a=2")
        with django_assert_num_queries(20):
            client.get(f"/{slug}/comparer/?de=1&a=2")


def test_adapting_needs_a_published_text():
    draft = CharterVersionFactory()
    with pytest.raises(TextIsNotReady):
        adapt_version(draft, title="Autre", slug="autre")
    assert Charter.objects.count() == 1


# -- In the admin --------------------------------------------------------------------


def admin_url(name, *args):
    return reverse(CharterVersion.snippet_viewset.get_url_name(name), args=args)


@pytest.fixture
def editor(client):
    ensure_roles()
    person = User.objects.create_user("editor@hub.test")
    person.groups.add(Group.objects.get(name="Editors"))
    client.force_login(person)
    return client


def test_editor_adapts_a_charter_and_gives_reasons(editor, grand_lyon):
    assert admin_url("adapt", grand_lyon.pk) in (
        editor.get(admin_url("inspect", grand_lyon.pk)).content.decode()
    )
    response = editor.post(
        admin_url("adapt", grand_lyon.pk), {"title": "La nôtre", "slug": "la-notre"}
    )
    draft = CharterVersion.objects.get(charter__slug="la-notre")
    assert response.url == admin_url("edit", draft.pk)
    assert draft.adapted_from == grand_lyon
    gone = Criterion.objects.get(article__version=draft, number="1.2")
    gone.delete()
    form = editor.get(admin_url("reasons", draft.pk)).context["form"]
    assert list(form.fields) == [f"reason-{gone.key}"]
    editor.post(admin_url("reasons", draft.pk), {f"reason-{gone.key}": "Trop grand."})
    assert draft.change_reasons.get().reason == "Trop grand."


def test_reasons_of_a_published_version_are_refused_and_kept(editor, region):
    change = region.change_reasons.first()
    response = editor.post(
        admin_url("reasons", region.pk), {f"reason-{change.criterion_key}": "Autre"}
    )
    page = response.content.decode()
    assert "Cette version est publiée" in page
    assert "Autre" in page
    assert region.change_reasons.count() == 2


def test_reasons_of_a_first_text_are_not_asked(editor):
    draft = CharterVersionFactory()
    page = editor.get(admin_url("reasons", draft.pk)).content.decode()
    assert "C’est un premier texte" in page


def test_adapting_under_a_name_that_is_taken_is_refused(editor, grand_lyon):
    response = editor.post(
        admin_url("adapt", grand_lyon.pk),
        {"title": "La nôtre", "slug": grand_lyon.charter.slug},
    )
    assert response.status_code == 200
    assert Charter.objects.count() == 1


def test_editor_closes_a_version_to_signatures(editor):
    version = CharterVersionFactory(published=ADOPTED)
    editor.post(admin_url("close_signing", version.pk))
    assert not CharterVersion.objects.open_to_signatures().exists()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("à Ti Numerik pour le site, ou du temps.", "à Ti Numerik, ou du temps.",
         "à Ti Numerik [retiré : pour le site], ou du temps."),
        ("contre une décision collective.", "contre une décision prise ensemble.",
         "contre une décision [retiré : collective] [ajouté : prise ensemble]."),
        ("<b>Un</b> lieu, une voix.", "<b>Un</b> lieu, une seule voix.",
         "<b>Un</b> lieu, une [ajouté : seule] voix."),
    ],
)  # fmt: skip
def test_words_of_both_texts_stay_apart(before, after, expected):
    html = changed_words(compare_words(before, after))
    assert (
        BeautifulSoup(html, "html.parser").get_text().replace("\u00a0", " ") == expected
    )
