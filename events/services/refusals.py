"""Why a service refuses: each refusal carries the sentence that the person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
    from wagtail.models import Revision

    from events.models import Event, Series


class Refusal(Exception):
    """Base of every refusal; ``sentence`` says what happened and what to do."""

    sentence: StrOrPromise = ""

    def __str__(self) -> str:
        return str(self.sentence)


class NotSpeaker(Refusal):
    """The person does not speak for the space today."""

    sentence = _("You do not speak for this space: nothing was saved.")


class InModeration(Refusal):
    """A moderator is reading the text: it must not change under their eyes."""

    sentence = _(
        "A moderator is reading it: nothing was saved. "
        "Take it back first, then change it."
    )


class OutdatedVersion(Refusal):
    """Somebody saved another text since this one was opened.

    ``latest`` is the revision that stands now.
    """

    sentence = _(
        "Somebody saved another version while you were writing. Yours is below, "
        "not saved yet; what differs is shown beside it. Save again to keep yours."
    )

    def __init__(self, latest: Revision | None) -> None:
        self.latest = latest
        super().__init__()


class ChangedByService(OutdatedVersion):
    """The date was moved, or taken elsewhere, since its text was opened."""

    sentence = _(
        "This date was changed while you were writing. Your text is below, not saved "
        "yet; what differs is shown beside it. Save again to keep yours."
    )


class SentAlready(Refusal):
    """The form made a record before; ``says_the_same`` as the form does now."""

    sentence = _(
        "You sent this form before, and it was saved. Your answers of now are below, "
        "not saved yet; what differs is shown beside them. Save again to keep them."
    )

    def __init__(self, record: Event | Series, *, says_the_same: bool) -> None:
        self.record = record
        self.says_the_same = says_the_same
        super().__init__()


class NothingNew(Refusal):
    """The text is already the published one."""

    sentence = _("There is nothing new to publish.")


class NotTrusted(Refusal):
    """What the space publishes is reviewed before it appears."""

    sentence = _("What this space publishes is reviewed first: send it for review.")


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


class WrongAnswer(Refusal):
    """Another answer of the same form would do."""


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
