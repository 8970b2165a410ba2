"""Why days are not lent: each refusal carries the sentence that the person reads.

``field`` is the question whose answer to change, "" when none would do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext, gettext_lazy as _, ngettext

# The sentences on who speaks for a space are the same wherever one writes for it.
from cms.refusals import Refusal
from network.speaking import NotSpeaker
from resources.lending_wording import say_length, say_span, say_spans

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise

    from resources.models import Loan

__all__ = [
    "AlreadyAnswered",
    "AlreadyAsked",
    "BlockedByOwner",
    "DaysAreLent",
    "DaysHaveBegun",
    "EndsBeforeStart",
    "InThePast",
    "LendingRefusal",
    "MoreThanThere",
    "NoReason",
    "NoUnits",
    "NotFree",
    "NotLent",
    "NotReturnable",
    "NotSpeaker",
    "NothingToCancel",
    "OwnResource",
    "Refusal",
    "SpaceIsClosed",
    "TooFarAhead",
    "TooLong",
]


class LendingRefusal(Refusal):
    """Base of what lending refuses."""

    field: ClassVar[str] = ""


class NotLent(LendingRefusal):
    """The resource is unpublished, no longer lent, or nobody's."""

    sentence = _(
        "This can no longer be booked: its space took it out of the calendar. "
        "Nothing was asked."
    )


class OwnResource(LendingRefusal):
    """A space borrows nothing from itself."""

    field = "space"
    sentence = _(
        "This belongs to your own space: block the days instead, so that nobody "
        "else asks for them."
    )


class SpaceIsClosed(LendingRefusal):
    """A space that is closed for good borrows nothing."""

    field = "space"
    sentence = _("This space is closed: it can no longer borrow.")


class EndsBeforeStart(LendingRefusal):
    """The last day is before the first."""

    field = "last_day"
    sentence = _("The last day comes before the first.")


class InThePast(LendingRefusal):
    """The first day is before today."""

    field = "first_day"
    sentence = _("This day is past: choose today or a day to come.")


class TooFarAhead(LendingRefusal):
    """The last day is after ``horizon``."""

    field = "last_day"

    def __init__(self, horizon: datetime.date) -> None:
        self.sentence: StrOrPromise = gettext(
            "Days are booked eighteen months ahead at most: until %(day)s."
        ) % {"day": say_span(horizon, horizon)}
        super().__init__()


class TooLong(LendingRefusal):
    """More days than ``longest``."""

    field = "last_day"

    def __init__(self, asked: int, longest: int) -> None:
        self.sentence: StrOrPromise = gettext(
            "It is lent for %(longest)s at most, the first and the last included: "
            "you ask for %(asked)s."
        ) % {"longest": say_length(longest), "asked": say_length(asked)}
        super().__init__()


class NoUnits(LendingRefusal):
    """Zero of them, or fewer."""

    field = "units"
    sentence = _("Ask for one at least.")


class MoreThanThere(LendingRefusal):
    """More than there are at all."""

    field = "units"

    def __init__(self, quantity: int) -> None:
        self.sentence: StrOrPromise = ngettext(
            "There is only %(number)d.", "There are only %(number)d.", quantity
        ) % {"number": quantity}
        super().__init__()


class BlockedByOwner(LendingRefusal):
    """Its space keeps it on some of the days."""

    field = "first_day"

    def __init__(self, days: Iterable[datetime.date]) -> None:
        self.sentence: StrOrPromise = gettext(
            "Its space keeps it for itself on some of these days: %(days)s."
        ) % {"days": say_spans(days)}
        super().__init__()


class NotFree(LendingRefusal):
    """Fewer are free than asked, on ``days``; ``least`` on the worst of them."""

    field = "first_day"

    def __init__(self, days: Iterable[datetime.date], *, least: int) -> None:
        values = {"days": say_spans(days), "least": least}
        if least:
            sentence = ngettext(
                "Only %(least)d is free on some of these days: %(days)s.",
                "Only %(least)d are free on some of these days: %(days)s.",
                least,
            )
        else:
            sentence = gettext("It is lent on some of these days: %(days)s.")
        self.sentence: StrOrPromise = sentence % values
        super().__init__()


class AlreadyAsked(LendingRefusal):
    """The space asked for the very same days: ``loan``."""

    sentence = _(
        "Your space has asked for these very days already: here is its request."
    )

    def __init__(self, loan: Loan) -> None:
        self.loan = loan
        super().__init__()


class AlreadyAnswered(LendingRefusal):
    """Somebody answered it, or took it back, meanwhile."""

    sentence = _("This request no longer waits for an answer: nothing was changed.")


class DaysHaveBegun(LendingRefusal):
    """The first day is over: nobody can come for it any more."""

    sentence = _("These days have begun: it is too late to accept.")


class NoReason(LendingRefusal):
    """The other space is owed a reason."""

    field = "reason"
    sentence = _("Say why: the other space reads it.")


class NothingToCancel(LendingRefusal):
    """It was refused, cancelled or returned, or its days are over."""

    sentence = _("There is nothing left to cancel here: nothing was changed.")


class NotReturnable(LendingRefusal):
    """It is not away, or somebody noted its return already."""

    sentence = _("There is no return to note here: nothing was changed.")


class DaysAreLent(LendingRefusal):
    """The owner blocks what is promised to others."""

    field = "first_day"

    def __init__(self, days: Iterable[datetime.date]) -> None:
        self.sentence: StrOrPromise = gettext(
            "You lend it on some of these days: %(days)s. Cancel the loan first, "
            "or block other days."
        ) % {"days": say_spans(days)}
        super().__init__()
