"""Why a service refuses: each refusal carries the sentence that the person reads."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Those of every record that members write are imported from here too.
from cms.refusals import (
    InModeration as InModeration,
    NothingNew as NothingNew,
    OutdatedVersion,
    Refusal,
    SentAlready as SentAlready,
    WrongAnswer,
)
from network.speaking import NotSpeaker as NotSpeaker, NotTrusted as NotTrusted


class ChangedByService(OutdatedVersion):
    """The date was moved, or taken elsewhere, since its text was opened."""

    sentence = _(
        "This date was changed while you were writing. Your text is below, not saved "
        "yet; what differs is shown beside it. Save again to keep yours."
    )


class CalledOff(Refusal):
    """The date was cancelled or postponed."""

    sentence = _(
        "This date was called off: restore it first, or duplicate it to announce "
        "another one."
    )


class AlreadyOver(Refusal):
    """The date has ended."""

    sentence = _("This date is over: it can no longer be changed.")


class NeverPublished(Refusal):
    """Nobody has seen the date: there is nothing to cancel."""

    sentence = _("This date was never published: discard it instead.")


class AlreadyPublished(Refusal):
    """Calendars hold the date: it can be cancelled, never erased."""

    sentence = _("This date was published: cancel it instead, so that everybody knows.")


class NotPublished(Refusal):
    """The public does not see the date: there is nobody to announce a change to."""

    sentence = _("Nobody sees this date yet: change its text instead.")


class HasPeople(Refusal):
    """People registered for the date, or it has minutes: it is never erased."""

    sentence = _(
        "People registered for this date, or it has minutes: cancel it instead, "
        "so that everybody knows."
    )


class NotCalledOff(Refusal):
    """The date takes place already."""

    sentence = _("This date takes place already: there is nothing to restore.")


class SameWhen(WrongAnswer):
    """The new day and hours are those that were announced."""

    sentence = _("It is announced for this day and hour already: nothing was changed.")


class SamePlace(WrongAnswer):
    """The new place is the one that was announced."""

    sentence = _("It is announced at this place already: nothing was changed.")


class MovedToPast(WrongAnswer):
    """The new day is over before anybody can come."""

    sentence = _("Choose a day and hour to come: nothing was changed.")


class NoPlace(WrongAnswer):
    """Neither a place nor a video link is left."""

    sentence = _("Give a place or a video link, so that people can come.")


class KeptElsewhere(Refusal):
    """The date follows a calendar of the space: it is written there."""

    sentence = _(
        "This date comes from your own calendar: change it there, "
        "and it changes here at the next reading."
    )
