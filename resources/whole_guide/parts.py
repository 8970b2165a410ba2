"""The parts of a guide in the order in which it is read through."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext
from wagtail.blocks import StreamValue
from wagtail.models import Page

from cms.bodies import load_together
from resources.domain.figures import Change, Reading, list_changes
from resources.guides.walk import Asked, Group, GuideWalk, StageRow
from resources.models import GuidePage, SheetPage, StagePage
from resources.models.branching import list_questions
from resources.models.guide import ChecklistItem
from resources.models.open_below import keep_open


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet; ``figures`` come each with its last change.

    ``heading`` says whom a part is for, as far as the reader has not answered.
    """

    page: SheetPage
    anchor: str
    heading: str
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
    """A stage; ``number`` is from 1, the same whatever the answers."""

    page: StagePage
    number: int
    anchor: str
    heading: str
    body: StreamValue
    asked: Sequence[Asked]
    things: Sequence[Group[ChecklistItem]]
    sheets: Sequence[SheetPart]


@dataclass(frozen=True, slots=True)
class WholeGuide:
    """A guide with everything that its readers may read.

    ``stage_count`` counts also the stages that the answers of ``walk`` leave aside.
    """

    page: GuidePage
    body: StreamValue
    stages: Sequence[StagePart]
    stage_count: int
    walk: GuideWalk

    @property
    def said_answers(self) -> str:
        """“For these answers: an association.”, or “” where everything is there."""
        labels = [answer.label for answer in self.walk.chosen]
        if not labels:
            return ""
        said = gettext(
            "For these answers: %(answers)s. What is for others is left out."
        )
        return said % {"answers": ", ".join(labels)}

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
    guide: GuidePage,
    *,
    today: datetime.date,
    parameters: Mapping[str, str] | None = None,
    filter_specs: Sequence[str] = (),
) -> WholeGuide:
    """Return the guide's live stages and sheets; a dozen queries for any number.

    Answers in ``parameters``, as addresses of the guide give them, leave aside what is
    for others; without them everything is there, under the heading of its answer.

    Whoever asks may read the guide itself. What is restricted below it is left out, even
    for who may read that too: what is printed goes from hand to hand. ``filter_specs``
    are the sizes in which images are about to be shown.
    """
    stages = keep_open(
        StagePage.objects.child_of(guide).prefetch_related("checklist"), below=guide
    )
    sheets = keep_open(
        SheetPage.objects.descendant_of(guide).prefetch_related(
            "figures", "figure_readings", "sources"
        ),
        below=guide,
    )
    by_stage = _group_sheets(sheets)
    walk = GuideWalk(list_questions(stages), parameters or {}, path=guide.url or "")
    rows = [row for row in walk.list_stages(stages) if row.is_concerned]
    arranged = {row.number: walk.arrange(by_stage[row.stage.path]) for row in rows}
    pages: list[Any] = [
        page for row in rows for page in (row.stage, *arranged[row.number].shown)
    ]
    loaded = load_together(
        [guide.body, *(page.body for page in pages)], filter_specs=filter_specs
    )
    bodies = dict(zip([guide.pk, *(page.pk for page in pages)], loaded, strict=True))
    return WholeGuide(
        page=guide,
        body=bodies[guide.pk],
        stages=[
            _make_stage(row, arranged[row.number].groups, walk, bodies, today)
            for row in rows
        ],
        stage_count=len(stages),
        walk=walk,
    )


def _make_stage(
    row: StageRow,
    groups: Sequence[Group[SheetPage]],
    walk: GuideWalk,
    bodies: Mapping[int, StreamValue],
    today: datetime.date,
) -> StagePart:
    sheets = [(group.heading, sheet) for group in groups for sheet in group.parts]
    return StagePart(
        page=row.stage,
        number=row.number,
        anchor=f"etape-{row.number}",
        heading=row.heading,
        body=bodies[row.stage.pk],
        asked=walk.asked_at(row.stage),
        things=walk.arrange(row.stage.checklist.all()).groups,
        sheets=[
            SheetPart(
                page=sheet,
                anchor=f"fiche-{row.number}-{rank}",
                heading=heading,
                body=bodies[sheet.pk],
                is_out_of_date=sheet.is_out_of_date(today),
            )
            for rank, (heading, sheet) in enumerate(sheets, start=1)
        ],
    )


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
