"""Dates in words, for the member area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.text import capfirst

from events import wording

if TYPE_CHECKING:
    import datetime

    from events.models import Event

register = template.Library()


@register.filter
def when(event: Event) -> str:
    """“Jeudi 17 décembre 2026, 18 h 30 – 21 h 30”."""
    return wording.say_when(event)


@register.filter
def day(value: datetime.date) -> str:
    """“jeudi 17 décembre 2026”."""
    return wording.say_day(value)


@register.filter
def start(event: Event) -> str:
    """“Jeudi 17 décembre 2026, 18 h 30”; the day alone of what lasts all day."""
    day = str(capfirst(wording.say_day(event.start_date)))
    return ", ".join(filter(None, [day, wording.say_start(event)]))
