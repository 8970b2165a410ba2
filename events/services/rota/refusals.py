"""Why the rota refuses, in the sentence that the person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy as _

from events.services.refusals import Refusal

if TYPE_CHECKING:
    from events.models import Event
    from network.models import Space


class NotKeeper(Refusal):
    """The person keeps neither the series nor the network's agenda."""

    sentence = _(
        "Only those who keep this series may do this: nothing was saved. Write to them."
    )


class HostChanged(Refusal):
    """The slot changed hands since the person looked at it."""

    def __init__(self, host: Space | None) -> None:
        name = host.name if host else gettext("nobody")
        self.sentence = gettext(
            "The rota changed while you were reading: this date is now with %(host)s. "
            "Nothing was saved."
        ) % {"host": name}
        super().__init__()


class AlreadyHost(Refusal):
    """The space has this slot already."""

    sentence = _("This date is already with this space.")


class NotInRota(Refusal):
    """The space is not, or no longer, among the hosts."""

    sentence = _(
        "This space is not in the rota, or no longer: nothing was saved. "
        "Ask to join first."
    )


class AlreadyInRota(Refusal):
    """The space is among the hosts, or waits for an answer."""

    sentence = _("This space is already in the rota, or its request is waiting.")


class NotChosen(Refusal):
    """The form names no space that may be let in."""

    sentence = _("Choose a space from the list.")


class NotWaiting(Refusal):
    """The request was answered or taken back."""

    sentence = _("This request was answered already, or taken back.")


class TurnOver(Refusal):
    """It has begun or is over."""

    sentence = _("This date has begun or is over: its host no longer changes.")


class TurnCancelled(Refusal):
    """It was cancelled or postponed: it keeps its host."""

    sentence = _("This date is cancelled: it uses up its host’s turn all the same.")


class NobodyElse(Refusal):
    """No other host is there to take over."""

    sentence = _(
        "Nobody else is in the rota to take over: nothing was saved. "
        "Ask another space to join, or cancel the date."
    )


class NobodyYet(Refusal):
    """The slot has no host."""

    sentence = _("Nobody has this turn yet: take it first.")


class SameSlot(Refusal):
    """One slot cannot be exchanged with itself, or with the same host's."""

    sentence = _("Choose a date of another space: there is nothing to swap here.")


class OrderChanged(Refusal):
    """The hosts are no longer those that were put in order."""

    sentence = _(
        "The hosts changed while you were reading: nothing was saved. "
        "Here is the order of now."
    )


class FixedAlready(Refusal):
    """The month has its date: ``event``."""

    sentence = _("This turn has its date already.")

    def __init__(self, event: Event) -> None:
        self.event = event
        super().__init__()


class OutsideMonth(Refusal):
    """The day is not in the month of the turn."""

    sentence = _(
        "Choose a day of this month. For another month, swap with the space that has it."
    )
