"""The plan of a project as a page shows it.

Nothing here tells more than a visitor may know: what proves an action, and the record of
a partner, have their own doors.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from wagtail.models import Page

from cms.record_text import SOURCE_LANGUAGE
from events.models import Decision, Event
from network.enums import SpaceStatus
from resources.domain.projects import (
    Branch,
    Reading,
    Saying,
    Total,
    add_up,
    grow_tree,
)
from resources.enums import ActionState, FundingState
from resources.models.project_funding import FACTS, ProjectFunding, ProjectSource
from resources.models.shared_resource import SharedResource

if TYPE_CHECKING:
    from resources.models.project import ProjectPage
    from resources.models.project_plan import (
        ProjectAction,
        ProjectObjective,
        ProjectPartner,
        ProjectPhase,
    )


@dataclass(frozen=True, slots=True)
class ShownPartner:
    """A partner by its name; ``url`` is its record in the directory, or its site."""

    name: str
    url: str
    role: str
    is_coordinator: bool


@dataclass(frozen=True, slots=True)
class ShownPhase:
    phase: ProjectPhase
    is_current: bool

    @property
    def anchor(self) -> str:
        return f"phase-{self.phase.number}"


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that something was done, as far as everybody may read it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownAction:
    """An action with its place in the whole list, from 1."""

    position: int
    action: ProjectAction
    phase: ShownPhase | None
    objectives: Sequence[ProjectObjective]
    proofs: Sequence[Proof]

    @property
    def anchor(self) -> str:
        return f"action-{self.position}"


@dataclass(frozen=True, slots=True)
class ShownObjective:
    objective: ProjectObjective
    actions: Sequence[ShownAction]


@dataclass(frozen=True, slots=True)
class StateChoice:
    """A state to keep the actions of; None for all of them."""

    state: ActionState | None
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownFunding:
    funding: ProjectFunding
    facts: Sequence[Reading[ProjectSource]]
    sources: Sequence[ProjectSource]

    @property
    def is_disputed(self) -> bool:
        return any(fact.is_disputed for fact in self.facts)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the page of a project shows; ``actions`` are those that were asked for."""

    partners: Sequence[ShownPartner]
    phases: Sequence[ShownPhase]
    objectives: Sequence[Branch[ShownObjective]]
    actions: Sequence[ShownAction]
    choices: Sequence[StateChoice]
    action_count: int
    done_count: int
    fundings: Sequence[ShownFunding]
    by_nature: Sequence[Total[str]]
    by_funder: Sequence[Total[str]]
    sources: Sequence[ProjectSource]

    @property
    def has_parts(self) -> bool:
        """True where there is something to find one's way in."""
        parts = (self.partners, self.phases, self.objectives, self.action_count)
        return any(parts) or bool(self.fundings or self.sources)

    @property
    def is_filtered(self) -> bool:
        return not self.choices[0].is_chosen

    @property
    def chosen_state(self) -> ActionState | None:
        return next((one.state for one in self.choices if one.is_chosen), None)


def read_plan(project: ProjectPage, *, day: datetime.date, word: str = "") -> Plan:
    """Read a project's plan; ``word`` is that of a state of actions, "" for all.

    A word that no state has asks for actions that do not exist. Six queries, and one
    for each kind of proof and for the partners' spaces where there are some; two for
    proofs that are pages.
    """
    phases = [
        ShownPhase(phase, not (project.halt or span is None) and span.may_hold(day))
        for phase, span in [(one, one.span) for one in project.phases.all()]
    ]
    # A draft may hold one that has no number yet.
    objectives = [one for one in project.objectives.all() if one.number]
    actions = _show_actions(project, phases, objectives)
    fundings = list(project.fundings.all())
    sources = list(project.sources.all())
    secured = [one for one in fundings if one.state in FundingState.secured()]
    return Plan(
        partners=list(show_partners(project.partners.select_related("space"))),
        phases=phases,
        objectives=_show_objectives(objectives, actions),
        actions=[
            one for one in actions if word in ("", ActionState(one.action.state).word)
        ],
        choices=_list_choices(actions, word),
        action_count=len(actions),
        done_count=sum(one.action.state == ActionState.DONE for one in actions),
        fundings=[read_funding(one, sources) for one in fundings],
        by_nature=add_up(secured, lambda one: one.nature, lambda one: one.amount),
        by_funder=add_up(secured, lambda one: one.funder, lambda one: one.amount),
        sources=sources,
    )


