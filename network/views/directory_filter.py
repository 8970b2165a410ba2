"""What a reader asks of the directory, read from the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cms.querystrings import encode_parameters, without_parameter
from network.departments import DEPARTMENT_NAMES
from network.enums import KIND_WORDS, STATUS_WORDS, SpaceKind, SpaceStatus

if TYPE_CHECKING:
    from django.http import QueryDict

    from network.querysets import SpaceQuerySet

_LONGEST_TEXT = 100
# The value behind each word of an address; closed spaces are not in the directory.
_STATUSES = {
    word: status
    for status, word in STATUS_WORDS.items()
    if status != SpaceStatus.CLOSED
}
_KINDS = {word: kind for kind, word in KIND_WORDS.items()}
_WORDS: Mapping[str, Iterable[str]] = {
    "dep": DEPARTMENT_NAMES,
    "type": _KINDS,
    "statut": _STATUSES,
}


@dataclass(frozen=True, slots=True)
class DirectoryFilter:
    """The filters in force, as the words of the address.

    Attributes:
        chosen: known words by parameter (``dep``, ``type``, ``statut``).
        text: what ``q`` looks for, shortened to what can be looked for.
        unknown: what the address holds and nobody understands.
        is_shortened: ``q`` was longer than what is looked for.
    """

    chosen: Mapping[str, tuple[str, ...]]
    text: str = ""
    unknown: tuple[str, ...] = ()
    is_shortened: bool = False

    @classmethod
    def from_parameters(cls, parameters: QueryDict) -> DirectoryFilter:
        """Read an address; whatever it holds, the answer is a filter."""
        asked = {
            name: [value for value in parameters.getlist(name) if value]
            for name in _WORDS
        }
        text = " ".join(parameters.get("q", "").split())
        return cls(
            chosen={
                name: tuple(word for word in words if word in asked[name])
                for name, words in _WORDS.items()
            },
            text=text[:_LONGEST_TEXT].rstrip(),
            unknown=tuple(
                value[:40]
                for name, words in _WORDS.items()
                for value in dict.fromkeys(asked[name])
                if value not in words
            ),
            is_shortened=len(text) > _LONGEST_TEXT,
        )

    @property
    def is_active(self) -> bool:
        return bool(self.text) or any(self.chosen.values())

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The understood part of the address."""
        return {
            **{name: list(words) for name, words in self.chosen.items()},
            "q": [self.text] if self.text else [],
        }

    @property
    def query(self) -> str:
        """The address of this choice, “?dep=22&type=fablab”, or an empty text."""
        return encode_parameters(self.parameters)

    def narrow(self, spaces: SpaceQuerySet, *, without: str = "") -> SpaceQuerySet:
        """Keep the spaces asked for; ``without`` leaves one parameter out, to count it."""
        chosen = {
            name: () if name == without else words
            for name, words in self.chosen.items()
        }
        if chosen["dep"]:
            spaces = spaces.filter(department__in=chosen["dep"])
        if chosen["statut"]:
            spaces = spaces.filter(
                status__in=[_STATUSES[word] for word in chosen["statut"]]
            )
        if chosen["type"]:
            spaces = spaces.of_kinds(_KINDS[word] for word in chosen["type"])
        return spaces.containing(self.text) if self.text else spaces

    def list_chips(self) -> list[tuple[str, str]]:
        """Return each filter in force with the address that lets it go."""
        chips = [
            (label_word(name, word), self._without(name, word))
            for name, words in self.chosen.items()
            for word in words
        ]
        if self.text:
            chips.append((quote(self.text), self._without("q", self.text)))
        return chips

    def _without(self, name: str, value: str) -> str:
        # An empty address would not leave the page it stands on.
        return without_parameter(self.parameters, name, value) or "?"

    def list_notes(self) -> list[str]:
        """Say what of the address was not followed."""
        notes = []
        if self.unknown:
            values = ", ".join(quote(value) for value in self.unknown)
            notes.append(
                _("We do not know %(values)s: this filter is left out.")
                % {"values": values}
            )
        if self.is_shortened:
            notes.append(_("Your search was long: we looked for its beginning."))
        return notes


def label_word(name: str, word: str) -> str:
    """Return a word of the address as a person reads it: “22” is Côtes-d’Armor."""
    if name == "dep":
        return DEPARTMENT_NAMES[word]
    if name == "type":
        return str(SpaceKind(_KINDS[word]).label)
    return str(SpaceStatus(_STATUSES[word]).label)


def quote(text: str) -> str:
    """Return a text between the quotation marks of the language."""
    return _("“%(text)s”") % {"text": text}
