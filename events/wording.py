"""Dates and hours as a person reads them, in the language of the page.

“18 h 30 – 21 h 30”, “jeudi 26 novembre 2026”. Everything is said on the clock of the
date itself, never converted to the reader's.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import (
    get_language,
    gettext,
    ngettext,
    pgettext,
)

from cms.wording import NO_BREAK, say_time

if TYPE_CHECKING:
    from events.models import Event


def say_weekday(day: datetime.date) -> str:
    """“jeudi”."""
    return date_format(day, "l")


def say_short_weekday(day: datetime.date) -> str:
    """“jeu.” in French, three letters elsewhere."""
    name = date_format(day, "l")[:3]
    return f"{name}." if get_language() == "fr" else name


def say_day_number(day: datetime.date) -> str:
    """“26”; “1er” for the first of a month in French."""
    if day.day == 1 and get_language() == "fr":
        return "1er"
    return str(day.day)


def say_month(day: datetime.date) -> str:
    """“novembre 2026”."""
    return date_format(day, "F Y")


def say_month_name(day: datetime.date) -> str:
    """“novembre”."""
    return date_format(day, "F")


def say_short_month(day: datetime.date) -> str:
    """“nov.”, “déc.”; short months whole."""
    name = date_format(day, "N")
    return name.lower() if get_language() == "fr" else name


def say_day(day: datetime.date, *, with_year: bool = True) -> str:
    """“jeudi 26 novembre 2026”."""
    parts = [say_weekday(day), say_day_of_month(day)]
    if with_year:
        parts.append(str(day.year))
    return " ".join(parts)


def say_day_of_month(day: datetime.date) -> str:
    """“26 novembre”."""
    return f"{say_day_number(day)}{NO_BREAK}{say_month_name(day)}"


def say_near_day(day: datetime.date, today: datetime.date) -> str:
    """The day, its year left out while it is this one: “jeudi 26 novembre”."""
    return say_day(day, with_year=day.year != today.year)


def say_instant(instant: datetime.datetime, zone: datetime.tzinfo) -> str:
    """“jeudi 19 novembre à 18 h 30”, on the clock of ``zone``."""
    local = instant.astimezone(zone)
    values = {"day": say_day(local.date(), with_year=False), "hour": say_time(local)}
    return gettext("%(day)s at %(hour)s") % values


def say_hours(event: Event) -> str:
    """“18 h 30 – 21 h 30”, “all day”; the first hour of what lasts several days."""
    if event.all_day or event.start_time is None or event.end_time is None:
        return gettext("All day")
    start = say_time(event.start_time)
    if event.end_date != event.start_date and not ends_at_night(event):
        return pgettext("hour", "from %(start)s") % {"start": start}
    return f"{start} – {say_time(event.end_time)}"


def say_start(event: Event) -> str:
    """“18 h 30”; nothing for what lasts all day."""
    return say_time(event.start_time) if event.start_time else ""


def say_days(event: Event) -> str:
    """“Jeudi 26 novembre 2026”; the first and the last day of what lasts longer."""
    first, last = event.start_date, event.end_date
    if first == last or ends_at_night(event):
        return capfirst(say_day(first))
    return gettext("From %(first)s to %(last)s") % {
        "first": say_day(first, with_year=first.year != last.year),
        "last": say_day(last),
    }


def say_when(event: Event) -> str:
    """One line for a mail or a link: the day or days, then the hours."""
    if event.all_day or event.start_time is None or event.end_time is None:
        return say_days(event)
    first, last = event.start_date, event.end_date
    if first == last or ends_at_night(event):
        return f"{say_days(event)}, {say_hours(event)}"
    values = {
        "first": f"{say_day(first)}, {say_time(event.start_time)}",
        "last": f"{say_day(last)}, {say_time(event.end_time)}",
    }
    return gettext("From %(first)s to %(last)s") % values


def say_short_when(event: Event) -> str:
    """“jeu. 26 nov. 2026, 18 h 30”: the beginning alone, for a narrow list."""
    first = event.start_date
    day = f"{say_short_weekday(first)} {first.day}{NO_BREAK}{say_short_month(first)}"
    return ", ".join(filter(None, [f"{day} {first.year}", say_start(event)]))


def say_span(event: Event) -> str:
    """“dès 14 h le premier jour, jusqu’à 12 h le dernier”."""
    if event.start_time is None or event.end_time is None:
        return say_hours(event)
    if ends_at_night(event):
        return say_hours(event)
    return gettext("from %(start)s the first day to %(end)s the last") % {
        "start": say_time(event.start_time),
        "end": say_time(event.end_time),
    }


def say_zone(event: Event) -> str:
    """“heure de Paris”."""
    city = event.zone.rpartition("/")[2].replace("_", " ")
    return gettext("%(city)s time") % {"city": city}


def say_distance(event: Event, now: datetime.datetime) -> str:
    """“today”, “in 3 days”: an addition to the date, never alone; "" when far."""
    today = local_day(event, now)
    if event.is_past(now):
        return ""
    days = (event.start_date - today).days
    if days < 0:
        return gettext("going on now")
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days > 60:
        return ""
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


def local_day(event: Event, now: datetime.datetime) -> datetime.date:
    """The day of the instant ``now`` on the clock of ``event``."""
    return now.astimezone(event.tzinfo).date()


def ends_at_night(event: Event) -> bool:
    """Tell what ends in the small hours of the next day: one evening to a reader."""
    return (
        event.end_time is not None
        and event.end_date - event.start_date == datetime.timedelta(days=1)
        and event.end_time <= datetime.time(6)
        and not event.all_day
    )
