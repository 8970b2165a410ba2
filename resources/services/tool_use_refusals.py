"""Why the use of a tool is refused: each refusal carries the sentence that is read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# The sentence on who speaks for a space is the same wherever one writes for it.
from cms.refusals import Refusal
from network.speaking import NotSpeaker

__all__ = [
    "NoPurpose",
    "NotATool",
    "NotSpeaker",
    "NotUsed",
    "Refusal",
    "ToolIsGone",
    "UnknownPurpose",
    "WrongYear",
]


class NotATool(Refusal):
    """The resource is a document, a person…"""

    sentence = _("This is not a tool: nothing was saved.")


class ToolIsGone(Refusal):
    """The tool is no longer published, perhaps since a minute ago."""

    sentence = _("This tool is no longer listed: nothing was saved.")


class NoPurpose(Refusal):
    """Nothing was ticked."""

    sentence = _("Say what your space uses it for: tick one thing at least.")


class UnknownPurpose(Refusal):
    """A purpose that is not in the list."""

    sentence = _("One of these uses is not in the list: choose among those shown.")


class WrongYear(Refusal):
    """A year of the future, or before there were such tools."""

    sentence = _("Give the year since which you use it, this one at the latest.")


class NotUsed(Refusal):
    """The space did not say that it uses it, or said so no longer."""

    sentence = _("Your space is not listed among those that use it.")
