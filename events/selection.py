"""The part of the agenda that an address asks for: its filters, read and applied.

The agenda's pages, the feeds and the subscribe page read the same parameters and show
the same dates, so that what a person sees is what they subscribe to.

A value that nothing answers to is left out on every page, which says so in a sentence
(``Selection.notices``) and shows what the other filters keep. What machines ask for,
feeds and files, is refused instead: an answer without that filter would hold dates that
nobody asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_lazy as _

from cms.folding import fold_words
from cms.querystrings import encode_parameters, without_parameter
from events.domain.continuations import follow_continuations
from events.models import Event, EventType, Series
from events.models.event import EventTag, TaggedEvent
from network.departments import DEPARTMENT_NAMES
from network.models import Space

if TYPE_CHECKING:
    from django.http import QueryDict

    from events.querysets import EventQuerySet

QUERY_LENGTH: Final = 100
MOST_VALUES: Final = 20
"""Values of one filter that are read; the rest is ignored."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: what the address holds and what a person reads."""

    name: str
    value: str
    label: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for; ``unknown`` are the (name, value) that nothing answers to."""

    choices: tuple[Choice, ...] = ()
    query: str = ""
    unknown: tuple[tuple[str, str], ...] = ()
    # The keys of the series asked for and of those that continue them.
    series: frozenset[int] = field(default=frozenset(), compare=False)
    was_shortened: bool = field(default=False, compare=False)

    def __bool__(self) -> bool:
        return bool(self.choices or self.query)

    def values(self, name: str) -> list[str]:
        return list(self.labels(name))

    def labels(self, name: str) -> dict[str, str]:
        """What a person reads of each value of one filter, in the address's order."""
        return {one.value: one.label for one in self.choices if one.name == name}

    @property
    def notices(self) -> list[str]:
        """Sentences about what of the address was left out."""
        said = [
            gettext("Filter “%(filter)s”: we know no “%(value)s”, it is left out.")
            % {"filter": FILTER_LABELS[name], "value": value[:60]}
            for name, value in self.unknown
        ]
        if self.was_shortened:
            said.append(
                gettext("Your words were long: only the first ones are looked for.")
            )
        return said

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The filters as an address holds them, in canonical order."""
        found = {name: self.values(name) for name in FILTERS}
        found["q"] = [self.query]
        return {name: sorted(values) for name, values in found.items() if any(values)}

    @property
    def query_string(self) -> str:
        """“?type=…”, or an empty text."""
        return encode_parameters(self.parameters)

    @property
    def label(self) -> str:
        """What a person reads: “Drink & co, Ille-et-Vilaine”; "" for everything."""
        words = [choice.label for choice in self.choices]
        if self.query:
            words.append(gettext("“%(query)s”") % {"query": self.query})
        return ", ".join(words)

    def filter(self, events: EventQuerySet, *, without: str = "") -> EventQuerySet:
        """Keep the dates that answer every filter; values of one filter are either-or.

        ``without`` leaves one filter out, to count what its choices would give.
        """
        for name, lookup in FILTERS.items():
            values = self.values(name)
            if not values or name == without:
                continue
            if name == "lieu":
                events = events.filter(_takes_place_or_is_hosted(values))
            elif name == "serie":
                events = events.filter(series__in=sorted(self.series))
            elif name == "tag":
                # No join: a date with two of these keywords is one row.
                tagged = TaggedEvent.objects.filter(tag__slug__in=values)
                events = events.filter(pk__in=tagged.values("content_object"))
            else:
                events = events.filter(**{f"{lookup}__in": values})
        for word in fold_words(self.query):
            events = events.filter(folded_text__contains=word)
        return events

    def chips(self, parameters: Mapping[str, Sequence[str]]) -> Iterator[tuple]:
        """Yield (label, address without it) for each filter, page number dropped."""
        kept = {name: value for name, value in parameters.items() if name != "page"}
        for choice in self.choices:
            yield (
                choice.label,
                without_parameter(kept, choice.name, choice.value) or "?",
            )
        if self.query:
            label = gettext("“%(query)s”") % {"query": self.query}
            yield label, without_parameter(kept, "q") or "?"


FILTERS: Final = {
    "type": "type__slug",
    "dep": "department",
    "lieu": "venue__slug",
    "serie": "series__slug",
    "tag": "tags__slug",
}

FILTER_LABELS: Final = {
    "type": _("type"),
    "dep": _("department"),
    "lieu": _("space"),
    "serie": _("series"),
    "tag": _("keyword"),
}


def read_selection(query: QueryDict) -> Selection:
    """Read the filters of an address; others are ignored.

    Costs one query for each filter in use, the department excepted.
    """
    asked = {name: query.getlist(name)[:MOST_VALUES] for name in FILTERS}
    words = " ".join(query.get("q", "").split())
    return select(asked, words)


def select(asked: Mapping[str, Sequence[str]], words: str = "") -> Selection:
    """Return the selection of these values, unknown ones set apart."""
    choices: list[Choice] = []
    unknown: list[tuple[str, str]] = []
    series: frozenset[int] = frozenset()
    for name in FILTERS:
        values = list(dict.fromkeys(value for value in asked.get(name, ()) if value))
        if not values:
            continue
        if name == "serie":
            known, series = _read_series(values)
        else:
            known = _read_labels(name, values)
        choices += [Choice(name, one, known[one]) for one in values if one in known]
        unknown += [(name, one) for one in values if one not in known]
    return Selection(
        choices=tuple(choices),
        query=words[:QUERY_LENGTH],
        unknown=tuple(unknown),
        series=series,
        was_shortened=len(words) > QUERY_LENGTH,
    )


def _read_labels(name: str, values: list[str]) -> dict[str, str]:
    found: QuerySet[Any]
    match name:
        case "dep":
            return {v: DEPARTMENT_NAMES[v] for v in values if v in DEPARTMENT_NAMES}
        case "type":
            found = EventType.objects.filter(slug__in=values)
        case "lieu":
            found = Space.objects.filter(live=True, slug__in=values)
        case _:
            # A keyword that only hidden dates have would tell of them.
            shown = Event.objects.published().filter(tags__slug__in=values)
            found = EventTag.objects.filter(
                slug__in=values, tagged_events__content_object__in=shown
            )
    return {one.slug: str(one) for one in found}


def _read_series(values: list[str]) -> tuple[dict[str, str], frozenset[int]]:
    """Return the labels of published series, and the keys whose dates they gather.

    A change “of this date and the following ones” makes another series: who follows
    the first one goes on getting its dates. One query.
    """
    rows = Series.objects.filter(Q(slug__in=values) | Q(continues__isnull=False))
    found = list(rows.only("slug", "title", "live", "visibility", "continues"))
    asked = [one for one in found if one.slug in values and one.is_public]
    links = {one.continues_id: one.pk for one in found if one.continues_id}
    keys = follow_continuations([one.pk for one in asked], links)
    return {one.slug: str(one) for one in asked}, keys


def _takes_place_or_is_hosted(slugs: list[str]) -> Q:
    here = Q(venue__slug__in=slugs, venue_name="")
    return here | Q(host__slug__in=slugs)
