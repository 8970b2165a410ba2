"""Why a registration is refused: each refusal carries the sentence that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _, ngettext_lazy

from events.services.refusals import Refusal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class RegistrationRefusal(Refusal):
    """Base of what a person who registers may be refused."""


class NotOpenYet(RegistrationRefusal):
    """Registration has not begun; ``opens`` says when, in words."""

    def __init__(self, opens: str) -> None:
        sentence = _("Registration is not open yet: it opens on %(opens)s.")
        self.sentence: StrOrPromise = sentence % {"opens": opens}
        super().__init__()


class RegistrationClosed(RegistrationRefusal):
    """It ended before the date begins."""

    sentence = _("Registration is closed: write to the organiser.")


class DateIsOver(RegistrationRefusal):
    """The date has ended."""

    sentence = _("This date is over.")


class DateCalledOff(RegistrationRefusal):
    """The date was cancelled or postponed."""

    sentence = _("This date does not take place: nobody can register.")


class NotForYou(RegistrationRefusal):
    """The person may not see the date."""

    sentence = _("This date is for members of the network: log in to register.")


class NotHere(RegistrationRefusal):
    """Nobody registers for this date on this site."""

    sentence = _("Registration for this date does not take place here.")


class DateFull(RegistrationRefusal):
    """No place is left for all of them, and they did not ask to wait."""

    sentence = _(
        "There are not enough places left. Nothing is lost: send the form again "
        "to join the waiting list."
    )


class TooManyCompanions(RegistrationRefusal):
    """More companions than ``allowed``."""

    def __init__(self, allowed: int) -> None:
        self.sentence: StrOrPromise = (
            ngettext_lazy(
                "You may bring %(allowed)d person at most.",
                "You may bring %(allowed)d people at most.",
                allowed,
            )
            % {"allowed": allowed}
            if allowed
            else _("Each person registers for themselves here.")
        )
        super().__init__()


class AlreadyGone(RegistrationRefusal):
    """It was cancelled: its link confirms nothing any more."""

    sentence = _("This registration was cancelled: register again if you come.")


class ManyAtOnce(RegistrationRefusal):
    """The date's row was held too long by others."""

    sentence = _(
        "Many people are registering at this moment. Nothing was saved: try again."
    )


class AlreadyListed(RegistrationRefusal):
    """The organiser adds somebody who is on the list."""

    sentence = _("Somebody with this e-mail is on the list already.")


class NotBegun(RegistrationRefusal):
    """Attendance of a day that has not come."""

    sentence = _("Attendance is noted from the day of the date on.")


class CapacityTaken(RegistrationRefusal):
    """Fewer places than the ``taken`` ones."""

    def __init__(self, taken: int) -> None:
        self.sentence = ngettext_lazy(
            "%(taken)d person is confirmed already: keep at least that many places, or "
            "cancel registrations first.",
            "%(taken)d people are confirmed already: keep at least that many places, or "
            "cancel registrations first.",
            taken,
        ) % {"taken": taken}
        super().__init__()
