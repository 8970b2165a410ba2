"""The end of an address under the agenda.

A date's is its title and its first day, given once: nothing changes it afterwards, so
that a link on a poster outlives a move. The day at its end keeps it away from
``AGENDA_WORDS``; whoever types the address of a series is refused them.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from django.utils.text import slugify

from cms.folding import fold_to_words

if TYPE_CHECKING:
    from events.models.event import Event

TITLE_LENGTH = 140
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

    Costs one query for each date of that title and day.
    """
    words = (
        slugify(fold_to_words(event.title))[:TITLE_LENGTH].strip("-") or "rendez-vous"
    )
    base = f"{words}-{event.start_date:%Y-%m-%d}"
    others = type(event).objects.exclude(pk=event.pk)
    for number in count(1):
        slug = base if number == 1 else f"{base}-{number}"
        if not others.filter(slug=slug).exists():
            return slug
    raise AssertionError  # count() never ends
