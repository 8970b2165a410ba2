"""Shared resources: the list with its filters, and the page of each."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cms.models import User
from network.enums import SpaceStatus
from resources.enums import ResourceKind, ResourceLicence, ResourceTheme
from resources.models import SharedResource
from tests.factories.resources import (
    PDF,
    SharedResourceFactory,
    SharingSpaceFactory,
    SiteDocumentFactory,
)

pytestmark = pytest.mark.django_db


def read(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def texts(soup, selector):
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


def titles(soup):
    return texts(soup, ".rooms h3")


@pytest.fixture
def three_resources():
    SharedResourceFactory(
        title="Affiche", theme=ResourceTheme.COMMUNICATE, licence=ResourceLicence.CC0
    )
    SharedResourceFactory(title="Budget", kind=ResourceKind.DOCUMENT)
    SharedResourceFactory(title="Écluse à œufs", tags=["Marché"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Affiche", "Budget", "Écluse à œufs"]),
        ("?type=template", ["Affiche", "Écluse à œufs"]),
        ("?theme=communiquer", ["Affiche"]),
        ("?licence=cc0", ["Affiche"]),
        ("?type=template&theme=financer", ["Écluse à œufs"]),
        ("?q=ecluse", ["Écluse à œufs"]),
        ("?q=OEUFS ÉCLUSE", ["Écluse à œufs"]),
        ("?q=marche", ["Écluse à œufs"]),
        ("?type=&theme=&q=", ["Affiche", "Budget", "Écluse à œufs"]),
    ],
)
def test_list_answers_its_filters(client, three_resources, query, expected):
    soup = read(client, f"/ressources/{query}")
    assert titles(soup) == expected
    count = len(expected)
    assert texts(soup, ".results-bar [role=status]") == [
        f"{count} ressources" if count > 1 else "Une ressource"
    ]


@pytest.mark.parametrize(
    "query",
    [
        "?type=inconnu",
        "?theme=%00x".replace("%00", "%01"),
        "?q=zzz",
        "?q=" + "a" * 10000,
    ],
)
def test_list_says_when_nothing_matches(client, three_resources, query):
    soup = read(client, f"/ressources/{query}")
    assert titles(soup) == []
    assert texts(soup, ".empty h2") == ["Rien de partagé ne correspond"]
    assert texts(soup, ".empty .actions a")[-1] == "Voir toutes les ressources"


def test_too_long_word_is_said_beside_its_field(client):
    soup = read(client, "/ressources/?q=" + "a" * 101)
    assert len(soup.select(".field-error input[name=q]")) == 1


@pytest.mark.parametrize("page", ["0", "2", "-1", "deux", "9" * 400])
def test_page_out_of_range_is_not_found(client, three_resources, page):
    read(client, f"/ressources/?page={page}", status=404)


def test_nul_in_the_address_is_a_bad_request(client):
    read(client, "/ressources/?q=%00", status=400)


def test_filters_count_what_they_lead_to(client, three_resources):
    soup = read(client, "/ressources/?type=template")
    options = {
        name: texts(soup, f"select[name={name}] option")
        for name in ("type", "theme", "licence")
    }
    assert options == {
        "type": ["Tous les types", "document (1)", "modèle (2)"],
        "theme": ["Tous les thèmes", "faire connaître (1)", "financer (1)"],
        "licence": ["Toutes", "CC BY-SA 4.0 (1)", "CC0 1.0 (1)"],
    }


def test_active_filters_can_be_removed_one_by_one(client, three_resources):
    soup = read(client, "/ressources/?theme=communiquer&type=template&q=affiche")
    assert [link["href"] for link in soup.select(".chips a")] == [
        "/ressources/?theme=communiquer&type=template",
        "/ressources/?q=affiche&theme=communiquer",
        "/ressources/?q=affiche&type=template",
        "/ressources/",
    ]
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert soup.title.get_text().startswith(
        "Ressources partagées\xa0: affiche, modèle, faire connaître"
    )


def test_pages_keep_the_filters(client):
    for _number in range(13):
        SharedResourceFactory()
    soup = read(client, "/ressources/?type=template")
    assert len(titles(soup)) == 12
    assert soup.select_one(".pager a[rel=next]")["href"] == "?type=template&page=2"
    assert len(titles(read(client, "/ressources/?type=template&page=2"))) == 1


def test_empty_list_says_so(client):
    soup = read(client, "/ressources/")
    assert texts(soup, ".empty h2") == ["Rien n’est encore partagé"]


def test_queries_do_not_grow_with_resources(client, count_queries):
    def share():
        SharedResourceFactory(
            space=SharingSpaceFactory(), document=SiteDocumentFactory(), tags=["Un"]
        )

    share()
    of_one = count_queries(lambda: read(client, "/ressources/"))
    share()
    share()
    assert count_queries(lambda: read(client, "/ressources/")) == of_one


def test_page_says_what_where_and_on_what_terms(client):
    source = SharedResourceFactory(title="L’ancien budget", slug="ancien")
    SharedResourceFactory(
        title="Budget",
        slug="budget",
        document=SiteDocumentFactory(),
        space=SharingSpaceFactory(name="Ti Numerik"),
        version="4",
        adapted_from=source,
        tags=["budget"],
    )
    soup = read(client, "/ressources/budget/")
    assert texts(soup, "h1") == ["Budget"]
    assert texts(soup, ".lead") == ["Pour savoir combien de places vendre."]
    assert texts(soup, ".page-head .tag") == ["Modèle", "Financer"]
    [download] = soup.select(".page-head a.button")
    assert download["href"] == "/ressources/budget/fichier/"
    assert "PDF, 0,1" in download.get_text()
    assert texts(soup, "#licence-title + p") == [
        "Vous pouvez la copier, la modifier et la vendre, à condition de citer ses "
        "auteurs et de partager ce que vous en faites sous la même licence. "
        "Lire la licence CC BY-SA 4.0"
    ]
    assert texts(soup, "#citation") == [
        "Ti Numerik (2026). Budget. version 4. CC BY-SA 4.0. "
        "https://hub.test/ressources/budget/"
    ]
    assert dict(
        zip(texts(soup, ".facts dt"), texts(soup, ".facts dd"), strict=True)
    ) == {
        "Partagée par": "Ti Numerik",
        "Version": "4",
        "Date": "12 octobre 2026",
        "Langue": "Français",
        "Fichier": "PDF, 0,1 ko",
        "Adaptée de": "L’ancien budget",
    }
    assert texts(soup, "aside .tag") == ["budget"]


def test_file_is_served_through_the_view_that_keeps_privacy(client, settings, tmp_path):
    backend = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    resource = SharedResourceFactory(document=SiteDocumentFactory())
    response = client.get(resource.document.url)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert b"".join(response.streaming_content) == PDF


def test_text_is_marked_french_on_an_english_page(client):
    SharedResourceFactory(title="Budget", slug="budget")
    soup = read(client, "/en/ressources/budget/")
    assert soup.html["lang"] == "en"
    assert soup.h1.find_parent(lang=True)["lang"] == "fr"
    assert soup.select_one("#citation").get_text().startswith("Hub (2026). Budget.")


def test_drafts_stay_out_of_list_page_counts_and_search(client):
    draft = SharedResourceFactory(title="Canari", slug="canari", live=False)
    adapted = SharedResourceFactory(slug="copie", adapted_from=draft)
    assert client.get("/ressources/canari/").status_code == 404
    for url in ("/ressources/", "/ressources/?q=canari", "/ressources/copie/"):
        page = read(client, url)
        page_without_form = page.select_one("main").get_text()
        assert "Canari" not in page_without_form
    assert texts(read(client, "/ressources/"), "select[name=type] option") == [
        "Tous les types",
        "modèle (1)",
    ]
    assert list(draft.search_entries()) == []
    assert [entry.title for entry in adapted.search_entries()] == [adapted.title]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, ["Canari"]),
        ({"status": SpaceStatus.CLOSED}, ["Canari"]),
        ({"live": False}, []),
    ],
)
def test_space_is_named_while_its_record_is_public(client, fields, shown):
    space = SharingSpaceFactory(name="Canari", **fields)
    resource = SharedResourceFactory(slug="budget", space=space)
    page = client.get("/ressources/budget/").content.decode()
    listed = client.get("/ressources/").content.decode()
    assert ["Canari" for one in (page, listed) if "Canari" in one] == shown * 2
    assert ("Canari" in resource.citation) == bool(shown)


def test_search_entry_says_it_all():
    resource = SharedResourceFactory(
        title="Budget", slug="budget", description="Trois feuilles.", tags=["tableur"]
    )
    [entry] = resource.search_entries()
    assert (entry.title, entry.body, entry.kind, entry.url, list(entry.tags)) == (
        "Budget",
        "Trois feuilles.",
        "resource",
        "/ressources/budget/",
        ["modèle", "financer", "CC BY-SA 4.0", "tableur"],
    )


def test_resource_has_a_file_or_a_link(admin_client_form):
    response = admin_client_form(
        document=str(SiteDocumentFactory().pk), url="https://example.org/"
    )
    assert "Donnez un fichier ou un lien, pas les deux." in response.content.decode()
    assert not SharedResource.objects.exists()


def test_editor_publishes_a_resource(admin_client_form, client):
    response = admin_client_form(**{"action-publish": "1"})
    assert response.status_code == 302
    resource = SharedResource.objects.get()
    assert (resource.live, resource.folded_text) == (
        True,
        "bail annote\na relire.\n\njuridique",
    )
    assert client.get("/ressources/bail-annote/").status_code == 200


def test_editor_saves_a_draft_that_nobody_sees(admin_client_form, client):
    admin_client_form()
    client.logout()
    assert SharedResource.objects.get().live is False
    assert client.get("/ressources/bail-annote/").status_code == 404


def test_editor_previews_a_draft(admin_client_form):
    admin_client_form()
    response = SharedResource.objects.get().make_preview_request()
    soup = BeautifulSoup(response.render().content, "html.parser")
    assert texts(soup, "h1") == ["Bail annoté"]


@pytest.fixture
def admin_client_form(client):
    """Send the admin's form for a new resource with these fields."""
    client.force_login(User.objects.create_superuser(email="admin@hub.invalid"))

    def send(**fields):
        url = reverse(SharedResource.snippet_viewset.get_url_name("add"))
        return client.post(
            url,
            {
                "title": "Bail annoté",
                "slug": "bail-annote",
                "summary": "À relire.",
                "kind": "document",
                "theme": "ouvrir",
                "description": "",
                "document": "",
                "url": "",
                "tags": '"juridique"',
                "licence": "cc-by-sa",
                "space": "",
                "version": "",
                "published_on": str(datetime.date(2026, 10, 12)),
                "language": "fr",
                "adapted_from": "",
                "adapted_from_elsewhere": "",
                "quantity": "1",
                **fields,
            },
        )

    return send


def test_every_column_is_drafted_derived_or_owned_by_a_service():
    drafted = {
        "title", "kind", "theme", "summary", "description", "document", "url",
        "licence", "space", "version", "published_on", "language", "adapted_from",
        "adapted_from_elsewhere", "editable_document", "price", "is_lent", "quantity",
        "longest_loan", "lending_terms",
    }  # fmt: skip
    kept_by_wagtail = {
        "id", "live", "has_unpublished_changes", "first_published_at",
        "last_published_at", "live_revision", "go_live_at", "expire_at", "expired",
        "locked", "locked_at", "locked_by", "latest_revision",
    }  # fmt: skip
    owners = [
        drafted,
        kept_by_wagtail,
        {*SharedResource.SERVICE_OWNED},
        {*SharedResource.DERIVED},
    ]
    columns = {field.name for field in SharedResource._meta.concrete_fields}
    assert columns == set().union(*owners)
    assert sum(map(len, owners)) == len(columns)
