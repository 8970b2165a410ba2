"""What the address of a comparison asks for: ``?de=1&a=2``, ``?de=origine&a=1``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from resources.charters.comparison import ORIGIN, find_origin

if TYPE_CHECKING:
    from resources.models.charter import CharterVersion


@dataclass(frozen=True, slots=True)
class ComparisonAddress:
    """The two words asked for, whether they answer to something, and the choices.

    ``before_id`` is the row of the text to begin with; ``None`` where ``sentence`` says
    what is wrong.
    """

    before_word: str
    after_word: str
    before_id: int | None
    after_id: int | None
    choices: Sequence[tuple[str, str]]
    sentence: str = ""

    @property
    def is_backwards(self) -> bool:
        """Whether the later version was named first."""
        return (
            not self.sentence
            and self.before_word != ORIGIN
            and int(self.before_word) > int(self.after_word)
        )


def read_comparison_address(
    parameters: Mapping[str, str], versions: Sequence[CharterVersion]
) -> ComparisonAddress:
    """Read the address; a word left out is the last step of the charter.

    ``versions`` are the published ones, the highest first.
    """
    rows = {str(one.number): one.pk for one in versions}
    origin = find_origin(versions)
    before_rows = dict(rows)
    if origin is not None and origin.adapted_from_id is not None:
        before_rows[ORIGIN] = origin.adapted_from_id
    after = parameters.get("a") or next(iter(rows), "")
    before = parameters.get("de") or _find_step_before(after, list(rows), before_rows)
    sentence = ""
    if len(before_rows) < 2:
        sentence = gettext("There is one version so far: nothing to compare it with.")
    elif after not in rows or before not in before_rows:
        sentence = gettext("This charter has no such version. Choose two below.")
    elif after == before:
        sentence = gettext("These are the same version. Choose two different ones.")
    return ComparisonAddress(
        before_word=before,
        after_word=after,
        before_id=None if sentence else before_rows[before],
        after_id=None if sentence else rows[after],
        choices=_list_choices(versions, origin if ORIGIN in before_rows else None),
        sentence=sentence,
    )


def _find_step_before(
    after: str, words: list[str], before_rows: Mapping[str, int]
) -> str:
    older = words[words.index(after) + 1 :] if after in words else []
    return next(iter(older), ORIGIN if ORIGIN in before_rows else "")


def _list_choices(
    versions: Sequence[CharterVersion], origin: CharterVersion | None
) -> list[tuple[str, str]]:
    choices = [
        (
            str(one.number),
            gettext("Version %(number)d, %(year)d")
            % {"number": one.number, "year": one.adopted_on.year}
            if one.adopted_on
            else gettext("Version %(number)d") % {"number": one.number},
        )
        for one in versions
    ]
    if origin is not None and origin.adapted_from is not None:
        choices.append((ORIGIN, str(origin.adapted_from.charter)))
    return choices
