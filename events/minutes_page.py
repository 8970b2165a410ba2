"""The part of a date's page that tells what was said and decided there."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.text import slugify

from cms.folding import fold_to_words
from events.decision_rows import (
    DecisionRow,
    make_decision_rows,
    read_stories,
    say_meeting,
)
from events.models import Attendee, Decision, Event, Minutes
from events.services.minutes import list_authors
from events.services.numbering import list_continued_series

if TYPE_CHECKING:
    import datetime

    from cms.models import User
    from events.event_page import EventPage

AGENDA_SIZE: Final = 8


@dataclass(frozen=True, slots=True)
class MinutesSection:
    """One question: its words, its anchor, its links, what was decided."""

    anchor: str
    question: str
    text: str
    links: list[tuple[str, str]]
    decisions: list[DecisionRow]


@dataclass
class MinutesPage:
    """The minutes of a date as its reader may have them.

    ``draft`` is the text to show instead of the published one, in a preview.
    """

    page: EventPage
    draft: Minutes | None = None

    @property
    def event(self) -> Event:
        return self.page.event

    @cached_property
    def today(self) -> datetime.date:
        return self.page.now.astimezone(self.event.tzinfo).date()

    @cached_property
    def minutes(self) -> Minutes | None:
        """The minutes, once the date has begun and for who may read them."""
        if self.draft is not None:
            return self.draft
        if not self.event.pk or self.event.start_at > self.page.now:
            return None
        readable = Minutes.objects.readable_by(self.page.viewer, self.today)
        return (
            readable.filter(event=self.event.pk)
            .select_related("event__series")
            .prefetch_related("themes")
            .first()
        )

    @property
    def name(self) -> str:
        """“CoopCoworking n° 26”, or an empty text for what has no edition."""
        if self.minutes is None or self.minutes.edition is None:
            return ""
        return say_meeting(self.minutes)

    @cached_property
    def sections(self) -> list[MinutesSection]:
        if self.minutes is None:
            return []
        anchors: set[str] = set()
        return [
            MinutesSection(
                anchor=_make_anchor(theme.question, anchors),
                question=theme.question,
                text=theme.text,
                links=theme.link_list,
                decisions=self._decided.get(theme.key, []),
            )
            for theme in self.minutes.themes.all()
        ]

    @property
    def other_decisions(self) -> list[DecisionRow]:
        """Those taken under no question, or under one that has gone."""
        if self.minutes is None:
            return []
        keys = {theme.key for theme in self.minutes.themes.all()}
        return [
            row
            for key, rows in self._decided.items()
            if key not in keys
            for row in rows
        ]

    @cached_property
    def _decided(self) -> dict[uuid.UUID | None, list[DecisionRow]]:
        found: dict[uuid.UUID | None, list[DecisionRow]] = {}
        if self.minutes is None or not self.minutes.pk:
            return found
        taken = Decision.objects.filter(minutes=self.minutes.pk)
        for row in self._make_rows(read_stories(taken, self.page.viewer, self.today)):
            found.setdefault(row.decision.theme_key, []).append(row)
        return found

    @cached_property
    def neighbours(self) -> tuple[Minutes | None, Minutes | None]:
        """The editions before and after this one that this reader may have."""
        minutes = self.minutes
        if minutes is None or minutes.edition is None or not minutes.numbered_in_id:
            return None, None
        others = (
            Minutes.objects.readable_by(self.page.viewer, self.today)
            .filter(
                numbered_in=minutes.numbered_in_id, event__start_at__lte=self.page.now
            )
            .select_related("event__series")
        )
        before = others.filter(edition__lt=minutes.edition).order_by("-edition")
        after = others.filter(edition__gt=minutes.edition).order_by("edition")
        return before.first(), after.first()

    @property
    def previous(self) -> tuple[str, str] | None:
        return _link(self.neighbours[0])

    @property
    def next(self) -> tuple[str, str] | None:
        return _link(self.neighbours[1])

    @cached_property
    def attendees(self) -> list[Attendee]:
        """Who was there, for the members of the network alone."""
        if self.minutes is None or not self.minutes.pk or not self.page.is_member:
            return []
        return list(
            Attendee.objects.filter(minutes=self.minutes.pk).select_related("space")
        )

    @cached_property
    def authors(self) -> list[User]:
        """Who wrote them, for the members of the network alone."""
        if self.minutes is None or not self.minutes.pk or not self.page.is_member:
            return []
        return [one for one in list_authors(self.minutes) if one.get_full_name()]

    @cached_property
    def to_take_up(self) -> list[DecisionRow]:
        """What former meetings left unfinished, on the series' next date alone."""
        event = self.event
        if event.series is None or not event.pk or self.page.is_past:
            return []
        dates = Event.objects.filter(series=event.series_id, live=True)
        following = dates.taking_place().upcoming(self.page.now)
        if following.values_list("pk", flat=True).first() != event.pk:
            return []
        open_ones = (
            Decision.objects.readable_by(self.page.viewer, self.today)
            .unfinished()
            .filter(minutes__event__series__in=list_continued_series(event.series))
            .due_first()
        )
        stories = read_stories(open_ones, self.page.viewer, self.today)
        return self._make_rows(stories[:AGENDA_SIZE])

    @property
    def register_url(self) -> str:
        """The register of this series' decisions, where it may be named."""
        series = self.event.series
        url = reverse("decisions:register")
        return f"{url}?serie={series.slug}" if series and series.is_public else url

    def _make_rows(self, decisions: Iterable[Decision]) -> list[DecisionRow]:
        return make_decision_rows(
            decisions, today=self.today, for_member=self.page.is_member
        )


def _make_anchor(question: str, taken: set[str]) -> str:
    words = slugify(fold_to_words(question))[:60].strip("-") or "question"
    anchor, number = f"q-{words}", 1
    while anchor in taken:
        number += 1
        anchor = f"q-{words}-{number}"
    taken.add(anchor)
    return anchor


def _link(minutes: Minutes | None) -> tuple[str, str] | None:
    return (say_meeting(minutes), minutes.get_absolute_url()) if minutes else None
