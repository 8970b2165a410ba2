"""The stages of guides that a member may choose, and their names."""

from __future__ import annotations

from cms.record_text import SOURCE_LANGUAGE
from resources.models import GuidePage, StagePage


def list_stage_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the French stages that the public reads, by guide; two queries or more."""
    stages = StagePage.objects.live().public().order_by("path")
    stages = stages.filter(locale__language_code=SOURCE_LANGUAGE)
    by_guide: dict[str, list[tuple[int, str]]] = {}
    for pk, path, title in stages.values_list("pk", "path", "title"):
        guide = by_guide.setdefault(path[: -StagePage.steplen], [])
        guide.append((pk, title))
    guides = GuidePage.objects.filter(path__in=by_guide)
    titles = dict(guides.values_list("path", "title"))
    return [(titles.get(path, ""), choices) for path, choices in by_guide.items()]
