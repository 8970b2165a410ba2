"""In which groups of columns a date departs from its series.

A group that departs is the date's own: the series no longer writes it.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

from events.models import Event, Series

if TYPE_CHECKING:
    from collections.abc import Iterable

WHEN: Final = "when"
WHERE: Final = "where"
HOST: Final = "host"

# The columns of a date by group, in the order in which departures are listed.
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    **Series.TEMPLATE,
    WHEN: tuple(Event.WHEN),
    WHERE: tuple(Event.WHERE),
    HOST: ("host",),
}


def list_written(before: Event, after: Event) -> list[str]:
    """Return the groups whose columns differ between two states of one date."""
    return [name for name in GROUPS if _read(before, name) != _read(after, name)]


def note_departures(event: Event, groups: Iterable[str]) -> None:
    """Set ``overridden_fields`` for ``groups`` in memory; the other groups stay.

    A group equal to what the series says departs no longer. A date without series
    has nothing to depart from.
    """
    if event.series is None:
        return
    kept = {*event.overridden_fields, *groups}
    kept -= {name for name in groups if not _departs(event, event.series, name)}
    event.overridden_fields = [name for name in GROUPS if name in kept]


def _departs(event: Event, series: Series, group: str) -> bool:
    said = {
        WHEN: _say_when,
        WHERE: _say_where,
        HOST: _say_host,
    }.get(group)
    expected = said(event, series) if said else _read(series, group)
    return _read(event, group) != expected


def _read(record: Any, group: str) -> tuple[Any, ...] | None:
    fields = (record._meta.get_field(name) for name in GROUPS[group])
    return tuple(getattr(record, field.attname) for field in fields)


def _say_when(event: Event, series: Series) -> tuple[Any, ...] | None:
    """The hours of the series on the day of the rule; None when no rule made it."""
    day = read_rule_day(event.recurrence_key)
    if day is None:
        return None
    hours = series.start_time, series.last_day_of(day), series.end_time
    return day, *hours, series.all_day, series.zone


def _say_where(event: Event, series: Series) -> tuple[Any, ...] | None:
    if not series.is_held_at_host:
        return _read(series, WHERE)
    # At its host's, whoever that is this time; of the series, the room alone.
    at_host = Event(venue_id=event.host_id, room=series.room)
    return _read(at_host, WHERE)


def _say_host(event: Event, series: Series) -> tuple[Any, ...] | None:
    return (event.rota_host_id or series.host_id,)


def read_rule_day(key: str) -> datetime.date | None:
    """Return the day of the rule that a recurrence key names.

    None for a turn that has only its month, and for a date added to the rule's.
    """
    if len(key) != 8 or not key.isdigit():
        return None
    return datetime.date.fromisoformat(key)
