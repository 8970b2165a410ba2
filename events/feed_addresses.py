"""The shortest address of the feed that holds a selection.

Some programs refuse a long address or one with a question mark, and whoever copies it
by hand makes fewer mistakes: each page gives the same, shortest one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from events.services.feed_alias import find_alias

if TYPE_CHECKING:
    from events.selection import Selection

# The feed that holds one value of one filter.
_FEEDS: Final = {
    "type": "event_feeds:type",
    "dep": "event_feeds:department",
    "lieu": "event_feeds:space",
    "serie": "event_feeds:series",
    "tag": "event_feeds:tag",
}


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """The path of a feed; ``is_long`` when a short one could be made."""

    path: str
    is_long: bool = False


def find_feed_address(selection: Selection) -> FeedAddress:
    """Return where the dates of ``selection`` are subscribed to.

    Costs one query when several filters are set, none otherwise.
    """
    if not selection:
        return FeedAddress(reverse("event_feeds:network"))
    if len(selection.choices) == 1 and not selection.query:
        [choice] = selection.choices
        return FeedAddress(reverse(_FEEDS[choice.name], args=[choice.value]))
    alias = find_alias(selection)
    if alias is not None:
        return FeedAddress(reverse("event_feeds:alias", args=[alias.code]))
    path = reverse("event_feeds:network") + selection.query_string
    return FeedAddress(path, is_long=True)
