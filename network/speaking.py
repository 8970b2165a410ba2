"""Who may write for a space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.refusals import Refusal
from network.models import Space

if TYPE_CHECKING:
    import datetime

    from cms.models import User


class NotSpeaker(Refusal):
    """The person does not speak for the space today."""

    sentence = _("You do not speak for this space: nothing was saved.")


class NotTrusted(Refusal):
    """What the space publishes is reviewed before it appears."""

    sentence = _("What this space publishes is reviewed first: send it for review.")


def require_speaker(by: User, *spaces: Space | None, now: datetime.datetime) -> None:
    """Refuse a person who does not speak, on the day of ``now``, for every space.

    Raises:
        NotSpeaker: one of ``spaces`` is missing or is not theirs.
    """
    managed = set(
        Space.objects.managed_by(by, timezone.localdate(now)).values_list(
            "pk", flat=True
        )
    )
    if any(space is None or space.pk not in managed for space in spaces):
        raise NotSpeaker


def is_speaker(by: User, space: Space | None, *, now: datetime.datetime) -> bool:
    """Tell whether ``by`` speaks for ``space`` on the day of ``now``."""
    if space is None:
        return False
    managed = Space.objects.managed_by(by, timezone.localdate(now))
    return managed.filter(pk=space.pk).exists()
