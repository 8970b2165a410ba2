"""Shows a reader where the words are: passages in parts, never HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from search.domain.analysis import Chunk, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search.domain.query import SearchQuery

PASSAGE_LENGTH = 240
# The body is read this far for a passage: reading on would cost more than it helps.
_READ_LENGTH = 20_000
_ELLIPSIS = "…"
# Between two words found, these belong to the mark.
_BRIDGES = frozenset(" \u00a0\u202f-‐‑'’")


class Part(NamedTuple):
    """A piece of a text, and whether the reader's words are in it."""

    text: str
    is_match: bool


Span = tuple[int, int]


def find_matches(text: str, language: str, query: SearchQuery) -> list[Span]:
    """Return where the query's phrases stand in the text, half-open, in order.

    Neighbours are united: “bail commercial” is one span.
    """
    phrases = {phrase for clause in query.clauses for phrase in clause.phrases}
    single = {phrase[0] for phrase in phrases if len(phrase) == 1}
    longer = [phrase for phrase in phrases if len(phrase) > 1]
    starts = {phrase[0] for phrase in longer}
    chunks = list(cut(text, language))
    words = [word for chunk in chunks for word in chunk.words if word.term]
    spans = list(_find_joined(chunks, single))
    for number, word in enumerate(words):
        if word.term in single:
            spans.append((word.start, word.end))
        if word.term not in starts:
            continue
        for phrase in longer:
            stretch = words[number : number + len(phrase)]
            if tuple(found.term for found in stretch) == phrase:
                spans.append((word.start, stretch[-1].end))
    return _unite(sorted(spans), text)


def _find_joined(chunks: Iterable[Chunk], single: set[str]) -> Iterable[Span]:
    for chunk in chunks:
        if chunk.joined in single:
            yield chunk.words[0].start, chunk.words[-1].end


def _unite(spans: Sequence[Span], text: str) -> list[Span]:
    united: list[Span] = []
    for start, end in spans:
        if united and set(text[united[-1][1] : start]) <= _BRIDGES:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def mark_matches(text: str, language: str, query: SearchQuery) -> tuple[Part, ...]:
    """Return the whole text in parts."""
    return _split_at(text, find_matches(text, language, query))


def _split_at(text: str, spans: Iterable[Span]) -> tuple[Part, ...]:
    parts: list[Part] = []
    position = 0
    for start, end in spans:
        parts.append(Part(text[position:start], is_match=False))
        parts.append(Part(text[start:end], is_match=True))
        position = end
    parts.append(Part(text[position:], is_match=False))
    return tuple(part for part in parts if part.text)


def choose_passage(
    summary: str, body: str, language: str, query: SearchQuery
) -> tuple[Part, ...]:
    """Return what best shows why the text was found, about 240 characters.

    The summary where it answers, else the place of the body with most matches, else
    the summary or the body's beginning as they are.
    """
    for text in (summary, body[:_READ_LENGTH]):
        spans = find_matches(text, language, query)
        if spans:
            return _excerpt(text, spans)
    return _excerpt(summary or body[:_READ_LENGTH], [])


def _excerpt(text: str, spans: Sequence[Span]) -> tuple[Part, ...]:
    start, end = _choose_window(text, spans)
    inside = [
        (first - start, last - start)
        for first, last in spans
        if first >= start and last <= end
    ]
    parts = list(_split_at(text[start:end].rstrip(), inside))
    if start > 0:
        parts.insert(0, Part(f"{_ELLIPSIS} ", is_match=False))
    if end < len(text):
        parts.append(Part(f" {_ELLIPSIS}", is_match=False))
    return tuple(parts)


def _choose_window(text: str, spans: Sequence[Span]) -> Span:
    """Return the window with most matches, the first among equals, cut at spaces."""
    if len(text) <= PASSAGE_LENGTH:
        return 0, len(text)
    lead = PASSAGE_LENGTH // 4
    best, most = 0, 0
    for first, _ in spans:
        start = max(0, first - lead)
        held = sum(
            start <= other and last <= start + PASSAGE_LENGTH for other, last in spans
        )
        if held > most:
            best, most = start, held
    start = best and text.rfind(" ", 0, best + 1) + 1
    end = start + PASSAGE_LENGTH
    if end >= len(text):
        return start, len(text)
    space = text.rfind(" ", start, end + 1)
    return start, space if space > start else end
