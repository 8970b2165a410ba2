"""What the page of a resource, and pages about loans, say of its lending."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from network.models import Space
from resources import lending_wording as wording
from resources.lending.calendar import LendingMonth
from resources.models import Loan, SharedResource
from resources.models.loan import DaySpan

register = template.Library()


@dataclass(frozen=True, slots=True)
class LendingPart:
    """The calendar of a resource, and what this reader may do with it."""

    month: LendingMonth
    is_known: bool
    lends: bool
    may_ask: bool


@register.simple_tag(takes_context=True)
def lending_of(context: dict[str, Any], resource: SharedResource) -> LendingPart | None:
    """The lending of ``resource`` as this reader may read it; None when it is not lent.

    Two queries, and one for who is logged in.
    """
    # A preview shows a draft: what counts is that it is lent by somebody.
    if not (resource.is_lent and resource.space_id):
        return None
    request = context.get("request")
    viewer = getattr(request, "user", None) or AnonymousUser()
    today = timezone.localdate()
    spaces = {space.pk for space in Space.objects.managed_by(viewer, today)}
    month = LendingMonth(
        resource,
        getattr(request, "GET", {}),
        today=today,
        tells_who=bool(spaces),
    )
    return LendingPart(
        month=month,
        is_known=viewer.is_authenticated,
        lends=resource.space_id in spaces,
        may_ask=bool(spaces - {resource.space_id}),
    )


@register.filter
def days(span: DaySpan) -> str:
    """“du 3 au 5 décembre 2026”."""
    return wording.say_days(span)


@register.filter
def length(span: DaySpan) -> str:
    """“3 jours”."""
    return wording.say_length(span.length)


@register.filter
def loan_title(loan: Loan) -> str:
    """“Grille (3)”."""
    return wording.say_title(loan)


@register.filter
def loan_state(loan: Loan, today: datetime.date) -> str:
    """What became of the loan, on ``today``."""
    return wording.say_state(loan, today)


@register.filter
def loan_tone(loan: Loan, today: datetime.date) -> str:
    """The class of what stands (good), waits (soft) or needs somebody (none)."""
    if loan.is_accepted:
        return "" if loan.is_late(today) else "status-good"
    return "status-soft"
