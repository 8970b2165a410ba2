"""Dates as lists show them: one row each, gathered by day or set on a month's grid."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext

from events import wording
from events.enums import EventStatus, RegistrationMode, Visibility

if TYPE_CHECKING:
    from events.models import Event, Series

_Date = TypeVar("_Date", "Event", "EventRow")

ENTRIES_SHOWN = 3
"""Entries in one day of the month; the others are behind a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """What ``components/event_row.html`` shows of one date."""

    event: Event
    url: str
    title: str
    language: str
    hours: str
    hours_short: str
    short_when: str
    where: str
    address: str
    kind_mark: str
    kind_name: str
    side_note: str
    status: str
    status_label: str
    is_cancelled: bool
    is_lit: bool
    datetime: str
    weekday: str
    day: str
    month_name: str

    @property
    def series(self) -> Series | None:
        return self.event.series


@dataclass(slots=True)
class GatheredRow:
    """One line for a programme: what its places hold on one day."""

    title: str
    language: str
    url: str
    rows: list[EventRow]

    @property
    def is_lit(self) -> bool:
        return any(row.is_lit for row in self.rows)

    @property
    def called_off_count(self) -> int:
        """How many of its places are cancelled or postponed that day."""
        return sum(row.event.is_called_off for row in self.rows)

    @property
    def kind_mark(self) -> str:
        return self.rows[0].kind_mark

    @property
    def kind_name(self) -> str:
        return self.rows[0].kind_name

    @property
    def hours(self) -> str:
        """The hours that all its dates share, else the first of them."""
        shared = {row.hours for row in self.rows}
        if len(shared) == 1:
            return self.rows[0].hours
        first = min(self.rows, key=lambda row: row.event.start_at)
        return pgettext("hour", "from %(start)s") % {"start": first.hours_short}


@dataclass(frozen=True, slots=True)
class DayGroup:
    """The dates of one day, under its heading."""

    day: datetime.date
    today: datetime.date
    rows: list[EventRow] = field(default_factory=list)

    @property
    def lines(self) -> list[EventRow | GatheredRow]:
        """The rows, those of one programme gathered where its first one stands."""
        return [_join(rows) for rows in _gather(self.rows)]

    @property
    def anchor(self) -> str:
        return f"jour-{self.day:%Y-%m-%d}"

    @property
    def note(self) -> str:
        """“aujourd’hui”, “demain”; "" for the days after."""
        if self.day == self.today:
            return gettext("today")
        is_next = self.day == self.today + datetime.timedelta(days=1)
        return gettext("tomorrow") if is_next else ""

    @property
    def weekday(self) -> str:
        return wording.say_weekday(self.day)

    @property
    def number(self) -> str:
        return wording.say_day_number(self.day)

    @property
    def month_name(self) -> str:
        """“janvier 2027”, without the year while it is this one."""
        if self.day.year != self.today.year:
            return wording.say_month(self.day)
        return wording.say_month_name(self.day)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A week of ISO 8601: Monday to Sunday, numbered in its year."""

    year: int
    number: int

    @property
    def anchor(self) -> str:
        """“semaine-2026-49”."""
        return f"semaine-{self.year}-{self.number:02}"

    @property
    def label(self) -> str:
        """“Semaine 49, du 30 novembre au 6 décembre”."""
        days = (
            datetime.date.fromisocalendar(self.year, self.number, n) for n in (1, 7)
        )
        monday, sunday = map(wording.say_day_of_month, days)
        return gettext("Week %(number)d, %(monday)s to %(sunday)s") % {
            "number": self.number,
            "monday": monday,
            "sunday": sunday,
        }


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of a grid: its dates, and how far it is from today.

    A full month holds hundreds of dates: only those shown are put in words.
    """

    day: datetime.date
    today: datetime.date
    events: list[Event] = field(default_factory=list)
    month: int = 0

    @property
    def shown(self) -> list[EventRow | GatheredRow]:
        """The first entries; a programme is one, so that it hides no other date."""
        return [_join(make_rows(one)) for one in _gather(self.events)[:ENTRIES_SHOWN]]

    @property
    def hidden_count(self) -> int:
        return sum(len(one) for one in _gather(self.events)[ENTRIES_SHOWN:])

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def is_outside(self) -> bool:
        return bool(self.month) and self.day.month != self.month

    @property
    def css(self) -> str:
        """The classes of the cell."""
        states = {
            "is-outside": self.is_outside,
            "is-past": self.day < self.today and not self.is_outside,
            "is-today": self.is_today,
            "is-weekend": self.day.weekday() >= calendar.SATURDAY,
            "is-empty": not self.events,
        }
        return " ".join(name for name, holds in states.items() if holds)

    @property
    def weekday(self) -> str:
        return wording.say_weekday(self.day)

    @property
    def short_weekday(self) -> str:
        return wording.say_short_weekday(self.day)

    @property
    def month_name(self) -> str:
        return wording.say_month_name(self.day)

    @property
    def marks(self) -> list[str]:
        """A shape a date, five at most."""
        return [event.type.mark for event in self.events[:5]]


