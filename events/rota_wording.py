"""Dates and months of a rota as a person reads them, in the language of the page."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext

from events import wording
from events.models import Turn

if TYPE_CHECKING:
    from events.models import Event


def say_slot(slot: Event | Turn) -> str:
    """“Jeudi 14 janvier 2027, 18 h 30 – 21 h 30”, or “En janvier 2027”."""
    if isinstance(slot, Turn):
        return str(capfirst(say_slot_day(slot)))
    return wording.say_when(slot)


def say_slot_day(slot: Event | Turn) -> str:
    """“jeudi 14 janvier 2027”, or “en janvier 2027”."""
    if isinstance(slot, Turn):
        return gettext("in %(month)s") % {"month": wording.say_month(slot.month)}
    return wording.say_day(slot.start_date)


def say_slot_start(slot: Event | Turn) -> str:
    """“Jeudi 14 janvier 2027, 18 h 30”, or “En janvier 2027”."""
    if isinstance(slot, Turn):
        return say_slot(slot)
    day = str(capfirst(say_slot_day(slot)))
    return ", ".join(filter(None, [day, wording.say_start(slot)]))


def say_slot_distance(slot: Event | Turn, now: datetime.datetime) -> str:
    """“dans 3 jours”, “à fixer” for a month; "" for a date that is far."""
    if isinstance(slot, Turn):
        return gettext("to be fixed")
    return wording.say_distance(slot, now)


def say_slot_short(slot: Event | Turn) -> str:
    """“le 14 janvier”, or “en janvier”: of what is near."""
    if isinstance(slot, Turn):
        return gettext("in %(month)s") % {"month": wording.say_month_name(slot.month)}
    day = (
        f"{wording.say_day_number(slot.start_date)}{wording.NO_BREAK}"
        f"{wording.say_month_name(slot.start_date)}"
    )
    return gettext("on %(day)s") % {"day": day}
