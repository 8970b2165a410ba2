"""Why a member's resource is refused: each refusal carries the sentence they read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Those of every record that members write are imported from here too.
from cms.refusals import (
    InModeration as InModeration,
    NothingNew as NothingNew,
    OutdatedVersion as OutdatedVersion,
    Refusal,
    SentAlready as SentAlready,
    WrongAnswer,
)
from network.speaking import NotSpeaker as NotSpeaker, NotTrusted as NotTrusted


class AlreadyShared(Refusal):
    """The resource was published: others may have taken it, or adapted it."""

    sentence = _("It was published: take it out of the list instead of erasing it.")


class NotShared(Refusal):
    """The public does not see the resource: there is nothing to take out."""

    sentence = _("Nobody sees this resource: there is nothing to take out.")


class FileGone(WrongAnswer):
    """The file is not theirs, or waited for longer than it is kept."""

    sentence = _("The file that you sent was kept for one day only: choose it again.")


class StoreClosed(Refusal):
    """The disk is full, or what stores files does not answer."""

    sentence = _(
        "The file could not be stored for now. Keep it, save the draft without it, "
        "and add it later."
    )
