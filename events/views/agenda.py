"""The agenda: a list by day, or a month, of the dates that the filters keep."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext
from django.views.decorators.http import require_safe

from cms.querystrings import with_parameter, without_parameter
from events import rows, wording
from events.domain.timezones import NETWORK_ZONE, load
from events.domain.wall_clock import EARLIEST_DAY, LATEST_DAY, midnight
from events.models import Event, EventType
from events.selection import FILTER_LABELS, Selection, list_departments, read_selection

if TYPE_CHECKING:
    from events.querysets import EventQuerySet

PAGE_SIZE: Final = 20
FORTNIGHT: Final = 14
ONE_DAY: Final = datetime.timedelta(days=1)


@dataclass
class AgendaRequest:
    """An address of the agenda, read; ``notices`` say what of it was left aside."""

    selection: Selection
    today: datetime.date
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    shows_past: bool = False
    month: datetime.date | None = None
    notices: list[str] = field(default_factory=list)

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The address again, without what could not be read and the page."""
        values = {
            "du": self.first_day.isoformat() if self.first_day else "",
            "au": self.last_day.isoformat() if self.last_day else "",
            "passes": "1" if self.shows_past else "",
            "vue": "mois" if self.month else "",
            "mois": f"{self.month:%Y-%m}" if self.month else "",
        }
        return self.selection.parameters | {k: [v] for k, v in values.items() if v}

    def address(self, **changes: str | None) -> str:
        """This address with some parameters changed; None removes one."""
        return reverse("events:agenda") + with_parameter(self.parameters, **changes)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """(label, address without it) of each filter and date in force."""
        chips = list(self.selection.chips(self.parameters))
        dates = {"du": (pgettext("day", "From"), self.first_day)}
        dates["au"] = pgettext("day", "Until"), self.last_day
        for name, (word, day) in dates.items():
            if day is not None:
                label = f"{word} {wording.say_near_day(day, self.today)}"
                chips.append((label, without_parameter(self.parameters, name) or "?"))
        return chips


@require_safe
def show_agenda(request: HttpRequest) -> HttpResponse:
    """Show the list, or with ``vue=mois`` a month."""
    asked = _read(request)
    now = timezone.now()
    events = asked.selection.filter(
        Event.objects.visible_to(request.user, asked.today).with_row_relations()
    )
    context = {
        "asked": asked,
        "selection": asked.selection,
        "chips": asked.chips,
        "clear_url": asked.address(**dict.fromkeys([*FILTER_LABELS, "q", "du", "au"])),
        "subscribe_url": reverse("events:subscribe") + asked.selection.query_string,
        "views": _list_views(asked),
        "types": EventType.objects.all(),
        "departments": list_departments(),
    }
    if asked.month:
        context |= _show_month(asked, events, now)
        return render(request, "events/month.html", context)
    context |= _show_list(asked, events, now, request.GET.get("page", ""))
    return render(request, "events/agenda.html", context)


def _read(request: HttpRequest) -> AgendaRequest:
    query = request.GET
    today = timezone.now().astimezone(load(NETWORK_ZONE)).date()
    selection = read_selection(query)
    asked = AgendaRequest(selection, today, notices=selection.notices)
    asked.first_day = _read_day(query.get("du", ""), asked)
    asked.last_day = _read_day(query.get("au", ""), asked)
    if asked.first_day and asked.last_day and asked.last_day < asked.first_day:
        asked.last_day = None
        asked.notices.append(
            gettext("The last day came before the first: it is left out.")
        )
    asked.shows_past = query.get("passes") == "1"
    if query.get("vue") == "mois":
        asked.first_day = asked.last_day = None
        asked.shows_past = False
        asked.month = _read_month(query.get("mois", ""), asked)
    elif query.get("vue") not in (None, "", "liste"):
        asked.notices.append(gettext("This display does not exist: here is the list."))
    return asked


