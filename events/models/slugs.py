"""The end of an address under the agenda.

A date's is its title and its first day, given once: nothing changes it afterwards, so
that a link on a poster outlives a move. The day at its end keeps it away from
``AGENDA_WORDS``; whoever types the address of a series is refused them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cms.slugs import make_slug, number_slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from events.models.event import Event

TITLE_LENGTH = 140
_DAY_LENGTH = len("-2026-12-31")
# The agenda's own words, and those that it keeps for later.
AGENDA_WORDS = frozenset(
    {
        "abonnement",
        "atom",
        "departement",
        "flux",
        "inscription",
        "lieu",
        "perso",
        "programme",
        "serie",
        "tag",
        "type",
    }
)


def find_free_slug(event: Event) -> str:
    """Return ``<title>-<yyyy-mm-dd>`` of ``event``, numbered where another has it.

    Costs one query.
    """
    base = _find_base(event)
    others = type(event).objects.exclude(pk=event.pk)
    taken = others.filter(slug__startswith=base).values_list("slug", flat=True)
    return number_slug(base, set(taken))


def give_free_slugs(events: Sequence[Event]) -> None:
    """Give each of ``events``, unsaved, its slug; one query for each title."""
    bases = [_find_base(event) for event in events]
    taken: set[str | None] = set()
    for words in {base[:-_DAY_LENGTH] for base in bases}:
        known = type(events[0]).objects.filter(slug__startswith=f"{words}-")
        taken.update(known.values_list("slug", flat=True))
    for event, base in zip(events, bases, strict=True):
        event.slug = number_slug(base, taken)
        taken.add(event.slug)


def _find_base(event: Event) -> str:
    words = make_slug(event.title, length=TITLE_LENGTH, otherwise="rendez-vous")
    return f"{words}-{event.start_date:%Y-%m-%d}"