def make_row(event: Event, *, is_lit: bool = False) -> EventRow:
    """Return the row of ``event``; fetched with ``with_row_relations``, no query."""
    text = event.text_in(get_language() or "fr")
    kind = event.type.text_in(get_language() or "fr")
    first = event.start_date
    return EventRow(
        event=event,
        url=event.get_absolute_url(),
        title=text.title,
        language=text.language,
        hours=wording.say_hours(event),
        hours_short=wording.say_start(event),
        short_when=wording.say_short_when(event),
        where=say_where(event),
        address=event.place_address,
        kind_mark=event.type.mark,
        kind_name=kind.name,
        side_note=_side_note(event, text),
        status=event.status,
        status_label=say_status(event),
        is_cancelled=event.status == EventStatus.CANCELLED,
        is_lit=is_lit and not event.is_called_off,
        datetime=write_datetime(event),
        weekday=wording.say_weekday(first),
        day=str(first.day),
        month_name=wording.say_short_month(first),
    )


def make_rows(
    events: Iterable[Event], *, now: datetime.datetime | None = None
) -> list[EventRow]:
    """Return a row for each date; with ``now``, the next one to go to is lit."""
    rows: list[EventRow] = []
    for event in events:
        is_next = now is not None and not (event.is_called_off or event.is_past(now))
        rows.append(make_row(event, is_lit=is_next))
        if is_next:
            now = None
    return rows


def say_where(event: Event) -> str:
    """“L’Estran, Saint-Malo”; “online” for what has a link and no place."""
    place = ", ".join(filter(None, [event.place_name, event.place_city]))
    if not place and event.online_url:
        return gettext("Online")
    return place


def say_status(event: Event) -> str:
    """“Annulé”; "" for what takes place as said."""
    labels = {
        EventStatus.CANCELLED: gettext("Cancelled"),
        EventStatus.POSTPONED: gettext("Postponed"),
        EventStatus.TENTATIVE: gettext("To be confirmed"),
    }
    return labels.get(EventStatus(event.status), "")


def write_datetime(event: Event) -> str:
    """ISO 8601 with offset; the day alone for what lasts all day."""
    if event.all_day:
        return event.start_date.isoformat()
    local = event.start_at.astimezone(event.tzinfo)
    return local.isoformat(timespec="minutes")


def group_by_day(
    rows: Iterable[EventRow], *, first_day: datetime.date | None, today: datetime.date
) -> list[DayGroup]:
    """Gather rows, in their order, under their days.

    What began before ``first_day`` and still goes on stands under that day.
    """
    groups: dict[datetime.date, DayGroup] = {}
    for row in rows:
        day = row.event.start_date
        if first_day is not None:
            day = max(day, min(first_day, row.event.end_date))
        if day not in groups:
            groups[day] = DayGroup(day, today)
        groups[day].rows.append(row)
    return list(groups.values())


def find_week(day: datetime.date) -> Week:
    """Return the week of a day."""
    return Week(*day.isocalendar()[:2])


def group_by_week(days: Iterable[DayGroup]) -> list[tuple[Week, list[DayGroup]]]:
    """Gather days, in their order, under their weeks."""
    weeks: dict[Week, list[DayGroup]] = {}
    for group in days:
        weeks.setdefault(find_week(group.day), []).append(group)
    return list(weeks.items())


def spread_over_days(
    events: Iterable[Event],
    days: Iterable[datetime.date],
    today: datetime.date,
    month: int = 0,
) -> dict[datetime.date, DayCell]:
    """Return a cell for each day; a date stands on each day it lasts."""
    cells = {day: DayCell(day, today, [], month) for day in days}
    for event in events:
        for day in _days_of(event):
            if day in cells:
                cells[day].events.append(event)
    return cells


def _gather(dates: Iterable[_Date]) -> list[list[_Date]]:
    """Return ``dates`` in their order, those of a programme where its first one stands.

    Fetched with ``with_row_relations``, no query.
    """
    gathered: dict[int, list[_Date]] = {}
    entries: list[list[_Date]] = []
    for one in dates:
        key = one.series.programme_id if one.series else None
        if key is not None and key in gathered:
            gathered[key].append(one)
            continue
        entries.append([one])
        if key is not None:
            gathered[key] = entries[-1]
    return entries


def _join(rows: list[EventRow]) -> EventRow | GatheredRow:
    """Return the line of one entry: one place alone is a date like any other."""
    series = rows[0].series
    programme = series.programme if series else None
    if programme is None or len(rows) == 1:
        return rows[0]
    text = programme.text_in(get_language() or "fr")
    return GatheredRow(text.title, text.language, programme.get_absolute_url(), rows)


def list_month_weeks(month: datetime.date) -> list[list[datetime.date]]:
    """Return the whole weeks, Monday first, that hold the month of that day."""
    return calendar.Calendar().monthdatescalendar(month.year, month.month)


def _days_of(event: Event) -> Iterator[datetime.date]:
    last = event.start_date if wording.ends_at_night(event) else event.end_date
    for offset in range((last - event.start_date).days + 1):
        yield event.start_date + datetime.timedelta(days=offset)


def _side_note(event: Event, text: Any) -> str:
    if event.visibility == Visibility.MEMBERS:
        return gettext("For members")
    if event.visibility == Visibility.PRIVATE:
        return gettext("For its organisers")
    return ", ".join(filter(None, [capfirst(text.price), _say_registration(event)]))


def _say_registration(event: Event) -> str:
    """“complet”, “sur inscription”; "" for what one just comes to, or came to."""
    if event.is_called_off or event.registration_mode == RegistrationMode.NONE:
        return ""
    taken = getattr(event, "places_taken", None)
    if event.capacity is not None and taken is not None and taken >= event.capacity:
        return gettext("full")
    return gettext("on registration")