def show_partners(partners: Iterable[ProjectPartner]) -> Iterable[ShownPartner]:
    """A space that closed keeps its name; one that is a draft has none here."""
    for partner in partners:
        space = partner.space
        if space is None and not partner.name:
            # The record was erased.
            continue
        if space is not None and not space.live:
            continue
        url = partner.url
        if space is not None:
            is_closed = space.status == SpaceStatus.CLOSED
            url = "" if is_closed else space.get_absolute_url()
        yield ShownPartner(str(partner), url, partner.role, partner.is_coordinator)


def _show_actions(
    project: ProjectPage,
    phases: Sequence[ShownPhase],
    objectives: Sequence[ProjectObjective],
) -> list[ShownAction]:
    actions = list(project.actions.all())
    proofs = _find_proofs(actions, project.locale.language_code)
    phase_of = {one.phase.number: one for one in phases}
    objective_of = {one.number: one for one in objectives}
    return [
        ShownAction(
            position,
            action,
            phase_of.get(action.phase_number or 0),
            [objective_of[one] for one in action.serves if one in objective_of],
            [
                proofs[name, getattr(action, f"{name}_id")]
                for name in ("event", "decision", "resource", "page")
                if (name, getattr(action, f"{name}_id")) in proofs
            ],
        )
        for position, action in enumerate(actions, start=1)
    ]


def _find_proofs(
    actions: Sequence[ProjectAction], language: str
) -> dict[tuple[str, int], Proof]:
    """Return what everybody may read, by the name and key of an action's column."""
    readable: dict[str, QuerySet[Any]] = {
        "event": Event.objects.published(),
        "decision": Decision.objects.published(),
        "resource": SharedResource.objects.published(),
    }
    proofs = {}
    for name, records in readable.items():
        for record in _fetch(records, actions, name):
            proofs[name, record.pk] = Proof(
                _say_record(name, record), record.get_absolute_url()
            )
    if any(action.page_id for action in actions):
        for key, page in _find_pages(actions, language).items():
            proofs["page", key] = Proof(page.title, page.url)
    return proofs


def _say_record(name: str, record: Any) -> str:
    if name == "event":
        day = date_format(record.start_date, "DATE_FORMAT")
        return f"{record.title}, {day}"
    return f"{record}. {record.text}" if name == "decision" else str(record)


def _fetch(
    records: QuerySet[Any], actions: Sequence[ProjectAction], name: str
) -> Iterable[Any]:
    keys = {getattr(action, f"{name}_id") for action in actions} - {None}
    return records.filter(pk__in=keys) if keys else []


def _find_pages(actions: Sequence[ProjectAction], language: str) -> dict[int, Page]:
    """Return the public pages by the key they were chosen by, in ``language`` if any."""
    unpublished = tuple(Page.objects.filter(live=False).values_list("path", flat=True))
    chosen = Page.objects.filter(pk__in={action.page_id for action in actions})
    keys = dict(chosen.values_list("pk", "translation_key"))
    pages = (
        Page.objects.live()
        .public()
        .filter(
            translation_key__in=keys.values(),
            locale__language_code__in={language, SOURCE_LANGUAGE},
        )
        .select_related("locale")
    )
    found: dict[Any, Page] = {}
    for page in sorted(pages, key=lambda one: one.locale.language_code == language):
        if not page.path.startswith(unpublished) and page.url:
            found[page.translation_key] = page
    return {pk: found[key] for pk, key in keys.items() if key in found}


def _show_objectives(
    objectives: Sequence[ProjectObjective], actions: Sequence[ShownAction]
) -> list[Branch[ShownObjective]]:
    serving: defaultdict[str, list[ShownAction]] = defaultdict(list)
    for shown in actions:
        for number in shown.action.serves:
            serving[number].append(shown)
    return grow_tree(
        (one.number, ShownObjective(one, serving[one.number])) for one in objectives
    )


def _list_choices(actions: Sequence[ShownAction], word: str) -> list[StateChoice]:
    """Return all actions, then each state that an action is in or that was asked for."""
    counts = Counter(one.action.state for one in actions)
    choices = [StateChoice(None, len(actions), not word)]
    for state in ActionState:
        is_chosen = word == state.word
        if counts[state] or is_chosen:
            choices.append(StateChoice(state, counts[state], is_chosen))
    return choices


def read_funding(
    funding: ProjectFunding, sources: Iterable[ProjectSource]
) -> ShownFunding:
    """Put beside each fact of a funding what each of its sources says of it."""
    its_own = [one for one in sources if one.funding_number == funding.number]
    facts = [
        Reading(
            name,
            funding.get_fact(name),
            [
                Saying(source, source.get_fact(name))
                for source in its_own
                if source.get_fact(name) is not None
            ],
        )
        for name in FACTS
    ]
    # An amount that nobody knows is said to be unknown.
    told = [fact for fact in facts if fact.is_told or fact.name == "amount"]
    return ShownFunding(funding, told, its_own)
