"""A read calendar as JSON and back: how it leaves the process that read it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, time
from typing import Any

from events.domain.calendar_values import CalendarStatus

from .values import (
    Flag,
    ReadCalendar,
    ReadDate,
    ReadRule,
    ReadSeries,
    Reason,
    Rejected,
)


def dump(calendar: ReadCalendar) -> str:
    """Return the calendar as JSON, all of it ASCII."""
    return json.dumps(asdict(calendar), default=_dump_value)


def load(text: str) -> ReadCalendar:
    """Return the calendar that `dump` wrote.

    Raises:
        KeyError, TypeError, ValueError: `dump` did not write it.
    """
    fields = json.loads(text)
    return ReadCalendar(
        **{
            **fields,
            "dates": tuple(map(_load_date, fields["dates"])),
            "series": tuple(map(_load_series, fields["series"])),
            "rejected": tuple(map(_load_rejected, fields["rejected"])),
            "flags": frozenset(map(Flag, fields["flags"])),
        }
    )


def _dump_value(value: object) -> object:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(value)


def _load_date(fields: dict[str, Any]) -> ReadDate:
    return ReadDate(
        **{
            **fields,
            "start_date": date.fromisoformat(fields["start_date"]),
            "start_time": _load_time(fields["start_time"]),
            "end_date": date.fromisoformat(fields["end_date"]),
            "end_time": _load_time(fields["end_time"]),
            "categories": tuple(fields["categories"]),
            "status": CalendarStatus(fields["status"]),
        }
    )


def _load_time(text: str | None) -> time | None:
    return None if text is None else time.fromisoformat(text)


def _load_series(fields: dict[str, Any]) -> ReadSeries:
    return ReadSeries(
        **{
            **fields,
            "rule": None if fields["rule"] is None else _load_rule(fields["rule"]),
            "first": _load_date(fields["first"]),
            "exclusions": tuple(fields["exclusions"]),
            "additions": tuple(fields["additions"]),
            "overrides": tuple(map(_load_date, fields["overrides"])),
        }
    )


def _load_rule(fields: dict[str, Any]) -> ReadRule:
    until = fields["until"]
    return ReadRule(
        **{
            **fields,
            "weekdays": tuple(fields["weekdays"]),
            "months": tuple(fields["months"]),
            "until": None if until is None else date.fromisoformat(until),
        }
    )


def _load_rejected(fields: dict[str, Any]) -> Rejected:
    return Rejected(**{**fields, "reason": Reason(fields["reason"])})
