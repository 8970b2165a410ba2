"""A decision as a line of a list shows it, and what became of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from events import wording
from events.enums import DecisionState
from events.models import Decision, DecisionStep, Event, Minutes, Task
from network.enums import SpaceStatus
from network.models import SpaceMember

if TYPE_CHECKING:
    from events.querysets import DecisionQuerySet
    from network.models import Space

# How far a decision is, as the style sheet draws it.
STATE_CLASSES: Final = {
    DecisionState.ACTED: "state-half",
    DecisionState.TO_FOLLOW: "state-half",
    DecisionState.DONE: "state-done",
}


@dataclass(frozen=True, slots=True)
class StepRow:
    """What became of a decision one day; ``person`` for members only."""

    state: str
    state_class: str
    day: str
    note: str
    space: Space | None
    person: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision as a reader sees it; ``tasks`` is empty but for members."""

    decision: Decision
    state: str
    state_class: str
    due: str
    is_overdue: bool
    space: Space | None
    space_is_closed: bool
    meeting: str
    meeting_url: str
    day: str
    steps: list[StepRow]
    tasks: list[Task]
    task_count: str
    next_event: Event | None
    next_day: str

    @property
    def has_story(self) -> bool:
        return bool(self.steps or self.task_count or self.next_event)


def read_stories(
    decisions: DecisionQuerySet, viewer: Any, today: datetime.date
) -> DecisionQuerySet:
    """Fetch what ``make_decision_rows`` reads: three queries more, however many."""
    visible = Event.objects.visible_to(viewer, today)
    steps = DecisionStep.objects.select_related("space", "by")
    return (
        decisions.with_meeting()
        .select_related("topic")
        .prefetch_related(
            Prefetch("steps", queryset=steps),
            Prefetch("tasks", queryset=Task.objects.select_related("space")),
            Prefetch("next_event", queryset=visible),
        )
    )


def make_decision_rows(
    decisions: Iterable[Decision], *, today: datetime.date, for_member: bool
) -> list[DecisionRow]:
    """Return the rows; ``for_member`` adds the tasks' words and people's names."""
    return [_make_row(one, today, for_member) for one in decisions]


def say_meeting(minutes: Minutes) -> str:
    """“CoopCoworking n° 26”; the title of the date where no edition is known."""
    series = minutes.event.series
    if minutes.edition is None or series is None or not series.is_public:
        return minutes.event.title
    return gettext("%(series)s no. %(edition)d") % {
        "series": series.title,
        "edition": minutes.edition,
    }


def is_network_member(viewer: Any, today: datetime.date) -> bool:
    """True for staff and for whoever speaks for a space on ``today``. One query."""
    if not getattr(viewer, "is_authenticated", False):
        return False
    current = SpaceMember.objects.current(today)
    return viewer.is_staff or current.filter(user=viewer).exists()


def _make_row(
    decision: Decision, today: datetime.date, for_member: bool
) -> DecisionRow:
    space, following = decision.responsible_space, decision.next_event
    if space is not None and not space.live:
        # Withdrawn from the directory: its name is no longer public.
        space = None
    tasks = list(decision.tasks.all())
    state = DecisionState(decision.state)
    return DecisionRow(
        decision=decision,
        state=capfirst(str(state.label)),
        state_class=STATE_CLASSES.get(state, ""),
        due=wording.say_day(decision.due_on) if decision.due_on else "",
        is_overdue=decision.is_overdue(today),
        space=space,
        space_is_closed=space is not None and space.status == SpaceStatus.CLOSED,
        meeting=say_meeting(decision.minutes),
        meeting_url=_link_meeting(decision),
        day=wording.say_day(decision.minutes.event.start_date),
        steps=[_make_step(step, for_member) for step in decision.steps.all()],
        tasks=tasks if for_member else [],
        task_count=_count_tasks(tasks),
        next_event=following,
        next_day=wording.say_day(following.start_date) if following else "",
    )


def _make_step(step: DecisionStep, for_member: bool) -> StepRow:
    state = DecisionState(step.state)
    return StepRow(
        state=capfirst(str(state.label)),
        state_class=STATE_CLASSES.get(state, ""),
        day=wording.say_day(timezone.localdate(step.at)),
        note=step.note,
        space=step.space if step.space and step.space.live else None,
        person=step.by.get_full_name() if for_member and step.by else "",
    )


def _link_meeting(decision: Decision) -> str:
    url = decision.minutes.event.get_absolute_url()
    return f"{url}#d-{decision.number}" if url else ""


def _count_tasks(tasks: list[Task]) -> str:
    if not tasks:
        return ""
    done = sum(task.done_at is not None for task in tasks)
    return ngettext(
        "%(done)d task of %(total)d done", "%(done)d tasks of %(total)d done", done
    ) % {"done": done, "total": len(tasks)}
