"""Numbers that never come twice: editions of a series, decisions of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max

from events.models import Decision, Minutes, Series
from events.services.minutes_refusals import EditionTaken

if TYPE_CHECKING:
    from events.models import Event


def list_continued_series(series: Series) -> list[Series]:
    """Return ``series`` and those that it continues, the first of them last.

    Costs one query for each series before this one.
    """
    chain = [series]
    while (before := chain[-1].continues) and before not in chain:
        chain.append(before)
    return chain


def find_first_series(series: Series) -> Series:
    """Return the first of the series that continue one another; editions run on."""
    return list_continued_series(series)[-1]


def find_next_edition(event: Event) -> int | None:
    """Return the number that minutes of ``event`` would be given; None without series."""
    if event.series is None:
        return None
    return _count_on(find_first_series(event.series))


def give_edition(minutes: Minutes, wanted: int | None) -> None:
    """Set the edition in memory, ``wanted`` or the next one; the caller saves.

    The first series is held until the commit: two writers get two numbers. Minutes of
    a date without series have none.

    Raises:
        EditionTaken: other minutes of the series have the number ``wanted``.
    """
    if minutes.event.series is None:
        minutes.edition = minutes.numbered_in = None
        return
    first = find_first_series(minutes.event.series)
    Series.objects.select_for_update(no_key=True).get(pk=first.pk)
    if minutes.numbered_in_id == first.pk and wanted in (None, minutes.edition):
        return
    others = Minutes.objects.filter(numbered_in=first).exclude(pk=minutes.pk)
    if wanted is not None and others.filter(edition=wanted).exists():
        raise EditionTaken
    minutes.numbered_in = first
    minutes.edition = wanted or _count_on(first)


def find_next_decision_number() -> int:
    """Return the next number, held until the commit; call it inside a transaction."""
    content_type = ContentType.objects.get_for_model(Decision)
    # One row that stands for the whole register; others still point to it meanwhile.
    ContentType.objects.select_for_update(no_key=True).get(pk=content_type.pk)
    latest: int | None = Decision.objects.aggregate(latest=Max("number"))["latest"]
    return (latest or 0) + 1


def _count_on(first: Series) -> int:
    held = Minutes.objects.filter(numbered_in=first)
    latest: int | None = held.aggregate(latest=Max("edition"))["latest"]
    return (latest or 0) + 1