def _read_day(text: str, asked: AgendaRequest) -> datetime.date | None:
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not EARLIEST_DAY <= day <= LATEST_DAY:
        asked.notices.append(
            gettext("“%(text)s” is not a day we can read: it is left out.")
            % {"text": text[:30]}
        )
        return None
    return day


def _read_month(text: str, asked: AgendaRequest) -> datetime.date:
    this_month = asked.today.replace(day=1)
    if not text:
        return this_month
    if match := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text, re.ASCII):
        year, month = int(match[1]), int(match[2])
        # A month further out has no neighbour to go to.
        if EARLIEST_DAY.year < year < LATEST_DAY.year:
            return datetime.date(year, month, 1)
    asked.notices.append(
        gettext("“%(text)s” is not a month we can read: here is this month.")
        % {"text": text[:30]}
    )
    return this_month


def _show_list(
    asked: AgendaRequest, events: EventQuerySet, now: datetime.datetime, page: str
) -> dict[str, Any]:
    found, first_day = _choose_period(asked, events, now)
    paginator = Paginator(found, PAGE_SIZE)
    shown = paginator.get_page(page)
    if page and page != str(shown.number):
        asked.notices.append(
            gettext("This page does not exist: here is page %(number)d.")
            % {"number": shown.number}
        )
    is_upcoming = not asked.shows_past and asked.first_day is asked.last_day is None
    listed = rows.make_rows(shown, now=now if is_upcoming else None)
    groups = rows.group_by_day(listed, first_day=first_day, today=asked.today)
    return {
        "page": shown,
        "query": with_parameter(asked.parameters).removeprefix("?"),
        "groups": groups,
        "count_label": _count(paginator.count, is_upcoming=is_upcoming),
        "fortnight": (
            _list_fortnight(asked, events, groups)
            if is_upcoming and shown.number == 1
            else []
        ),
        "past_url": asked.address(passes="1", du=None, au=None),
        "upcoming_url": asked.address(passes=None, du=None, au=None),
        "empty": None if paginator.count else _explain_empty(asked, events, now),
    }


def _choose_period(
    asked: AgendaRequest, events: EventQuerySet, now: datetime.datetime
) -> tuple[EventQuerySet, datetime.date | None]:
    """Return the dates of the period, and the day that those under way stand under."""
    if asked.shows_past:
        return events.past(now), None
    if asked.first_day is None and asked.last_day is None:
        return events.upcoming(now), asked.today
    first, last = asked.first_day, asked.last_day
    if first is None and last is not None and last < asked.today:
        end = midnight(last + ONE_DAY, NETWORK_ZONE)
        return events.past(now).filter(start_at__lt=end), None
    first = first or asked.today
    end = midnight((last or LATEST_DAY) + ONE_DAY, NETWORK_ZONE)
    return events.overlapping(midnight(first, NETWORK_ZONE), end), first


def _count(number: int, *, is_upcoming: bool) -> str:
    if not number:
        return gettext("No date to come") if is_upcoming else gettext("No date")
    if is_upcoming:
        return ngettext("%(n)d date to come", "%(n)d dates to come", number) % {
            "n": number
        }
    return ngettext("%(n)d date", "%(n)d dates", number) % {"n": number}


def _list_fortnight(
    asked: AgendaRequest, events: EventQuerySet, groups: list[rows.DayGroup]
) -> list[tuple[rows.DayCell, str]]:
    """Return the fourteen days from today, each with the place its link leads to."""
    days = [asked.today + ONE_DAY * number for number in range(FORTNIGHT)]
    end = midnight(days[-1] + ONE_DAY, NETWORK_ZONE)
    found = events.overlapping(midnight(asked.today, NETWORK_ZONE), end)
    cells = rows.spread_over_days(rows.make_rows(found), days, asked.today)
    on_page = {group.day: f"#{group.anchor}" for group in groups}
    return [
        (
            cell,
            on_page.get(day) or asked.address(du=day.isoformat(), au=day.isoformat()),
        )
        for day, cell in cells.items()
    ]


