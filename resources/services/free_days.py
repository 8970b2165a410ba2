"""What is left of a lent resource on each day, as the database has it now."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from resources.domain.lending import Taking, count_free, count_taken
from resources.models import BlockedDays, Loan

if TYPE_CHECKING:
    from resources.models import SharedResource


def list_blocked(
    resource: SharedResource, first_day: datetime.date, last_day: datetime.date
) -> list[Taking]:
    """Return what the owner keeps in the span; one query."""
    blocked = BlockedDays.objects.filter(resource=resource)
    return [one.taking for one in blocked.overlapping(first_day, last_day)]


def list_lent(
    resource: SharedResource, first_day: datetime.date, last_day: datetime.date
) -> list[Taking]:
    """Return what is lent in the span; one query."""
    loans = Loan.objects.accepted().filter(resource=resource)
    return [one.taking for one in loans.overlapping(first_day, last_day)]


def count_free_units(
    resource: SharedResource, first_day: datetime.date, last_day: datetime.date
) -> dict[datetime.date, int]:
    """Return how many are free on each day of the span, in order; two queries."""
    takings = [
        *list_blocked(resource, first_day, last_day),
        *list_lent(resource, first_day, last_day),
    ]
    return count_free(resource.quantity, takings, first_day, last_day)


def list_overbooked(
    resource: SharedResource, today: datetime.date
) -> list[datetime.date]:
    """Return the days from ``today`` on with more lent than there are; one query."""
    loans = Loan.objects.accepted().filter(resource=resource, last_day__gte=today)
    takings = [one.taking for one in loans]
    last_day = max((one.last_day for one in takings), default=today)
    taken = count_taken(takings, today, last_day)
    return [day for day, away in taken.items() if away > resource.quantity]
