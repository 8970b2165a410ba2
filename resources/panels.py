"""What the resources room shows on the home page and on a space's page."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.models import HubPageMixin
from cms.record_text import SOURCE_LANGUAGE
from network.models import Space
from resources.models import CharterPage, GuidePage, SharedResource

PageT = TypeVar("PageT", bound=HubPageMixin)


class GuidePanel:
    """The first guide's stages, as rooms to walk through."""

    order = 30

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        guide = find_first_page(GuidePage)
        if guide is None or not guide.stages:
            return ""
        return render_to_string(
            "resources/panels/guide.html", {"guide": guide}, request=request
        )


class CharterPanel:
    """What holds the network together, in one sentence, and where to read it all."""

    order = 60

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        page = find_first_page(CharterPage)
        version = page.charter.current_version if page is not None else None
        if page is None or version is None:
            return ""
        return render_to_string(
            "resources/panels/charter.html",
            {"charter_page": page, "version": version},
            request=request,
        )


class SpaceResourcesPanel:
    """What a space shares."""

    order = 30

    def render(self, request: HttpRequest, *subject: Any) -> SafeString | str:
        space: Space = subject[0]
        resources = (
            SharedResource.objects.published()
            .filter(space=space)
            .with_card_relations()
            .order_by("-published_on", "title")
        )
        if not resources:
            return ""
        return render_to_string(
            "resources/panels/space_resources.html",
            {"space": space, "resources": resources},
            request=request,
        )


def find_first_page(page_class: type[PageT]) -> PageT | None:
    """Return the first page everybody may read, in the language of the address.

    Where the language has none, the French one. Four queries, more only where pages
    stand below an unpublished one.
    """
    live_pages: Any = page_class._default_manager.filter(live=True)
    for language in dict.fromkeys([get_language(), SOURCE_LANGUAGE]):
        in_language = live_pages.filter(locale__language_code=language)
        for page in in_language.select_related("locale"):
            if page.is_public:
                return page  # type: ignore[no-any-return]
    return None
