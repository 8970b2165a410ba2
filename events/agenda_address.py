"""An address of the agenda, read: filters, days, display; and what it could not say."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext, ngettext, pgettext

from cms.querystrings import with_parameter, without_parameter
from events import wording
from events.domain.timezones import NETWORK_ZONE, load
from events.domain.wall_clock import EARLIEST_DAY, LATEST_DAY, midnight
from events.selection import FILTER_LABELS, Selection, read_selection

if TYPE_CHECKING:
    from django.http import QueryDict

    from events.querysets import EventQuerySet

ONE_DAY: Final = datetime.timedelta(days=1)
ONE_WEEK: Final = datetime.timedelta(days=7)
LIST, MONTH, MAP = "liste", "mois", "carte"


@dataclass
class AgendaAddress:
    """An address of the agenda, read; ``notices`` say what of it was left aside."""

    selection: Selection
    today: datetime.date
    view: str = LIST
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
            "vue": "" if self.view == LIST else self.view,
            "mois": f"{self.month:%Y-%m}" if self.month else "",
        }
        return self.selection.parameters | {k: [v] for k, v in values.items() if v}

    @property
    def query(self) -> str:
        """The parameters without their question mark, for a pager."""
        return with_parameter(self.parameters).removeprefix("?")

    @property
    def hidden_parameters(self) -> list[tuple[str, str]]:
        """What the form of the filters keeps without a field for it."""
        names = ("vue", "mois", "passes")
        found = self.parameters
        return [(name, found[name][0]) for name in names if name in found]

    def address(self, **changes: str | None) -> str:
        """This address with some parameters changed; None removes one."""
        return reverse("events:agenda") + with_parameter(self.parameters, **changes)

    def address_of_days(self, first: datetime.date, last: datetime.date) -> str:
        """The list of these days, with the filters in force."""
        days = {"du": first.isoformat(), "au": last.isoformat()}
        return self.address(vue=None, mois=None, passes=None, **days)

    @property
    def own_url(self) -> str:
        """This address again, as it was understood."""
        return self.address()

    @property
    def past_url(self) -> str:
        """What was, with the filters in force."""
        view = MAP if self.view == MAP else None
        return self.address(passes="1", du=None, au=None, mois=None, vue=view)

    @property
    def upcoming_url(self) -> str:
        """What is to come, with the filters in force."""
        return self.address(passes=None, du=None, au=None)

    @property
    def clear_url(self) -> str:
        """This address without any filter."""
        return self.address(**dict.fromkeys([*FILTER_LABELS, "q", "du", "au"]))

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

    @property
    def views(self) -> list[tuple[str, str, bool]]:
        """(label, address, whether it is this one) of each display."""
        month = self.month or self.first_day or self.today
        of_month = {"mois": f"{month:%Y-%m}", "du": None, "au": None, "passes": None}
        return [
            (gettext("List"), self.address(vue=None, mois=None), self.view == LIST),
            (gettext("Month"), self.address(vue=MONTH, **of_month), self.view == MONTH),
            (gettext("Map"), self.address(vue=MAP, mois=None), self.view == MAP),
        ]

    def tell_page(self, asked: str, shown: int) -> None:
        """Note that page ``asked`` does not exist, where ``shown`` stands instead."""
        if asked and asked != str(shown):
            self.notices.append(
                gettext("This page does not exist: here is page %(number)d.")
                % {"number": shown}
            )

    @property
    def is_upcoming(self) -> bool:
        """True while it asks for what is to come, whatever the day."""
        days = self.first_day, self.last_day, self.month
        return not self.shows_past and not any(days)

    def choose_period(
        self, events: EventQuerySet, now: datetime.datetime
    ) -> tuple[EventQuerySet, datetime.date | None]:
        """Return the dates asked for, and the day those under way stand under."""
        if self.month:
            following = (self.month + ONE_DAY * 31).replace(day=1)
            start, end = (midnight(d, NETWORK_ZONE) for d in (self.month, following))
            return events.overlapping(start, end), None
        if self.shows_past:
            return events.past(now), None
        if self.is_upcoming:
            return events.upcoming(now), self.today
        first, last = self.first_day, self.last_day
        if first is None and last is not None and last < self.today:
            end = midnight(last + ONE_DAY, NETWORK_ZONE)
            return events.past(now).filter(start_at__lt=end), None
        first = first or self.today
        end = midnight((last or LATEST_DAY) + ONE_DAY, NETWORK_ZONE)
        return events.overlapping(midnight(first, NETWORK_ZONE), end), first


def count_in_words(number: int, *, is_upcoming: bool) -> str:
    """“12 dates to come”, “12 dates”, “No date”."""
    if not number:
        return gettext("No date to come") if is_upcoming else gettext("No date")
    if is_upcoming:
        return ngettext("%(n)d date to come", "%(n)d dates to come", number) % {
            "n": number
        }
    return ngettext("%(n)d date", "%(n)d dates", number) % {"n": number}


def find_today() -> datetime.date:
    """Return the day on the network's clock."""
    return timezone.now().astimezone(load(NETWORK_ZONE)).date()


def read_address(query: QueryDict, today: datetime.date) -> AgendaAddress:
    """Read the parameters of an address; whatever they hold, the answer is one."""
    selection = read_selection(query)
    asked = AgendaAddress(selection, today, notices=selection.notices)
    asked.first_day = _read_day(query.get("du", ""), asked)
    asked.last_day = _read_day(query.get("au", ""), asked)
    if asked.first_day and asked.last_day and asked.last_day < asked.first_day:
        asked.last_day = None
        asked.notices.append(
            gettext("The last day came before the first: it is left out.")
        )
    asked.shows_past = query.get("passes") == "1"
    view = query.get("vue", "") or LIST
    if view == MONTH:
        asked.first_day = asked.last_day = None
        asked.shows_past = False
        asked.month = _read_month(query.get("mois", ""), asked)
    elif view not in (LIST, MAP):
        asked.notices.append(gettext("This display does not exist: here is the list."))
        view = LIST
    asked.view = view
    return asked


def _read_day(text: str, asked: AgendaAddress) -> datetime.date | None:
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


def _read_month(text: str, asked: AgendaAddress) -> datetime.date:
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
