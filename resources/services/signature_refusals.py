"""Why a signature is refused: each refusal carries the sentence that the person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

# The sentences on who speaks for a space are the same wherever one writes for it.
from cms.refusals import Refusal
from network.speaking import NotSpeaker

if TYPE_CHECKING:
    from resources.models import Signature

__all__ = [
    "AlreadySigned",
    "AnswersIncomplete",
    "NotSpeaker",
    "NothingToReview",
    "NothingToWithdraw",
    "Refusal",
    "ReplyGiven",
    "SigningClosed",
    "SpaceIsClosed",
    "TextChanged",
]


class SigningClosed(Refusal):
    """The version was closed to signatures, perhaps a minute ago."""

    sentence = _(
        "This version is no longer open to signatures: nothing was signed. "
        "Read the text in force and sign it instead."
    )


class TextChanged(Refusal):
    """The text that the person read is not the one that would be signed."""

    sentence = _(
        "The text is no longer the one you read: nothing was signed. "
        "Read it again, then answer each criterion."
    )


class AnswersIncomplete(Refusal):
    """A criterion has no answer, or one that it does not take."""

    sentence = _("Answer each criterion: nothing was signed.")


class AlreadySigned(Refusal):
    """The space signed this version already: ``signature``."""

    sentence = _(
        "Your space has signed this version already: its signature stands, and "
        "nothing was signed a second time."
    )

    def __init__(self, signature: Signature | None = None) -> None:
        self.signature = signature
        super().__init__()


class SpaceIsClosed(Refusal):
    """A space that is closed for good signs nothing."""

    sentence = _("This space is closed: it can no longer sign.")


class NothingToWithdraw(Refusal):
    """Somebody of the space withdrew it already."""

    sentence = _("This signature is withdrawn already.")


class NothingToReview(Refusal):
    """The signature was withdrawn: there is nothing left to check."""

    sentence = _("This signature was withdrawn meanwhile: nothing was saved.")


class ReplyGiven(Refusal):
    """Somebody of the space replied already."""

    sentence = _(
        "Your space has replied to this already: its reply stands, and yours was "
        "not saved."
    )
