"""What a change of a series would do to its dates, said before it is done.

The change is carried out in a transaction and undone: what is foretold is what
happens, whatever the rules of following become.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from events.change_wording import list_changes
from events.models import Event, Registration, Series
from events.services.departures import list_written

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable

    from cms.models import User


@dataclass(slots=True)
class Consequences:
    """What becomes of the dates to come.

    Attributes:
        changed: those that take something new from the series.
        kept: those changed by hand that keep something of their own, and go on.
        cancelled: those that no longer take place.
        announced: those whose people hear of it.
        created: how many dates are new.
        told: how many registrations hear of it by mail.
    """

    changed: list[Event] = field(default_factory=list)
    kept: list[Event] = field(default_factory=list)
    cancelled: list[Event] = field(default_factory=list)
    announced: list[Event] = field(default_factory=list)
    created: int = 0
    told: int = 0

    @property
    def is_none(self) -> bool:
        return not (self.changed or self.cancelled or self.created)


class _Undone(Exception):
    """Ends the rehearsal."""


def rehearse(
    series: Series, change: Callable[[], object], *, now: datetime.datetime
) -> Consequences:
    """Return what ``change`` would do to the dates of ``series`` that are not over.

    Nothing is written in the end, no mail leaves. Costs what ``change`` costs and four
    queries. What ``change`` raises goes through.
    """
    before = {event.pk: copy(event) for event in _list_dates(series, now)}
    found = Consequences()
    try:
        with transaction.atomic():
            last = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
            change()
            after = Event.objects.with_row_relations().in_bulk(before)
            new = Event.objects.filter(pk__gt=last or 0, live=True)
            found.created = new.filter(
                Q(series=series) | Q(series__continues=series)
            ).count()
            raise _Undone
    except _Undone:
        pass
    for key, event in before.items():
        _compare(event, after[key], found)
    found.told = (
        Registration.objects.current().filter(event__in=found.announced).count()
    )
    return found


def _list_dates(series: Series, now: datetime.datetime) -> Iterable[Event]:
    return series.events.filter(live=True).upcoming(now).with_row_relations()


def _compare(before: Event, after: Event, found: Consequences) -> None:
    if before.is_called_off:
        return
    if after.is_called_off:
        found.cancelled.append(before)
        found.announced.append(before)
        return
    if list_written(before, after):
        found.changed.append(before)
    if list_changes(before, after):
        found.announced.append(before)
    if after.overridden_fields:
        found.kept.append(before)


def rehearse_publication(
    series: Series, write: Callable[[], Series], *, by: User, now: datetime.datetime
) -> Consequences:
    """Return what publishing the text that ``write`` stores would do.

    The same for who publishes at once and for whose text is reviewed first. Raises
    what ``write`` raises.
    """

    def publish() -> None:
        row = Series.objects.get(pk=write().pk)
        if row.has_unpublished_changes or not row.live:
            row.latest_revision.publish(user=by, skip_permission_checks=True)

    return rehearse(series, publish, now=now)
