"""A reader's way through a guide: what they answered, and what it leaves aside.

The answers stand in the address (``?statut=association``) and travel in the links of the
guide. Without them everything is readable. Stages keep their number whatever the answers:
“stage 3 of 5” says the same on paper, in a link and to a neighbour who answered
otherwise. A stage that does not concern the reader stays in the list and says so;
“previous” and “next” step over it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cms.querystrings import encode_parameters
from network.departments import DEPARTMENT_NAMES
from resources.domain.branches import Condition, read_answers

if TYPE_CHECKING:
    from resources.models.branching import BranchMixin, StageAnswer, StageQuestion
    from resources.models.guide import StagePage

PartT = TypeVar("PartT", bound="BranchMixin")


@dataclass(frozen=True, slots=True)
class Group(Generic[PartT]):
    """Parts under one heading; those for everybody have none."""

    heading: str
    parts: Sequence[PartT]


@dataclass(frozen=True, slots=True)
class Arranged(Generic[PartT]):
    """Parts as a page shows them, and how many it leaves aside."""

    groups: Sequence[Group[PartT]]
    left_aside: int

    @property
    def shown(self) -> list[PartT]:
        return [part for group in self.groups for part in group.parts]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer, as a link."""

    answer: StageAnswer
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page shows it."""

    question: StageQuestion
    choices: Sequence[Choice]
    # The address without an answer to it.
    all_url: str

    @property
    def chosen(self) -> StageAnswer | None:
        return next((one.answer for one in self.choices if one.is_chosen), None)

    @property
    def told(self) -> list[StageAnswer]:
        """The answers that the page tells more about: the chosen one, or each."""
        chosen = self.chosen
        answers = [chosen] if chosen else [one.answer for one in self.choices]
        return [answer for answer in answers if answer.text]


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage in the list of stages."""

    stage: StagePage
    number: int
    is_concerned: bool
    # Whom it is for, where the reader has not answered yet.
    heading: str


class GuideWalk:
    """Reads the address of a page of a guide; ``path`` is that page's own."""

    def __init__(
        self,
        questions: Iterable[StageQuestion],
        parameters: Mapping[str, str],
        *,
        path: str,
    ) -> None:
        # Two questions with one key: the first is asked.
        self.questions: dict[str, StageQuestion] = {}
        for question in questions:
            self.questions.setdefault(question.key, question)
        self.offered: dict[str, dict[str, StageAnswer]] = {
            key: {answer.key: answer for answer in question.answers.all()}
            for key, question in self.questions.items()
        }
        self.answers = read_answers(parameters, self.offered)
        self.path = path
        department = parameters.get("dep", "")
        self.department = department if department in DEPARTMENT_NAMES else ""
        self.is_department_unknown = bool(department) and not self.department
        # An old link, or one typed by hand.
        self.has_unknown_answer = any(
            parameters.get(key) and key not in self.answers for key in self.questions
        )

    @property
    def query(self) -> str:
        """What the links of the guide take along: “?dep=22&statut=association” or “”."""
        return self._write_query(self.answers)

    @property
    def chosen(self) -> list[StageAnswer]:
        """The answers given, in the order of the questions."""
        return [self.offered[key][one] for key, one in self.answers.items()]

    @property
    def all_url(self) -> str:
        """This page without any answer."""
        return self.path + self._write_query({})

    @property
    def answers_json(self) -> str:
        """The answers given, for the script that remembers them on the device."""
        return json.dumps(self.answers)

    @property
    def labels_json(self) -> str:
        """The words of each answer, for the script that offers to take them up again."""
        return json.dumps(
            {
                key: {answer.key: answer.label for answer in answers.values()}
                for key, answers in self.offered.items()
            },
            ensure_ascii=False,
        )

    @cached_property
    def asked(self) -> list[Asked]:
        """Every question of the guide, in order."""
        return [self._ask(question) for question in self.questions.values()]

    def asked_at(self, stage: StagePage) -> list[Asked]:
        """The questions that ``stage`` asks."""
        return [one for one in self.asked if one.question.stage_id == stage.pk]

    def concerns(self, part: BranchMixin) -> bool:
        """True unless an answer says that ``part`` is for others."""
        return self._condition_of(part).allows(self.answers)

    def heading_of(self, part: BranchMixin) -> str:
        """Whom ``part`` is for, as far as the reader has not answered; “” for all."""
        still_open = self._condition_of(part).still_open(self.answers)
        headings = [
            self._join_answers([self.offered[key][one] for one in answers])
            for key, answers in still_open.wanted
        ]
        return _join(headings, _("%(first)s, and %(second)s"))

    def arrange(self, parts: Iterable[PartT]) -> Arranged[PartT]:
        """Return what concerns the reader: what is for all, then by answer, in order."""
        by_heading: defaultdict[str, list[PartT]] = defaultdict(list)
        by_heading[""] = []
        left_aside = 0
        for part in parts:
            if self.concerns(part):
                by_heading[self.heading_of(part)].append(part)
            else:
                left_aside += 1
        groups = [Group(heading, kept) for heading, kept in by_heading.items() if kept]
        return Arranged(groups, left_aside)

    def list_stages(self, stages: Sequence[StagePage]) -> list[StageRow]:
        """Return every stage with the number it keeps."""
        return [
            StageRow(stage, number, self.concerns(stage), self.heading_of(stage))
            for number, stage in enumerate(stages, start=1)
        ]

    def _condition_of(self, part: BranchMixin) -> Condition:
        return part.condition.among(self.offered)

    def _ask(self, question: StageQuestion) -> Asked:
        anchor = f"#question-{question.key}"
        others = {key: one for key, one in self.answers.items() if key != question.key}
        choices = [
            Choice(
                answer,
                self.path + self._write_query({**others, question.key: key}) + anchor,
                self.answers.get(question.key) == key,
            )
            for key, answer in self.offered[question.key].items()
        ]
        return Asked(question, choices, self.path + self._write_query(others) + anchor)

    def _write_query(self, answers: Mapping[str, str]) -> str:
        parameters = {key: [answer] for key, answer in answers.items()}
        return encode_parameters({**parameters, "dep": [self.department]})

    def _join_answers(self, answers: Sequence[StageAnswer]) -> str:
        headings = [
            one.heading or _("If your answer is “%(answer)s”") % {"answer": one.label}
            for one in answers
        ]
        return _join(headings, _("%(first)s, or %(second)s"))


def _join(texts: Sequence[str], pattern: str) -> str:
    """Join sentences with a word; only the first keeps its capital."""
    joined = texts[0] if texts else ""
    for text in texts[1:]:
        joined = pattern % {"first": joined, "second": text[:1].lower() + text[1:]}
    return joined
