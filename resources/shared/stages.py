"""The stages of guides at which a resource helps, as the public sees them.

A resource names French pages; a reader is led to the page in their language, or to the
French one where there is none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.record_text import SOURCE_LANGUAGE
from resources.models import SharedResource, StagePage


@dataclass(frozen=True, slots=True)
class StageLink:
    """A stage that everybody may read; ``language`` is that of its page."""

    title: str
    guide: str
    url: str
    language: str
    is_alone: bool = True

    @property
    def label(self) -> str:
        """The title, with the guide's where another link beside it has the same."""
        return self.title if self.is_alone else f"{self.title} – {self.guide}"


@dataclass(frozen=True, slots=True)
class Stage:
    """A French stage that everybody may read."""

    pk: int
    slug: str
    title: str


def list_stages() -> list[Stage]:
    """Return the public French stages, in order; three queries."""
    french = StagePage.objects.filter(locale__language_code=SOURCE_LANGUAGE)
    return [
        Stage(page.pk, page.slug, page.title) for page, _guide in _list_public(french)
    ]


def show_stages(resources: Iterable[SharedResource]) -> None:
    """Set ``stage_links`` on each, in the language of the page.

    Seven queries at most for any number of resources, one where they name no stage.
    """
    shown = list(resources)
    through = SharedResource.stages.through
    pairs = through.objects.filter(sharedresource__in=[one.pk for one in shown])
    named: defaultdict[int, set[int]] = defaultdict(set)
    for resource_pk, stage_pk in pairs.values_list("sharedresource", "stagepage"):
        named[resource_pk].add(stage_pk)
    links = _find_links(set().union(*named.values()))
    for resource in shown:
        found = [link for pk, link in links.items() if pk in named[resource.pk]]
        titles = Counter(link.title for link in found)
        resource.stage_links = [
            replace(link, is_alone=titles[link.title] == 1) for link in found
        ]


def _find_links(keys: set[int]) -> dict[int, StageLink]:
    """Return the link of each public stage by its French page's key, in tree order."""
    if not keys:
        return {}
    french = _list_public(StagePage.objects.filter(pk__in=keys))
    language = get_language() or SOURCE_LANGUAGE
    translated = {}
    if language != SOURCE_LANGUAGE:
        in_language = StagePage.objects.filter(
            locale__language_code=language,
            translation_key__in=[page.translation_key for page, _guide in french],
        )
        translated = {
            page.translation_key: StageLink(page.title, guide, page.url, language)
            for page, guide in _list_public(in_language)
        }
    return {
        page.pk: translated.get(page.translation_key)
        or StageLink(page.title, guide, page.url, SOURCE_LANGUAGE)
        for page, guide in french
    }


def _list_public(stages: PageQuerySet) -> list[tuple[StagePage, str]]:
    """Return the pages that everybody may read with the title of their guide."""
    pages: Sequence[StagePage] = list(stages.live().public().order_by("path"))
    step = StagePage.steplen
    above = {
        page.path[:end] for page in pages for end in range(step, len(page.path), step)
    }
    rows = Page.objects.filter(path__in=above).values_list("path", "title", "live")
    titles = {path: title for path, title, _live in rows}
    hidden = {path for path, _title, live in rows if not live}
    return [
        (page, titles[page.path[:-step]])
        for page in pages
        if not any(page.path.startswith(path) for path in hidden)
    ]
