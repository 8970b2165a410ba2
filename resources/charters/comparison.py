"""Two versions of a charter side by side, article by article, criterion by criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _, ngettext

from resources.domain.charter_changes import (
    ChangeState,
    Pair,
    Piece,
    compare_words,
    pair_by_key,
)
from resources.models.charter import CharterVersion
from resources.models.charter_reason import ChangeReason

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from resources.models.charter import Article, Criterion

# The word of an address for the text that a charter was adapted from.
ORIGIN: Final = "origine"

STATE_LABELS: Final[Mapping[ChangeState, StrOrPromise]] = {
    ChangeState.KEPT: _("kept"),
    ChangeState.CHANGED: _("changed"),
    ChangeState.REMOVED: _("removed"),
    ChangeState.ADDED: _("added"),
}


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """What became of one criterion, and why; ``pieces`` are its words, old and new."""

    state: ChangeState
    before: Criterion | None
    after: Criterion | None
    pieces: Sequence[Piece]
    reason: str

    @property
    def label(self) -> StrOrPromise:
        return STATE_LABELS[self.state]

    @property
    def shown(self) -> Criterion:
        """The criterion as it is, or as it was before it went."""
        shown = self.after or self.before
        assert shown is not None  # noqa: S101 (a pair has a side)
        return shown


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What became of one article, with its title and text word by word."""

    state: ChangeState
    before: Article | None
    after: Article | None
    title_pieces: Sequence[Piece]
    text_pieces: Sequence[Piece]

    @property
    def label(self) -> StrOrPromise:
        return STATE_LABELS[self.state]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs from ``before`` to ``after``."""

    before: CharterVersion
    after: CharterVersion
    preamble_pieces: Sequence[Piece]
    articles: Sequence[ArticleChange]
    criteria: Sequence[CriterionChange]

    @property
    def is_lineage(self) -> bool:
        """Whether one text was adapted from another network's or another charter."""
        return self.before.charter_id != self.after.charter_id

    @property
    def preamble_differs(self) -> bool:
        return self.before.preamble != self.after.preamble

    @property
    def counts(self) -> list[str]:
        """How many criteria were kept, changed, removed and added, in words."""
        found = Counter(change.state for change in self.criteria)
        kept, changed = found[ChangeState.KEPT], found[ChangeState.CHANGED]
        removed, added = found[ChangeState.REMOVED], found[ChangeState.ADDED]
        return [
            ngettext("%(n)d kept", "%(n)d kept", kept) % {"n": kept},
            ngettext("%(n)d changed", "%(n)d changed", changed) % {"n": changed},
            ngettext("%(n)d removed", "%(n)d removed", removed) % {"n": removed},
            ngettext("%(n)d added", "%(n)d added", added) % {"n": added},
        ]


def compare_versions(before: CharterVersion, after: CharterVersion) -> Comparison:
    """Compare two versions read ``with_text``; one query, for the reasons."""
    reasons = _read_reasons(before, after)
    return Comparison(
        before=before,
        after=after,
        preamble_pieces=compare_words(before.preamble, after.preamble),
        articles=[
            _compare_articles(pair)
            for pair in pair_by_key(
                {one.slug: one for one in before.ordered_articles},
                {one.slug: one for one in after.ordered_articles},
            )
        ],
        criteria=[
            _compare_criteria(pair, reasons)
            for pair in pair_by_key(before.criteria_by_key, after.criteria_by_key)
        ],
    )


def find_base(version: CharterVersion) -> CharterVersion | None:
    """Return the text that ``version`` was written from, with its own text.

    The version published before it, else what it was adapted from. Four queries.
    """
    versions = CharterVersion.objects.published().with_text()
    if version.adapted_from_id is not None:
        return versions.get(pk=version.adapted_from_id)
    return (
        versions.filter(charter=version.charter_id, number__lt=version.number)
        .order_by("-number")
        .first()
    )


def find_origin(versions: Iterable[CharterVersion]) -> CharterVersion | None:
    """Return the earliest of a charter's ``versions`` that was adapted from another."""
    adapted = [one for one in versions if one.adapted_from_id is not None]
    return min(adapted, key=lambda one: one.number, default=None)


def _read_reasons(before: CharterVersion, after: CharterVersion) -> dict[str, str]:
    """Return the last reason given for each criterion on the way; a step back has none."""
    given = ChangeReason.objects.filter(
        version__charter=after.charter_id, version__number__lte=after.number
    )
    if before.charter_id == after.charter_id:
        given = given.filter(version__number__gt=before.number)
    rows = given.order_by("version__number").values_list("criterion_key", "reason")
    return {str(key): reason for key, reason in rows}


def _compare_articles(pair: Pair[Article]) -> ArticleChange:
    before, after = pair.before, pair.after
    old = (before.title, before.text) if before else ("", "")
    new = (after.title, after.text) if after else ("", "")
    return ArticleChange(
        state=_find_state(pair, is_same=old == new),
        before=before,
        after=after,
        title_pieces=compare_words(old[0], new[0]),
        text_pieces=compare_words(old[1], new[1]),
    )


def _compare_criteria(
    pair: Pair[Criterion], reasons: Mapping[str, str]
) -> CriterionChange:
    before, after = pair.before, pair.after
    shown = after or before
    old = (before.text, before.kind) if before else ("", "")
    new = (after.text, after.kind) if after else ("", "")
    return CriterionChange(
        state=_find_state(pair, is_same=old == new),
        before=before,
        after=after,
        pieces=compare_words(old[0], new[0]),
        reason=reasons.get(str(shown.key), "") if shown else "",
    )


def _find_state(pair: Pair[Article] | Pair[Criterion], *, is_same: bool) -> ChangeState:
    if pair.before is None:
        return ChangeState.ADDED
    if pair.after is None:
        return ChangeState.REMOVED
    return ChangeState.KEPT if is_same else ChangeState.CHANGED
