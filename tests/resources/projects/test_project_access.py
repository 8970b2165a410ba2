"""Who reads which project: drafts, private pages, rows that are not published."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageViewRestriction

from resources.models import ProjectPage
from tests import personas
from tests.factories.resources import (
    ProjectIndexPageFactory,
    ProjectPageFactory,
    add_project_rows,
)
from tests.resources.projects.reading import (
    ACTIONS,
    FUNDING,
    OBJECTIVES,
    PHASES,
)

pytestmark = pytest.mark.django_db


def test_lists_hide_drafts_and_private_projects(client):
    index = ProjectIndexPageFactory()
    ProjectPageFactory(title="Canari brouillon", live=False, phases=PHASES)
    hidden = ProjectPageFactory(title="Canari privé", phases=PHASES)
    restriction = PageViewRestriction.objects.create(
        page=hidden, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Comité"))
    for url in ("/projets/", "/", "/sitemap-pages.xml"):
        assert "anari" not in client.get(url).content.decode()
    assert client.get(f"{index.url}canari-brouillon/").status_code == 404
    assert client.get(hidden.url).status_code == 302
    for url in (hidden.fundings_url, hidden.actions_url):
        assert client.get(url).status_code == 302


def test_draft_rows_are_not_shown(client):
    page = ProjectPageFactory(
        phases=PHASES, fundings=[FUNDING], actions=ACTIONS, objectives=OBJECTIVES
    )
    add_project_rows(
        page,
        partners=[{"name": "Canari"}],
        phases=[{"number": 3, "title": "Canari", "starts": "2028"}],
        objectives=[{"number": "3", "text": "Canari"}],
        actions=[{"text": "Canari"}],
        fundings=[{**FUNDING, "number": 2, "funder": "Canari"}],
        sources=[{"title": "Canari"}],
    )
    page.save_revision()
    for url in (page.url, page.fundings_url, page.actions_url, "/projets/"):
        assert "Canari" not in client.get(url).content.decode()
    [entry] = ProjectPage.objects.get(pk=page.pk).search_entries()
    assert "Canari" not in entry.body


def test_nothing_is_served_below_a_draft_list(client):
    page = ProjectPageFactory()
    page.get_parent().unpublish()
    for url in (page.url, page.fundings_url, page.actions_url):
        assert client.get(url).status_code == 404


def test_half_written_draft_can_be_opened_and_previewed(client):
    """A draft may lack what a page that is published has."""
    page = ProjectPageFactory(live=False)
    add_project_rows(
        page,
        phases=[{"number": 1, "title": "", "starts": ""}, PHASES[1]],
        objectives=[{"number": "", "text": "Sans numéro"}, *OBJECTIVES],
        actions=[{"text": "", "objective_numbers": "1"}],
        fundings=[{"number": 1, "title": ""}],
        sources=[{"title": "", "funding_number": 1}],
    )
    page.save_revision()
    client.force_login(personas.admin())
    edited = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert edited.status_code == 200
    draft = page.get_latest_revision_as_object()
    html = draft.make_preview_request().render().content.decode()
    assert "Animer" in html