def _explain_empty(
    asked: AgendaRequest, events: EventQuerySet, now: datetime.datetime
) -> dict[str, Any]:
    """Say that nothing is there, what is next, and the ways out."""
    period = ""
    if asked.month:
        period = wording.say_month(asked.month)
    elif asked.first_day and asked.first_day == asked.last_day:
        period = wording.say_near_day(asked.first_day, asked.today)
    parts = {"what": asked.selection.label, "when": period}
    title = gettext("No date here")
    if parts["what"] and period:
        title = gettext("No date for %(what)s, %(when)s") % parts
    elif parts["what"]:
        title = gettext("No date for %(what)s") % parts
    elif period:
        title = gettext("No date, %(when)s") % parts
    following = events.upcoming(now).first()
    actions = [
        (gettext("Without “%(label)s”") % {"label": label}, url)
        for label, url in asked.chips[:3]
    ]
    if asked.selection or asked.month or asked.first_day or asked.last_day:
        actions.append((gettext("All dates to come"), reverse("events:agenda")))
    return {
        "title": title,
        "next": following,
        "actions": actions,
        **_say_next(following),
    }


def _say_next(event: Event | None) -> dict[str, str]:
    if event is None:
        return {"text": gettext("No other date is announced for now.")}
    words = {
        "title": event.title,
        "when": wording.say_when(event).lower(),
        "where": rows.say_where(event),
    }
    text = gettext("The next one: %(title)s, %(when)s.") % words
    return {"text": text, "url": event.get_absolute_url(), "link": event.title}


def _show_month(
    asked: AgendaRequest, events: EventQuerySet, now: datetime.datetime
) -> dict[str, Any]:
    month = asked.month or asked.today
    weeks = rows.list_month_weeks(month)
    start = midnight(weeks[0][0], NETWORK_ZONE)
    end = midnight(weeks[-1][-1] + ONE_DAY, NETWORK_ZONE)
    listed = rows.make_rows(events.overlapping(start, end))
    days = [day for week in weeks for day in week]
    cells = rows.spread_over_days(listed, days, asked.today, month.month)
    held = {
        row.event.pk: row.event
        for cell in cells.values()
        if not cell.is_outside
        for row in cell.rows
    }
    return {
        "month_name": capfirst(wording.say_month(month)),
        "weekdays": [wording.say_weekday(day) for day in weeks[0]],
        "weeks": [
            [(cells[day], _day_address(asked, day)) for day in week] for week in weeks
        ],
        "previous": _link_month(asked, month - ONE_DAY),
        "next": _link_month(asked, (month + ONE_DAY * 31).replace(day=1)),
        "count_label": _count(len(held), is_upcoming=False),
        "to_come_count": sum(not event.is_past(now) for event in held.values()),
        "cancelled_count": sum(event.is_called_off for event in held.values()),
        "empty": None if held else _explain_empty(asked, events, now),
    }


def _day_address(asked: AgendaRequest, day: datetime.date) -> str:
    iso = day.isoformat()
    return asked.address(vue=None, mois=None, du=iso, au=iso)


def _link_month(asked: AgendaRequest, day: datetime.date) -> tuple[str, str]:
    label = wording.say_month_name(day)
    if asked.month and day.year != asked.month.year:
        label = wording.say_month(day)
    return capfirst(label), asked.address(mois=f"{day:%Y-%m}")


def _list_views(asked: AgendaRequest) -> list[tuple[str, str, bool]]:
    month = asked.month or asked.first_day or asked.today
    return [
        (gettext("List"), asked.address(vue=None, mois=None), asked.month is None),
        (
            gettext("Month"),
            asked.address(
                vue="mois", mois=f"{month:%Y-%m}", du=None, au=None, passes=None
            ),
            asked.month is not None,
        ),
    ]
