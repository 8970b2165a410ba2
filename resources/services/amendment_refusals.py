"""Why something about an amendment is refused, in the sentence that is read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# The sentences on who speaks for a space are the same wherever one writes for it.
from cms.refusals import Refusal
from network.speaking import NotSpeaker

__all__ = [
    "AmendmentAnswered",
    "ArticleChanged",
    "ArticleGone",
    "CannotApply",
    "CommentAnswered",
    "NotSpeaker",
    "NothingProposed",
    "OwnAmendment",
    "Refusal",
    "RoundClosed",
]


class RoundClosed(Refusal):
    """The period is over, has not begun, or the text is published."""

    sentence = _(
        "This draft takes no more amendments, support or comments: nothing was saved."
    )


class ArticleGone(Refusal):
    """The article or the criterion is no longer in the draft."""

    sentence = _(
        "This article or criterion is no longer in the draft: nothing was saved. "
        "Copy your text, then choose another place for it."
    )


class ArticleChanged(Refusal):
    """Somebody changed the draft since it was read."""

    sentence = _(
        "The draft changed while you were writing: its words of now are above, yours "
        "are kept below, not saved yet. Send them again if they still hold."
    )


class NothingProposed(Refusal):
    """What is proposed is what stands there already."""

    sentence = _("This is the text as it stands: change a word, or say what is new.")


class AmendmentAnswered(Refusal):
    """It was answered, or withdrawn, meanwhile."""

    sentence = _("This amendment was answered or withdrawn: nothing was saved.")


class OwnAmendment(Refusal):
    """A space does not support what it proposes itself."""

    sentence = _("Your space proposed this amendment: its voice is counted already.")


class CannotApply(Refusal):
    """What the amendment replaces is no longer there as it was."""

    sentence = _(
        "The draft no longer says what this amendment replaces: write the text into "
        "the draft yourself, then answer without applying it."
    )


class CommentAnswered(Refusal):
    """Another moderator looked at the comment first."""

    sentence = _("Somebody looked at this comment already: nothing was saved.")
