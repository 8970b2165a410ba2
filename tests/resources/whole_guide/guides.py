"""A guide with parts of every kind, some of which nobody else may read."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import Group
from wagtail.models import Page, PageViewRestriction

from resources.models import GlossaryTerm, GuidePage, SheetFigure, SheetSource
from resources.models.guide import ChecklistItem
from tests.factories.resources import (
    GlossaryTermFactory,
    GuidePageFactory,
    SheetPageFactory,
    StagePageFactory,
)

CANARY = "Xylocope"


def write_body(*blocks: tuple[str, Any]) -> list[dict[str, Any]]:
    return [{"type": kind, "value": value} for kind, value in blocks]


def write_paragraph(html: str) -> list[dict[str, Any]]:
    return write_body(("paragraph", f"<p>{html}</p>"))


def make_guide(stage_count: int = 1, sheet_count: int = 1) -> GuidePage:
    """Return a guide whose bodies link, define and list."""
    guide = GuidePageFactory(
        slug="ouvrir",
        title="Ouvrir un lieu",
        duration="Un an",
        body=write_paragraph("Avant de commencer."),
    )
    term = GlossaryTerm.objects.filter(name="bail").first() or GlossaryTermFactory(
        name="bail", definition="Il dure neuf ans."
    )
    for number in range(1, stage_count + 1):
        stage = StagePageFactory(
            parent=guide,
            title=f"Pièce {number}",
            introduction=f"Entrer dans la pièce {number}.",
            audience="Le groupe",
            body=write_body(
                ("heading", {"text": "Regarder", "level": "h2"}),
                ("heading", {"text": "De près", "level": "h3"}),
                (
                    "paragraph",
                    f'<p><a linktype="glossary" id="{term.pk}">un bail</a> et '
                    f'<a linktype="page" id="{guide.pk}">le guide</a></p>',
                ),
            ),
        )
        stage.checklist.add(ChecklistItem(text=f"Chose {number}"))
        stage.save()
        for rank in range(1, sheet_count + 1):
            add_sheet(stage, title=f"Fiche {number}.{rank}")
    return GuidePage.objects.get(pk=guide.pk)


def add_sheet(stage: Page, **values: Any) -> Page:
    """Add a sheet with a figure, a source and a body that skips its first level."""
    body = write_body(("heading", {"text": "Détail", "level": "h3"}))
    sheet = SheetPageFactory(parent=stage, **{"body": body, **values})
    sheet.figures.add(SheetFigure(label="Durée", value="9 ans"))
    sheet.sources.add(
        SheetSource(title="Code civil", url="https://legifrance.invalid/a")
    )
    sheet.save()
    return sheet


def restrict(page: Page, kind: str = PageViewRestriction.LOGIN, **values: Any) -> None:
    """Keep a page and what stands below it from some readers."""
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, **values
    )
    if kind == PageViewRestriction.GROUPS:
        restriction.groups.add(Group.objects.create(name="Comité"))


def hide_parts(guide: GuidePage) -> None:
    """Add what must not be printed: drafts, changes, private parts, what stands below."""
    stage = guide.get_children().first()
    said = {"introduction": CANARY, "body": write_paragraph(CANARY)}
    draft = StagePageFactory(parent=guide, title=f"{CANARY} 1", live=False, **said)
    add_sheet(draft, title=f"{CANARY} 2", in_short=CANARY)
    private = StagePageFactory(parent=guide, title=f"{CANARY} 3", **said)
    private.checklist.add(ChecklistItem(text=CANARY))
    private.save()
    add_sheet(private, title=f"{CANARY} 4", in_short=CANARY)
    restrict(private, PageViewRestriction.GROUPS)
    add_sheet(stage, title=f"{CANARY} 5", live=False, **said)
    restrict(add_sheet(stage, title=f"{CANARY} 6", in_short=CANARY, **said))
    changed = stage.specific
    changed.title = changed.introduction = CANARY
    changed.save_revision()
    guide.title = CANARY
    guide.save_revision()
    guide.refresh_from_db()


LATE = datetime.date(2020, 1, 2)
