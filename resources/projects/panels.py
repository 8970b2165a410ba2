"""The projects of a space on its page, and those under way on the home page."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from cms.record_text import SOURCE_LANGUAGE
from network.models import Space
from resources.domain.projects import ProjectState
from resources.models import ProjectIndexPage, ProjectPage
from resources.panels import find_first_page

_SHOWN_AT_HOME: Final = 3
_HOME_DEPTH: Final = 2


class SpaceProjectsPanel:
    """What a space takes part in."""

    order = 35

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        """Return the panel of ``subject[0]``, a space; "" where it is in no project.

        One query where there is none, else four.
        """
        space: Space = subject[0]
        if not ProjectPage.objects.filter(partners__space=space).exists():
            return ""
        projects = find_public_projects().filter(partners__space=space).distinct()
        shown = _choose_language(projects.prefetch_related("phases", "partners"))
        if not shown:
            return ""
        today = timezone.localdate()
        rows = [
            (
                project,
                project.find_state(today),
                next(one for one in project.partners.all() if one.space_id == space.pk),
            )
            for project in shown
        ]
        return render_to_string(
            "resources/panels/space_projects.html", {"rows": rows}, request=request
        )


class HomeProjectsPanel:
    """What the network is working at."""

    order = 50

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        index = find_first_page(ProjectIndexPage)
        if index is None:
            return ""
        by_state = dict(index.list_by_state(timezone.localdate()))
        under_way = by_state.get(ProjectState.UNDER_WAY, [])[:_SHOWN_AT_HOME]
        if not under_way:
            return ""
        return render_to_string(
            "resources/panels/home_projects.html",
            {"index": index, "projects": under_way},
            request=request,
        )


def find_public_projects() -> QuerySet[ProjectPage]:
    """Return the projects of any language that everybody may read; two queries more.

    What stands below a page that is not published is not served.
    """
    unpublished = Page.objects.filter(live=False).filter(
        Q(depth=_HOME_DEPTH) | Q(pk__in=ProjectIndexPage.objects.values("pk"))
    )
    projects = ProjectPage.objects.live().public()
    for path in unpublished.values_list("path", flat=True):
        projects = projects.exclude(path__startswith=path)
    return projects.order_by("title")


def _choose_language(projects: QuerySet[ProjectPage]) -> list[ProjectPage]:
    """Return each project once: in the language of the address, or else in French."""
    languages = [SOURCE_LANGUAGE, get_language() or SOURCE_LANGUAGE]
    chosen: dict[Any, ProjectPage] = {}
    found = projects.select_related("locale")
    for language in languages:
        for project in found:
            if project.locale.language_code == language:
                chosen[project.translation_key] = project
    return list(chosen.values())
