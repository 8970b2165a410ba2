"""What happens to one date of a series: each change by the service that members use."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_time

from events.models import Series
from events.services.cancel import cancel_event
from events.services.change_date import move_event, postpone_event, replace_place
from events.services.extra_date import add_extra_date
from events.services.rota import skip_turn, take_date
from events.services.split_series import split_series
from home.demo.accounts import MEMBER, TRUSTED_MEMBER, find_account
from home.demo.dates import make_uid, name_dates, read_place

if TYPE_CHECKING:
    from cms.models import User
    from events.models import Event
    from network.models import Space


def change_date(
    event: Event,
    change: dict[str, Any],
    *,
    spaces: dict[str, Space],
    by: User,
    now: datetime.datetime,
) -> None:
    """Do to ``event`` what ``change`` says.

    Raises:
        ValueError: there is no such action.
    """
    match change["action"]:
        case "move":
            when = _shift(event, change["days"])
            move_event(event, when=when, by=by, now=now)
        case "cancel":
            cancel_event(event, reason=change["reason"], by=by, now=now)
        case "postpone":
            postpone_event(event, reason=change["reason"], by=by, now=now)
        case "replace":
            replace_place(event, where=read_place(change["venue"]), by=by, now=now)
        case "skip":
            skip_turn(event, seen_host=event.host_id, by=by, now=now)
        case "take":
            _take(event, spaces[change["space"]], now=now)
        case "add":
            _add(event, change["days"], by=by, now=now)
        case "split":
            _split(event, change["hours"], by=by, now=now)
        case unknown:
            raise ValueError(f"No such action: {unknown}")


def _shift(event: Event, days: int) -> dict[str, datetime.date]:
    delay = datetime.timedelta(days=days)
    return {
        "start_date": event.start_date + delay,
        "end_date": event.end_date + delay,
    }


def _take(event: Event, space: Space, *, now: datetime.datetime) -> None:
    event.refresh_from_db()  # A turn skipped before may have given it another host.
    member = find_account(TRUSTED_MEMBER)
    if event.host_id != space.pk:
        take_date(event, space=space, seen_host=event.host_id, by=member, now=now)


def _add(event: Event, days: int, *, by: User, now: datetime.datetime) -> None:
    series = _series_of(event)
    extra = add_extra_date(series, when=_shift(event, days), by=by, now=now)
    name_dates(series.slug, [extra], now=now)


def _split(event: Event, hours: list[str], *, by: User, now: datetime.datetime) -> None:
    """Let a member whose space is reviewed ask for it, and a moderator publish it."""
    start, end = (parse_time(hour) for hour in hours)
    series = _series_of(event)
    following = split_series(
        series,
        first_day=event.start_date,
        values={"start_time": start, "end_time": end},
        by=find_account(MEMBER),
        now=now,
    )
    uid = make_uid("series", series.slug, "following")
    Series.objects.filter(pk=following.pk).update(uid=uid)
    following.refresh_from_db()
    following.latest_revision.publish(user=by)


def _series_of(event: Event) -> Series:
    assert event.series is not None  # noqa: S101 (one of its dates)
    return event.series
