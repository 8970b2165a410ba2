"""Template filters for amounts."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format

from resources.simulator.euros import say_euros

register = template.Library()


@register.filter
def euros(cents: int) -> str:
    """An amount in cents as whole euros: “−1 600 €”."""
    return say_euros(cents)


@register.filter
def thousandths(rate: int) -> str:
    """A rate in thousandths as a percentage: “46,8 %”, “40 %”."""
    number = number_format(rate / 10, 1 if rate % 10 else 0)
    return f"{number}\u00a0%"
