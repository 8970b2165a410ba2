"""The network's word on who publishes without moderation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from network.models import Space


def set_trust(space: Space, *, is_trusted: bool) -> None:
    """Let the members of ``space`` publish at once, or no longer. One query.

    It is written on the row, not in a draft: an old draft never brings trust back.
    """
    type(space).objects.filter(pk=space.pk).update(is_trusted=is_trusted)
    space.is_trusted = is_trusted
