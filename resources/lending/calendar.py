"""The month of a lent resource: how many are free on each day, and who has the others."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from dateutil.relativedelta import relativedelta
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext

from events import wording
from events.rows import list_month_weeks
from resources.domain.lending import count_free
from resources.lending_wording import say_free, say_taken
from resources.models import BlockedDays, Loan
from resources.services.lending import find_horizon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resources.models import SharedResource
    from resources.models.loan import DaySpan

MONTHS_BEFORE: Final = 12
# More of them are a number, not a row of squares.
MOST_SQUARES: Final = 8


@dataclass(frozen=True, slots=True)
class LendingDay:
    """One day of the grid; ``notes`` say what takes its units, one line each."""

    day: datetime.date
    today: datetime.date
    month: int
    free: int
    quantity: int
    kind: str
    is_kept: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def is_past(self) -> bool:
        return self.day < self.today

    @property
    def is_outside(self) -> bool:
        return self.day.month != self.month

    @property
    def is_whole(self) -> bool:
        """True when nothing is taken."""
        return self.free == self.quantity

    @property
    def label(self) -> str:
        """“2 libres sur 6”; "" for a past day on which nothing was lent."""
        if self.is_past and self.is_whole:
            return ""
        if self.quantity == 1 and self.is_kept:
            return gettext("kept by its space")
        return say_free(self.free, self.quantity, self.kind)

    @property
    def squares(self) -> list[bool]:
        """A square a unit, True for those that are free; none where they are many."""
        if self.is_whole or not 1 < self.quantity <= MOST_SQUARES:
            return []
        return [number < self.free for number in range(self.quantity)]

    @property
    def weekday(self) -> str:
        return wording.say_weekday(self.day)

    @property
    def month_name(self) -> str:
        return wording.say_month_name(self.day)

    @property
    def css(self) -> str:
        """The classes of the cell."""
        states = {
            "is-outside": self.is_outside,
            "is-past": self.is_past and not self.is_outside,
            "is-today": self.is_today,
            "is-weekend": self.day.weekday() >= calendar.SATURDAY,
            "is-empty": self.is_whole or self.is_outside,
            "is-full": not self.free and not self.is_outside,
        }
        return " ".join(name for name, holds in states.items() if holds)


class LendingMonth:
    """The month that an address asks for, as members (``tells_who``) or all read it.

    Costs two queries, however many the loans.
    """

    def __init__(
        self,
        resource: SharedResource,
        query: Mapping[str, str],
        *,
        today: datetime.date,
        tells_who: bool,
    ) -> None:
        self.resource = resource
        self.today = today
        self.tells_who = tells_who
        self.notices: list[str] = []
        self.first_month = today.replace(day=1) - relativedelta(months=MONTHS_BEFORE)
        self.last_month = find_horizon(today).replace(day=1)
        self.month = self._read_month(query.get("mois", ""))

    @property
    def name(self) -> str:
        """“Décembre 2026”."""
        return str(capfirst(wording.say_month(self.month)))

    @property
    def weekdays(self) -> list[str]:
        return [cell.weekday for cell in self.weeks[0]]

    @cached_property
    def weeks(self) -> list[list[LendingDay]]:
        """The whole weeks of the month, Monday first."""
        weeks = list_month_weeks(self.month)
        loans, blocked = self._read_spans(weeks[0][0], weeks[-1][-1])
        free = count_free(
            self.resource.quantity,
            [span.taking for span in (*loans, *blocked)],
            weeks[0][0],
            weeks[-1][-1],
        )
        return [
            [self._make_day(day, free[day], loans, blocked) for day in week]
            for week in weeks
        ]

    @property
    def summary(self) -> str:
        """“24 jours entièrement libres”, or that none or all are."""
        days = [one for week in self.weeks for one in week if not one.is_outside]
        whole = sum(one.is_whole for one in days)
        if whole == len(days):
            return gettext("Nothing is taken this month.")
        if not whole:
            return gettext("Each day of this month has something taken.")
        return ngettext(
            "%(count)d day of this month is wholly free.",
            "%(count)d days of this month are wholly free.",
            whole,
        ) % {"count": whole}

    @property
    def previous(self) -> tuple[str, str] | None:
        """The name and the parameter of the month before; None where it ends."""
        if self.month <= self.first_month:
            return None
        return self._link(self.month - relativedelta(months=1))

    @property
    def next(self) -> tuple[str, str] | None:
        """The name and the parameter of the month after; None where it ends."""
        if self.month >= self.last_month:
            return None
        return self._link(self.month + relativedelta(months=1))

    def _link(self, month: datetime.date) -> tuple[str, str]:
        is_same_year = month.year == self.month.year
        say = wording.say_month_name if is_same_year else wording.say_month
        return str(capfirst(say(month))), f"?mois={month:%Y-%m}"

    def _read_month(self, text: str) -> datetime.date:
        this_month = self.today.replace(day=1)
        if not text:
            return this_month
        values = {"text": text[:30]}
        match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text, re.ASCII)
        if match is None or match[1] == "0000":
            self.notices.append(
                gettext("“%(text)s” is not a month we can read: here is this month.")
                % values
            )
            return this_month
        month = datetime.date(int(match[1]), int(match[2]), 1)
        if self.first_month <= month <= self.last_month:
            return month
        self.notices.append(
            gettext(
                "This calendar goes from %(first)s to %(last)s: here is this month."
            )
            % {
                "first": wording.say_month(self.first_month),
                "last": wording.say_month(self.last_month),
            }
        )
        return this_month

    def _read_spans(
        self, first_day: datetime.date, last_day: datetime.date
    ) -> tuple[list[Loan], list[BlockedDays]]:
        loans = Loan.objects.accepted().filter(resource=self.resource)
        if self.tells_who:
            loans = loans.select_related("space")
        blocked = BlockedDays.objects.filter(resource=self.resource)
        return (
            list(loans.overlapping(first_day, last_day)),
            list(blocked.overlapping(first_day, last_day)),
        )

    def _make_day(
        self,
        day: datetime.date,
        free: int,
        loans: list[Loan],
        blocked: list[BlockedDays],
    ) -> LendingDay:
        away = [one for one in loans if _covers(one, day)]
        kept = [one for one in blocked if _covers(one, day)]
        notes = []
        if self.tells_who:
            notes = [
                *(self._note(one.space.name, one) for one in away),
                *(
                    self._note(one.reason or pgettext("days", "kept"), one)
                    for one in kept
                ),
            ]
        elif self.resource.quantity > 1 and away:
            notes = [capfirst(say_taken(self.resource.kind))]
        return LendingDay(
            day=day,
            today=self.today,
            month=self.month.month,
            free=free,
            quantity=self.resource.quantity,
            kind=self.resource.kind,
            is_kept=bool(kept),
            notes=notes,
        )

    def _note(self, words: str, span: DaySpan) -> str:
        """“L’Estran”, “L’Estran (2)” where there are several."""
        return f"{words} ({span.units})" if self.resource.quantity > 1 else words


def _covers(span: Loan | BlockedDays, day: datetime.date) -> bool:
    return span.taking.first_day <= day <= span.taking.last_day
