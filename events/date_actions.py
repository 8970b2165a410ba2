"""What can be done to one published date, for members and for moderators alike.

Each action asks a question, says what will happen, and calls one service.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.utils.translation import gettext_lazy as _, ngettext

from events.enums import EventStatus
from events.forms.change_date import (
    CancellationForm,
    MoveForm,
    PlaceForm,
    PostponementForm,
)
from events.services.announce import count_told
from events.services.cancel import cancel_event
from events.services.change_date import (
    move_event,
    postpone_event,
    replace_place,
    restore_event,
)

if TYPE_CHECKING:
    import datetime

    from django.forms import Form
    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from cms.models import User
    from events.models import Event


class DateAction(ABC):
    """One action; ``path`` ends its addresses, in the member area and in the admin."""

    name: ClassVar[str]
    path: ClassVar[str]
    icon: ClassVar[str]
    label: ClassVar[StrOrPromise]
    question: ClassVar[StrOrPromise]
    consequence: ClassVar[StrOrPromise]
    action_label: ClassVar[StrOrPromise]
    done: ClassVar[StrOrPromise]
    # How the member area lays out the form; "" for one question below the other.
    fields_template: ClassVar[str] = ""

    @abstractmethod
    def is_offered(self, event: Event, now: datetime.datetime) -> bool:
        """Tell whether the action makes sense for ``event`` at ``now``."""

    def make_form(self, event: Event, answers: QueryDict | None = None) -> Form | None:
        """Return the form that is sent with the action, if it has one."""
        return None

    @abstractmethod
    def act(
        self, event: Event, form: Any, *, by: User, now: datetime.datetime
    ) -> Event:
        """Call the service with the answers of the valid ``form``.

        Raises:
            Refusal, ValidationError: as the service.
        """


class Move(DateAction):
    name = "move"
    fields_template = "events/member/_when_fields.html"
    path = "deplacer/"
    icon = "date"
    label = _("Move")
    question = _("Move this date?")
    consequence = _(
        "The page keeps its address and says which day was announced first; calendars "
        "that hold the date follow it."
    )
    action_label = _("Move the date")
    done = _("It is moved: the agenda says so, calendars will at their next look.")

    def is_offered(self, event: Event, now: datetime.datetime) -> bool:
        if event.live and event.status == EventStatus.POSTPONED:
            return True
        return _is_to_come(event, now)

    def make_form(self, event: Event, answers: QueryDict | None = None) -> MoveForm:
        return MoveForm(answers, event=event)

    def act(
        self, event: Event, form: Any, *, by: User, now: datetime.datetime
    ) -> Event:
        return move_event(event, when=form.when, by=by, now=now)


class Place(DateAction):
    name = "place"
    fields_template = "events/member/_where_fields.html"
    path = "lieu/"
    icon = "site"
    label = _("Change the place")
    question = _("Hold this date somewhere else?")
    consequence = _(
        "The page and calendars show the new place. The day and the hour stay."
    )
    action_label = _("Change the place")
    done = _("The place is changed: calendars will show it at their next look.")

    def is_offered(self, event: Event, now: datetime.datetime) -> bool:
        return _is_to_come(event, now)

    def make_form(self, event: Event, answers: QueryDict | None = None) -> PlaceForm:
        return PlaceForm(answers, event=event)

    def act(
        self, event: Event, form: Any, *, by: User, now: datetime.datetime
    ) -> Event:
        return replace_place(event, where=form.where, by=by, now=now)


class Postpone(DateAction):
    name = "postpone"
    path = "reporter/"
    icon = "history"
    label = _("Postpone")
    question = _("Postpone this date?")
    consequence = _(
        "The page stays in the agenda, marked as postponed, and calendars that hold the "
        "date learn that it does not take place. Once you know the new day, move it."
    )
    action_label = _("Postpone the date")
    done = _("It is postponed: move it as soon as you know the new day.")

    def is_offered(self, event: Event, now: datetime.datetime) -> bool:
        return _is_to_come(event, now)

    def make_form(
        self, event: Event, answers: QueryDict | None = None
    ) -> PostponementForm:
        return PostponementForm(answers)

    def act(
        self, event: Event, form: Any, *, by: User, now: datetime.datetime
    ) -> Event:
        reason = form.cleaned_data["reason"]
        return postpone_event(event, reason=reason, by=by, now=now)


class Restore(DateAction):
    name = "restore"
    path = "retablir/"
    icon = "rotate"
    label = _("Restore")
    question = _("Hold this date after all?")
    consequence = _(
        "It is announced again at its day and hour, and calendars learn it."
    )
    action_label = _("Restore the date")
    done = _("It is restored: the agenda says so, calendars will at their next look.")

    def is_offered(self, event: Event, now: datetime.datetime) -> bool:
        return event.is_called_off and not event.is_past(now)

    def act(
        self, event: Event, form: Any, *, by: User, now: datetime.datetime
    ) -> Event:
        return restore_event(event, by=by, now=now)


class Cancel(DateAction):
    name = "cancel"
    path = "annuler/"
    icon = "cross"
    label = _("Cancel this date")
    question = _("Cancel this date?")
    consequence = _(
        "The page stays in the agenda, marked as cancelled, and calendars that hold "
        "the date learn it. Until the day is over, you can restore it."
    )
    action_label = _("Cancel the date")
    done = _("It is cancelled: the agenda says so, calendars will at their next look.")

    def is_offered(self, event: Event, now: datetime.datetime) -> bool:
        published = event.first_published_at is not None
        return published and not event.is_called_off and not event.is_past(now)

    def make_form(
        self, event: Event, answers: QueryDict | None = None
    ) -> CancellationForm:
        return CancellationForm(answers)

    def act(
        self, event: Event, form: Any, *, by: User, now: datetime.datetime
    ) -> Event:
        reason = form.cleaned_data["reason"]
        return cancel_event(event, reason=reason, by=by, now=now)


ACTIONS: Final[tuple[DateAction, ...]] = (
    Move(),
    Place(),
    Postpone(),
    Restore(),
    Cancel(),
)


def list_offered(event: Event, now: datetime.datetime) -> list[DateAction]:
    """Return the actions that make sense for ``event``, in the order of ``ACTIONS``.

    None for a date that follows a calendar of its space: it is changed there.
    """
    if event.is_mirrored:
        return []
    return [action for action in ACTIONS if action.is_offered(event, now)]


def say_told(event: Event) -> str:
    """How many people a change is mailed to, in a sentence; "" for nobody."""
    told = count_told(event)
    if not told:
        return ""
    return ngettext(
        "%(told)d person who registered will be told by mail.",
        "%(told)d people who registered will be told by mail.",
        told,
    ) % {"told": told}


def _is_to_come(event: Event, now: datetime.datetime) -> bool:
    return event.live and not event.is_called_off and not event.is_past(now)
