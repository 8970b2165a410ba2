"""The part of the register that an address asks for, and how many each filter keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy as _

from cms.folding import fold_words
from cms.querystrings import encode_parameters, without_parameter
from events.enums import DecisionState, Visibility

if TYPE_CHECKING:
    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from events.querysets import DecisionQuerySet

QUERY_LENGTH: Final = 100
MOST_VALUES: Final = 20


@dataclass(frozen=True, slots=True)
class Filter:
    """One question of the register: its column, the words of its values, its label."""

    column: str
    words: str
    label: StrOrPromise
    every: StrOrPromise
    shown: Q = field(default_factory=Q)


FILTERS: Final[Mapping[str, Filter]] = {
    "etat": Filter("state", "state", _("State"), _("Every state")),
    "theme": Filter("topic__slug", "topic__name", _("Topic"), _("Every topic")),
    "serie": Filter(
        "minutes__event__series__slug",
        "minutes__event__series__title",
        _("Meeting"),
        _("Every meeting"),
        # What others may not know of is no filter.
        Q(
            minutes__event__series__live=True,
            minutes__event__series__visibility=Visibility.PUBLIC,
        ),
    ),
    "lieu": Filter(
        "responsible_space__slug",
        "responsible_space__name",
        _("In charge"),
        _("Every space"),
        Q(responsible_space__live=True),
    ),
}


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter; ``count`` is what it would keep, the others in force."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass
class DecisionSelection:
    """The filters of one address, read against the decisions that a reader may have."""

    readable: DecisionQuerySet
    asked: dict[str, list[str]]
    query: str = ""
    notices: list[str] = field(default_factory=list)
    options: dict[str, list[Option]] = field(default_factory=dict)

    @classmethod
    def read(cls, query: QueryDict, readable: DecisionQuerySet) -> DecisionSelection:
        """Read an address; values that nothing answers to are left out, and said.

        Costs two queries a filter.
        """
        asked = {name: query.getlist(name)[:MOST_VALUES] for name in FILTERS}
        words = " ".join(query.get("q", "").split())
        selection = cls(readable, asked, words[:QUERY_LENGTH])
        if len(words) > QUERY_LENGTH:
            selection.notices.append(
                gettext("Your words were long: only the first ones are looked for.")
            )
        known = {name: selection._list_values(name) for name in FILTERS}
        for name, values in asked.items():
            wanted = list(dict.fromkeys(filter(None, values)))
            selection.asked[name] = [one for one in wanted if one in known[name]]
            selection.notices += [
                gettext("Filter “%(filter)s”: we know no “%(value)s”, it is left out.")
                % {"filter": FILTERS[name].label, "value": one[:60]}
                for one in wanted
                if one not in known[name]
            ]
        for name in FILTERS:
            selection.options[name] = selection._count_options(name, known[name])
        return selection

    @property
    def found(self) -> DecisionQuerySet:
        """The decisions that answer every filter, the latest first."""
        return self.readable.filter(self._condition()).order_by("-number")

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The filters as an address holds them."""
        found = {**self.asked, "q": [self.query]}
        return {name: values for name, values in found.items() if any(values)}

    @property
    def query_string(self) -> str:
        return encode_parameters(self.parameters).removeprefix("?")

    @property
    def chips(self) -> list[tuple[str, str]]:
        """(label, address without it) of each filter in force."""
        chips = [
            (
                option.label,
                without_parameter(self.parameters, name, option.value) or "?",
            )
            for name, options in self.options.items()
            for option in options
            if option.is_chosen
        ]
        if self.query:
            label = gettext("“%(query)s”") % {"query": self.query}
            chips.append((label, without_parameter(self.parameters, "q") or "?"))
        return chips

    @property
    def fields(self) -> list[tuple[str, Filter, list[Option]]]:
        """(name, filter, options) of each filter that has something to choose."""
        return [
            (name, FILTERS[name], options)
            for name, options in self.options.items()
            if options
        ]

    def _list_values(self, name: str) -> dict[str, str]:
        """Return the label of each value that some readable decision has."""
        one = FILTERS[name]
        rows = self.readable.filter(one.shown).exclude(**{one.column: None})
        pairs = rows.order_by(one.words).values_list(one.column, one.words).distinct()
        if name == "etat":
            held = {value for value, _words in pairs}
            # In the order of their lives, not of the alphabet.
            return {
                state.value: capfirst(str(state.label))
                for state in DecisionState
                if state.value in held
            }
        return dict(pairs)

    def _count_options(self, name: str, known: Mapping[str, str]) -> list[Option]:
        column = FILTERS[name].column
        rows = self.readable.filter(self._condition(without=name)).order_by()
        counts = dict(rows.values_list(column).annotate(total=Count("pk")))
        return [
            Option(value, label, counts.get(value, 0), value in self.asked[name])
            for value, label in known.items()
        ]

    def _condition(self, *, without: str = "") -> Q:
        condition = Q()
        for name, values in self.asked.items():
            if values and name != without:
                condition &= Q(**{f"{FILTERS[name].column}__in": values})
        words: Sequence[str] = fold_words(self.query)
        for word in words:
            condition &= Q(folded_text__contains=word)
        if self.query and not words:
            # Nothing but signs: no decision has them.
            condition &= Q(pk__in=[])
        return condition
