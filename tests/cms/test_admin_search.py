from __future__ import annotations

import pytest
from wagtail.models import Page

from home.models import EditorialPage

pytestmark = pytest.mark.django_db

HOSTILE = ['"', 'a"b AND (c*', "a\x00b", "'", "\\", "NEAR(", "*", "é" * 300]


@pytest.mark.parametrize("query", HOSTILE)
def test_page_search_reads_any_query_as_words(query):
    assert list(Page.objects.search(query)) == []
    assert list(Page.objects.autocomplete(query)) == []


def test_page_search_still_finds_pages(django_capture_on_commit_callbacks):
    home = Page.objects.get(slug="accueil")
    with django_capture_on_commit_callbacks(execute=True):
        home.add_child(instance=EditorialPage(title="Dire « bonjour »", slug="bonjour"))
    titles = [page.title for page in Page.objects.search('"bonjour"')]
    assert titles == ["Dire « bonjour »"]


@pytest.mark.parametrize("query", ["%22", "a%22b", "%22accueil%22"])
def test_admin_survives_a_lone_quotation_mark(admin_client, query):
    assert admin_client.get(f"/admin/pages/search/?q={query}").status_code == 200
    assert admin_client.get(f"/admin/images/?q={query}").status_code == 200
    assert admin_client.get(f"/admin/choose-page/search/?q={query}").status_code == 200


def test_admin_refuses_a_nul(admin_client):
    assert admin_client.get("/admin/pages/search/?q=a%00").status_code == 400
