"""What the pages of a guide show, for the reader's answers."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import ngettext

from network.departments import DEPARTMENT_NAMES
from resources.guides.nearby import HELPING_KINDS, find_help
from resources.guides.walk import Arranged, GuideWalk, StageRow
from resources.models.shared_resource import SharedResource

if TYPE_CHECKING:
    from resources.models.guide import ChecklistItem, GuidePage, StagePage
    from resources.models.sheet import SheetPage

Trail = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A stage among the others of its guide, for “stage 2 of 5” and its neighbours."""

    rows: Sequence[StageRow]
    here: StageRow

    @property
    def count(self) -> int:
        """All stages: those that do not concern the reader keep their number."""
        return len(self.rows)

    @property
    def before(self) -> StageRow | None:
        """The nearest stage before it that concerns the reader."""
        earlier = self.rows[: self.here.number - 1]
        return next((row for row in reversed(earlier) if row.is_concerned), None)

    @property
    def after(self) -> StageRow | None:
        """The nearest stage after it that concerns the reader."""
        later = self.rows[self.here.number :]
        return next((row for row in later if row.is_concerned), None)


@dataclass(frozen=True, slots=True)
class GuideRow:
    """A stage on the guide's page."""

    place: StageRow
    sheets: Arranged[SheetPage]
    things: Arranged[ChecklistItem]

    @property
    def ticks(self) -> list[str]:
        """What the script counts as done, by the keys it keeps."""
        return [str(item.translation_key) for item in self.things.shown]


def find_place(stage: StagePage, walk: GuideWalk) -> Place:
    rows = walk.list_stages(stage.neighbours)
    return Place(rows, rows[stage.position - 1])


def read_guide(guide: GuidePage, request: HttpRequest) -> dict[str, Any]:
    """Return what a guide's page shows of its stages; four queries besides theirs."""
    walk = GuideWalk(guide.questions, request.GET.dict(), path=request.path)
    things = _list_things(guide.stages)
    rows = [
        _read_row(row, walk, things[row.stage.pk])
        for row in walk.list_stages(guide.stages_with_sheets)
    ]
    return {
        "walk": walk,
        "rows": rows,
        "has_ticks": any(row.ticks for row in rows),
        "left_aside": _say_left_aside(
            sum(row.things.left_aside for row in rows),
            sum(row.sheets.left_aside for row in rows),
            stages=sum(not row.place.is_concerned for row in rows),
        ),
    }


def _read_row(
    row: StageRow, walk: GuideWalk, things: Sequence[ChecklistItem]
) -> GuideRow:
    """Arrange the parts of a stage; one that is not for the reader is left aside whole."""
    if row.is_concerned:
        return GuideRow(row, walk.arrange(row.stage.sheets), walk.arrange(things))
    return GuideRow(row, Arranged([], len(row.stage.sheets)), Arranged([], len(things)))


def read_stage(
    stage: StagePage, request: HttpRequest, *, now: datetime.datetime
) -> dict[str, Any]:
    """Return what a stage's page shows; seven queries besides the guide's stages."""
    walk = GuideWalk(
        _list_questions(stage, request), request.GET.dict(), path=request.path
    )
    checklist = walk.arrange(stage.checklist.all())
    sheets = walk.arrange(stage.sheets)
    resources = SharedResource.objects.published().useful_at(stage.translation_key)
    resources = resources.with_card_relations().order_by("title")
    offers = [one for one in resources if one.kind in HELPING_KINDS]
    return {
        "walk": walk,
        "place": find_place(stage, walk),
        "trail": carry_answers(stage.trail, walk, parts=1),
        "asked_here": walk.asked_at(stage),
        "checklist": checklist,
        "sheets": sheets,
        "left_aside": _say_left_aside(checklist.left_aside, sheets.left_aside),
        "resources": [one for one in resources if one.kind not in HELPING_KINDS],
        "examples": stage.listed_examples,
        "has_offers": bool(offers),
        "help": find_help(offers, walk.department, now=now),
        "departments": DEPARTMENT_NAMES.items(),
    }


def read_sheet(sheet: SheetPage, request: HttpRequest) -> dict[str, Any]:
    """Return what a sheet's page shows of its guide."""
    stage = sheet.stage
    walk = GuideWalk(stage.guide.questions, request.GET.dict(), path=request.path)
    others = walk.arrange(one for one in stage.sheets if one.pk != sheet.pk)
    return {
        "walk": walk,
        "place": find_place(stage, walk),
        "trail": carry_answers(sheet.trail, walk, parts=2),
        "is_concerned": walk.concerns(sheet) and walk.concerns(stage),
        "other_sheets": others.shown,
    }


def carry_answers(trail: Trail, walk: GuideWalk, *, parts: int) -> Trail:
    """Return the way to a page; the last ``parts`` pages before it keep the answers."""
    first = len(trail) - 1 - parts
    return [
        (label, url + walk.query if first <= place < len(trail) - 1 else url)
        for place, (label, url) in enumerate(trail)
    ]


def _list_questions(stage: StagePage, request: HttpRequest) -> Iterable[Any]:
    """Return the guide's questions; a preview has this stage's own as they are typed."""
    questions = stage.guide.questions
    if not getattr(request, "is_preview", False):
        return questions
    others = [one for one in questions if one.stage_id != stage.pk]
    return [*others, *stage.questions.all()]


def _list_things(stages: Sequence[StagePage]) -> defaultdict[int, list[Any]]:
    """Return the checklist of each stage; one query."""
    from resources.models.guide import ChecklistItem

    things: defaultdict[int, list[Any]] = defaultdict(list)
    for item in ChecklistItem.objects.filter(stage__in=stages):
        things[item.stage_id].append(item)
    return things


def _say_left_aside(things: int, sheets: int, *, stages: int = 0) -> str:
    """“2 things to do, one sheet”, or “” when the page shows everything."""
    parts = []
    if stages:
        parts.append(
            ngettext("one stage", "%(number)s stages", stages) % {"number": stages}
        )
    if things:
        parts.append(
            ngettext("one thing to do", "%(number)s things to do", things)
            % {"number": things}
        )
    if sheets:
        parts.append(
            ngettext("one sheet", "%(number)s sheets", sheets) % {"number": sheets}
        )
    return ", ".join(parts)
