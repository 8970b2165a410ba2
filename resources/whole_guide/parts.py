"""The parts of a guide in the order in which it is read through."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime
from wagtail.blocks import StreamValue
from wagtail.models import Page, PageViewRestriction

from cms.bodies import load_together
from resources.domain.figures import Change, Reading, list_changes
from resources.models import GuidePage, SheetPage, StagePage


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet; ``figures`` come each with its last change."""

    page: SheetPage
    anchor: str
    body: StreamValue
    is_out_of_date: bool

    @property
    def figures(self) -> list[tuple[Any, Change | None]]:
        return self.page.figures_with_changes

    @property
    def sources(self) -> list[Any]:
        return list(self.page.sources.all())


@dataclass(frozen=True, slots=True)
class StagePart:
    """A stage; ``number`` is from 1."""

    page: StagePage
    number: int
    anchor: str
    body: StreamValue
    sheets: Sequence[SheetPart]

    @property
    def things_to_do(self) -> list[str]:
        return [item.text for item in self.page.checklist.all()]


@dataclass(frozen=True, slots=True)
class WholeGuide:
    """A guide with everything that its readers may read."""

    page: GuidePage
    body: StreamValue
    stages: Sequence[StagePart]

    @property
    def sheets(self) -> list[SheetPart]:
        return [sheet for stage in self.stages for sheet in stage.sheets]

    @property
    def late_sheets(self) -> list[SheetPart]:
        return [sheet for sheet in self.sheets if sheet.is_out_of_date]

    @property
    def bodies(self) -> Iterator[StreamValue]:
        yield self.body
        for stage in self.stages:
            yield stage.body
            for sheet in stage.sheets:
                yield sheet.body

    @property
    def changed_on(self) -> datetime.date | None:
        """The day on which one of its pages was last published."""
        below = [*(one.page for one in self.stages), *(one.page for one in self.sheets)]
        pages: list[Page] = [self.page, *below]
        moments = [page.last_published_at for page in pages if page.last_published_at]
        return localtime(max(moments)).date() if moments else None


def gather_parts(
    guide: GuidePage, *, today: datetime.date, filter_specs: Sequence[str] = ()
) -> WholeGuide:
    """Return the guide's live stages and sheets; a dozen queries for any number.

    Whoever asks may read the guide itself. What is restricted below it is left out, even
    for who may read that too: what is printed goes from hand to hand. ``filter_specs``
    are the sizes in which images are about to be shown.
    """
    closed = _find_closed_paths(guide)
    stages = _keep_open(
        StagePage.objects.child_of(guide).live().prefetch_related("checklist"), closed
    )
    sheets = _keep_open(
        SheetPage.objects.descendant_of(guide)
        .live()
        .prefetch_related("figures", "figure_readings", "sources"),
        closed,
    )
    by_stage = _group_sheets(sheets)
    pages = [page for stage in stages for page in (stage, *by_stage[stage.path])]
    loaded = load_together(
        [guide.body, *(page.body for page in pages)], filter_specs=filter_specs
    )
    bodies = dict(zip([guide.pk, *(page.pk for page in pages)], loaded, strict=True))
    return WholeGuide(
        page=guide,
        body=bodies[guide.pk],
        stages=[
            StagePart(
                page=stage,
                number=number,
                anchor=f"etape-{number}",
                body=bodies[stage.pk],
                sheets=[
                    SheetPart(
                        page=sheet,
                        anchor=f"fiche-{number}-{rank}",
                        body=bodies[sheet.pk],
                        is_out_of_date=sheet.is_out_of_date(today),
                    )
                    for rank, sheet in enumerate(by_stage[stage.path], start=1)
                ],
            )
            for number, stage in enumerate(stages, start=1)
        ],
    )


def _find_closed_paths(guide: GuidePage) -> tuple[str, ...]:
    """Return the paths of the pages below the guide that not everybody may read."""
    below = PageViewRestriction.objects.filter(page__path__startswith=guide.path)
    return tuple(below.exclude(page=guide.pk).values_list("page__path", flat=True))


def _keep_open(pages: Iterable[Any], closed: tuple[str, ...]) -> list[Any]:
    return [page for page in pages if not page.path.startswith(closed)]


def _group_sheets(sheets: Iterable[SheetPage]) -> defaultdict[str, list[SheetPage]]:
    by_stage: defaultdict[str, list[SheetPage]] = defaultdict(list)
    for sheet in sheets:
        readings = sheet.figure_readings.all()
        # In place of the query that each sheet would make.
        sheet.figure_changes = list_changes(
            Reading(one.label, one.value, one.published_on) for one in readings
        )
        by_stage[sheet.path[: -SheetPage.steplen]].append(sheet)
    return by_stage
