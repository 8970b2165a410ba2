"""The parts of a guide's stages: questions, things to do, examples of spaces."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from network.models import Space
from resources.models import (
    ChecklistItem,
    StageAnswer,
    StageExample,
    StagePage,
    StageQuestion,
)


def add_parts(
    stage: StagePage, row: dict[str, Any], *, locale: Locale, spaces: dict[str, Space]
) -> None:
    """Add to an unsaved stage what the demonstration tells of it.

    A thing to do is a text, or ``{text, only_for}``.
    """
    stage.checklist.add(
        *(
            ChecklistItem(
                **({"text": thing} if isinstance(thing, str) else thing),
                sort_order=order,
                locale=locale,
            )
            for order, thing in enumerate(row.get("checklist", []))
        )
    )
    stage.questions.add(
        *(
            _write_question(question, order, locale)
            for order, question in enumerate(row.get("question", []))
        )
    )
    stage.examples.add(
        *(
            StageExample(
                space=spaces[example["space"]],
                text=example["text"],
                sort_order=order,
                locale=locale,
            )
            for order, example in enumerate(row.get("examples", []))
        )
    )


def _write_question(row: dict[str, Any], order: int, locale: Locale) -> StageQuestion:
    question = StageQuestion(
        key=row["key"],
        text=row["text"],
        help=row["help"],
        sort_order=order,
        locale=locale,
    )
    question.answers = [
        StageAnswer(**answer, sort_order=place, locale=locale)
        for place, answer in enumerate(row["answer"])
    ]
    return question
