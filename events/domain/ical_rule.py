"""One series as a rule with exceptions: the secondary form of a calendar (§3.3).

The flat form is what people subscribe to; programs disagree about rules. This one is
refused (``NeedsFlatForm``) whenever a program is known to read it wrong. It never has
an RDATE: a date beside the rule is an event of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import pairwise
from typing import Final

from icalendar import vRecur

from . import recurrence
from .calendar_values import CalendarEvent
from .errors import CalendarError, NeedsFlatForm
from .ical import build_event, close_event, has_one_clock
from .recurrence import Rule
from .wall_clock import instants, localise, until

MOST_EXCLUSIONS: Final = 60
"""EXDATE lines that every program takes; Google refuses some 72 to 90 of them."""


def serialise_series(
    master: CalendarEvent,
    rule: Rule,
    *,
    last_day: date,
    left_out: Sequence[date],
    replaced: Mapping[date, CalendarEvent],
    language: str = "fr",
) -> list[bytes]:
    """Return the VEVENT of the rule, then one for each date that departs from it.

    ``master`` is the first date that ``rule`` gives. ``replaced`` holds, by day of the
    rule, what differs there, cancelled dates too; each goes out under the UID and the
    sequence of ``master`` with its RECURRENCE-ID. ``left_out`` are days without a
    date. Both are looked at up to ``last_day``, included: further out the rule is the
    only word.

    Raises:
        NeedsFlatForm: more than ``MOST_EXCLUSIONS`` days are left out, a date passed
            its neighbour, or a clock change on one of its days has no plain form.
    """
    days = recurrence.list_days(rule, rule.first_day, last_day)
    if not days or master.start_date != days[0]:
        raise NeedsFlatForm("The first date is not one of the rule")
    excluded = sorted(set(left_out).intersection(days))
    if len(excluded) > MOST_EXCLUSIONS:
        raise NeedsFlatForm("Too many days are left out")
    kept = [day for day in days if day not in set(excluded)]
    _refuse_swapped(master, kept, replaced)
    for day in kept:
        _refuse_odd_clock(_on_day(master, day))
    vevent = build_event(master, language=language)
    vevent.add("rrule", vRecur.from_ical(recurrence.to_rrule(rule, _end(master, rule))))
    for day in excluded:
        vevent.add("exdate", _moment(master, day))
    parts = [close_event(vevent)]
    for day in kept:
        if (other := replaced.get(day)) is None:
            continue
        other = replace(other, uid=master.uid, sequence=master.sequence)
        vevent = build_event(other, language=language)
        vevent.add("recurrence-id", _moment(master, day))
        parts.append(close_event(vevent))
    return parts


def _end(master: CalendarEvent, rule: Rule) -> datetime | None:
    """UNTIL in UTC where DTSTART has a zone, a day where it is one."""
    if rule.until is None or master.all_day:
        return None
    return until(rule.until, master.zone)


def _moment(master: CalendarEvent, day: date) -> date:
    """The exact DTSTART that the rule gives on ``day``: a program compares both."""
    if master.start_time is None:
        return day
    return localise(day, master.start_time, master.zone)


def _on_day(master: CalendarEvent, day: date) -> CalendarEvent:
    length = master.end_date - master.start_date
    return replace(master, start_date=day, end_date=day + length)


def _refuse_swapped(
    master: CalendarEvent, days: Sequence[date], replaced: Mapping[date, CalendarEvent]
) -> None:
    """Outlook cannot move a date of a rule past its neighbour."""
    held = [replaced.get(day) or _on_day(master, day) for day in days]
    starts = [
        datetime.combine(event.start_date, event.start_time or time()) for event in held
    ]
    in_order = all(earlier < later for earlier, later in pairwise(starts))
    if not in_order:
        raise NeedsFlatForm("A date was moved onto or past its neighbour")


def _refuse_odd_clock(event: CalendarEvent) -> None:
    """A rule keeps its clock: an hour that is skipped or comes twice has no form."""
    if event.start_time is None or event.end_time is None:
        return
    try:
        instants(
            event.start_date,
            event.start_time,
            event.end_date,
            event.end_time,
            all_day=False,
            zone=event.zone,
        )
    except CalendarError as error:
        raise NeedsFlatForm("A date falls on a change of clocks") from error
    if not has_one_clock(event):
        raise NeedsFlatForm("The zone has no plain VTIMEZONE on one of the days")
