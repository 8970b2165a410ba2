"""The programme of a quarter: three months of the agenda on paper."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext, pgettext

from cms.typesetting import Sheet, draw_qr, shorten
from events import wording
from events.domain.timezones import NETWORK_ZONE
from events.domain.wall_clock import EARLIEST_DAY, LATEST_DAY, midnight
from events.posters import SOURCES
from events.rows import EventRow, make_rows

if TYPE_CHECKING:
    from events.querysets import EventQuerySet
    from events.selection import Selection

MOST_DATES: Final = 500
"""Dates on paper; beyond, the programme says how many it leaves out."""


class UnreadableQuarter(ValueError):
    """The text is no quarter, such as “2026-4”, or too far away."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months; ``number`` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Read “2026-4”.

        Raises:
            UnreadableQuarter: it is none, or outside the agenda's years.
        """
        match = re.fullmatch(r"(\d{4})-([1-4])", text, re.ASCII)
        if not match or not EARLIEST_DAY.year < int(match[1]) < LATEST_DAY.year:
            raise UnreadableQuarter(text)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: datetime.date) -> Self:
        """Return the quarter of a day."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def word(self) -> str:
        """“2026-4”, as an address holds it."""
        return f"{self.year}-{self.number}"

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.number * 3 - 2, 1)

    @property
    def end_day(self) -> datetime.date:
        """The day after its last one."""
        if self.number == 4:
            return datetime.date(self.year + 1, 1, 1)
        return datetime.date(self.year, self.number * 3 + 1, 1)

    @property
    def label(self) -> str:
        """“Octobre, novembre, décembre 2026”."""
        first = self.first_day
        months = [first, first.replace(month=first.month + 1)]
        names = [wording.say_month_name(month) for month in months]
        names.append(wording.say_month(first.replace(month=first.month + 2)))
        return capfirst(", ".join(names))


def make_programme(
    quarter: Quarter, selection: Selection, events: EventQuerySet, network_name: str
) -> Sheet:
    """Return the programme of ``events`` that ``selection`` keeps; two queries."""
    start, end = (
        midnight(day, NETWORK_ZONE) for day in (quarter.first_day, quarter.end_day)
    )
    found = selection.filter(events).overlapping(start, end)
    shown = make_rows(found.with_row_relations()[:MOST_DATES])
    total = found.count()
    address = (
        f"{settings.SITE_URL}{reverse('events:subscribe')}{selection.query_string}"
    )
    agenda = f"{settings.SITE_URL}{reverse('events:agenda')}{selection.query_string}"
    values = {
        "language": get_language() or "fr",
        "network": network_name,
        "title": quarter.label,
        "filters": selection.label,
        "count": _say_count(total),
        "months": _group_by_month(shown, quarter),
        "left_out": _say_left_out(total - len(shown)),
        "link": agenda.split("://", 1)[-1],
        "qr": draw_qr(address),
        "words": {
            "programme": gettext("The agenda on paper"),
            "day": pgettext("column", "Day"),
            "hours": pgettext("column", "Hours"),
            "date": pgettext("column", "Date"),
            "where": pgettext("column", "Where"),
            "subscribe": gettext("These dates in your own calendar, kept up to date"),
            "qr": gettext("QR code to subscribe to these dates"),
            "page": pgettext("before its number", "page"),
            "empty": gettext(
                "No date is announced for these three months. Look at the agenda "
                "again in a while."
            ),
        },
    }
    return Sheet("programme.typ", values, SOURCES)


def _group_by_month(listed: list[EventRow], quarter: Quarter) -> list[dict[str, Any]]:
    months: dict[datetime.date, list[dict[str, Any]]] = {}
    for row in listed:
        day = max(row.event.start_date, quarter.first_day)
        months.setdefault(day.replace(day=1), []).append(_describe(row, day))
    return [
        {"name": capfirst(wording.say_month(month)), "dates": dates}
        for month, dates in months.items()
    ]


def _describe(row: EventRow, day: datetime.date) -> dict[str, Any]:
    return {
        "weekday": wording.say_short_weekday(day),
        "day": str(day.day),
        "hours": row.hours,
        "title": shorten(row.title.strip() or row.kind_name, 140),
        "kind": row.kind_name,
        "mark": row.kind_mark,
        "where": row.where,
        "note": row.side_note,
        "status": row.status_label,
        "is_called_off": row.event.is_called_off,
    }


def _say_count(total: int) -> str:
    return ngettext("%(n)d date", "%(n)d dates", total) % {"n": total} if total else ""


def _say_left_out(number: int) -> str:
    if number <= 0:
        return ""
    return ngettext(
        "%(n)d more date is in the agenda.", "%(n)d more dates are in the agenda.",
        number,
    ) % {"n": number}  # fmt: skip
