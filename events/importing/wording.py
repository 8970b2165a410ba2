"""What is said to the person whose calendar was read, in plain words.

Each sentence is about one event or one calendar, and stands after its title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from events.domain.foreign.values import Flag, Problem, Reason

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PROBLEMS: Final[dict[Problem, _StrPromise]] = {
    Problem.EMPTY: _("The file is empty."),
    Problem.WEB_PAGE: _(
        "The address gives a web page, not a calendar. "
        "Does one have to log in to see the calendar?"
    ),
    Problem.NOT_A_CALENDAR: _("The file is not a calendar in the iCalendar format."),
    Problem.INCOMPLETE: _("The calendar stops before its end. It may work later."),
    Problem.TOO_MANY_LINES: _("The calendar is too long to be read."),
    Problem.TOO_DEEP: _("The calendar is built in a way that is not allowed."),
    Problem.TOO_MANY_EVENTS: _("The calendar holds too many events."),
    Problem.TOO_MANY_ZONES: _("The calendar defines too many time zones."),
    Problem.TOO_COSTLY: _("Reading the calendar takes too much time or memory."),
    Problem.BROKEN: _("The calendar could not be read. We have been told."),
}

REASONS: Final[dict[Reason, _StrPromise]] = {
    Reason.UNREADABLE_LINE: _("One of its lines cannot be read."),
    Reason.LONG_LINE: _("One of its lines is too long."),
    Reason.UNCLOSED: _("It is not complete in the file."),
    Reason.NO_START: _("It does not say when it begins."),
    Reason.UNREADABLE_START: _("Its beginning is not a date or a time."),
    Reason.UNREADABLE_END: _("Its end or length cannot be read."),
    Reason.UNREADABLE_EXCEPTION: _("One of the dates of its series cannot be read."),
    Reason.UNKNOWN_ZONE: _("Its time zone is unknown."),
    Reason.ENDS_BEFORE_START: _("It ends before it begins."),
    Reason.TOO_LONG: _("It lasts more than 31 days."),
    Reason.OUT_OF_RANGE: _("One of its dates is too far in the past or the future."),
    Reason.UNREADABLE_RULE: _("The way it repeats cannot be read."),
    Reason.UNSUPPORTED_RULE: _("It repeats in a way that is not supported."),
    Reason.TOO_MANY_EXCEPTIONS: _("Its series has too many exceptions."),
    Reason.UNTITLED: _("It has no title."),
    Reason.PRIVATE: _("It is marked as private, so it stays private."),
    Reason.DUPLICATE: _("Another event has the same identifier."),
    Reason.TOO_MANY_DATES: _("It repeats too often: its latest dates are left out."),
}

FLAGS: Final[dict[Flag, _StrPromise]] = {
    Flag.ASSUMED_CHARSET: _(
        "The calendar does not use UTF-8: please check the accented letters."
    ),
    Flag.ASSUMED_ZONE: _("Some times name no time zone: please check the hours."),
    Flag.ASSUMED_END: _("Some events have no end: they are shown as one hour long."),
    Flag.SHORTENED: _("There are too many dates: the latest are left out."),
}


def say_problem(problem: Problem) -> str:
    """Return why a calendar cannot be read, in the language of the moment."""
    return str(PROBLEMS[problem])


def say_reason(reason: Reason) -> str:
    """Return why an event is left out, in the language of the moment."""
    return str(REASONS[reason])


def say_flag(flag: Flag) -> str:
    """Return what was guessed or cut, in the language of the moment."""
    return str(FLAGS[flag])
