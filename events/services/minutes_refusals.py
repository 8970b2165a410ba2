"""Why minutes, decisions and tasks are refused, in the words that the person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from events.services.refusals import Refusal

if TYPE_CHECKING:
    from events.models import Decision


class NotKeeper(Refusal):
    """The person keeps neither this meeting's minutes nor those of its series."""

    sentence = _(
        "The minutes of this meeting are written by the space that organises it: "
        "nothing was saved."
    )


class MeetingNotPublished(Refusal):
    """Nobody knows of the meeting yet."""

    sentence = _("Publish the date first: its minutes appear on its page.")


class MeetingCalledOff(Refusal):
    """The meeting did not take place."""

    sentence = _("This meeting was called off: there is nothing to tell of it.")


class NotHeldYet(Refusal):
    """The meeting is still to come: its minutes are a draft until it begins."""

    sentence = _(
        "This meeting has not begun: keep your text as a draft, publish it afterwards."
    )


class NothingSaid(Refusal):
    """Minutes without any question."""

    sentence = _("Write at least one question before you publish.")


class WiderThanMeeting(Refusal):
    """More people would read the minutes than the date itself."""

    sentence = _(
        "The date itself is for fewer people: choose the same ones for its minutes."
    )


class EditionTaken(Refusal):
    """Another meeting of the series has this number."""

    sentence = _(
        "Another meeting of this series has this number: "
        "choose another one, or leave it empty for the next."
    )


class NotPublishedMinutes(Refusal):
    """The minutes are a draft, or were withdrawn."""

    sentence = _(
        "The minutes of this decision are not published: "
        "publish them before you say what became of it."
    )


class AlreadyRead(Refusal):
    """A decision that people have read keeps its words."""

    sentence = _(
        "This decision is published: its words stay. "
        "Say what became of it, or record another decision."
    )


class NotInCharge(Refusal):
    """The person neither answers for the decision nor keeps its minutes."""

    sentence = _("This decision is in the hands of another space: nothing was saved.")


class ClosedSpace(Refusal):
    """A closed space takes nothing on."""

    sentence = _("This space is closed: choose another one.")


class NothingToSay(Refusal):
    """Neither another state nor a word about it."""

    sentence = _("Choose another state, or write a word about what happened.")


class ChangedMeanwhile(Refusal):
    """Somebody gave ``decision`` another state since the page was opened."""

    sentence = _(
        "Somebody changed this decision while you were writing: read what it says now, "
        "then send yours again if it still holds."
    )

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__()


class UnseenDate(Refusal):
    """The date is not theirs and not published: nothing may point to it."""

    sentence = _("This date is not published: choose one from the agenda.")


class NotTheirTask(Refusal):
    """The task is another space's."""

    sentence = _("This task belongs to another space: nothing was saved.")
