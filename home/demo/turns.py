"""Whose turn it is, at which table, under which title and number.

Last month holds turn 0, whose minutes are the latest; months count from there, in both
directions.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

from dateutil.relativedelta import WE, relativedelta
from django.utils.dateparse import parse_time

from events.models import Event, Series
from events.services.change_date import replace_place
from events.services.materialise import plan_days
from events.services.rota import fix_turn, plan_turns
from home.demo.content_files import read_content
from home.demo.dates import ANNOUNCED_BEFORE, name_dates, read_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cms.models import User

# A meeting has its own title, and its table, once its turn is near.
NEAR_TURNS: Final = 2
CHOSEN_BEFORE: Final = datetime.timedelta(days=20)


def order_hosts(
    row: dict[str, Any], series: Series, *, begun: datetime.datetime, today: Any
) -> list[str]:
    """Return the slugs of the hosts, whose first one takes the first date.

    The first of ``row["rota"]`` gets turn 0 so.
    """
    hosts: list[str] = row.get("rota", [])
    planned = plan_days(series, now=begun, limit=1)
    if not hosts or not planned:
        return hosts
    first = _find_turn(planned[0].day, today) % len(hosts)
    return hosts[first:] + hosts[:first]


def list_meetings(
    row: dict[str, Any], series: Series, *, today: datetime.date
) -> list[tuple[int, Event]]:
    """Return the dates that turn, soonest first, until the near ones, with their turn."""
    if "titles" not in row:
        return []
    last = today + relativedelta(months=NEAR_TURNS, day=31)
    events = series.events.filter(start_date__lte=last).order_by("recurrence_key")
    return [(_find_turn(event.start_date, today), event) for event in events]


def set_tables(
    row: dict[str, Any],
    meetings: Sequence[tuple[int, Event]],
    *,
    by: User,
    now: datetime.datetime,
) -> None:
    """Hold each meeting at the table of its turn, chosen some weeks before."""
    venues = row.get("venues", [])
    for turn, event in meetings if venues else []:
        venue = venues[turn % len(venues)]
        if venue["name"] != event.venue_name:
            chosen_at = min(event.start_at - CHOSEN_BEFORE, now)
            replace_place(event, where=read_place(venue), by=by, now=chosen_at)


def give_titles(
    row: dict[str, Any],
    meetings: Sequence[tuple[int, Event]],
    *,
    by: User,
    now: datetime.datetime,
) -> None:
    """Publish the title of each meeting: that of its minutes, if it has any.

    As if it had been written when its place was chosen.
    """
    editions = {one["edition"]: one for one in read_content("minutes")["minutes"]}
    latest = max(editions)
    for turn, event in meetings:
        minutes = editions.get(latest + turn, {})
        titles = row["titles"]
        title = titles[turn % len(titles)].format(edition=latest + turn)
        if minutes.get("series") == row["slug"]:
            title = minutes["title"]
        draft = Event.objects.get(pk=event.pk).get_latest_revision_as_object()
        draft.title = title
        draft.save_revision(user=by).publish(user=by)
        written_at = min(event.start_at - CHOSEN_BEFORE, now)
        Event.objects.filter(pk=event.pk).update(last_published_at=written_at)


def fill_turns(
    row: dict[str, Any],
    series: Series,
    *,
    by: User,
    begun: datetime.datetime,
    now: datetime.datetime,
) -> None:
    """Plan the months of a series without rule, and fix the day of the first ones."""
    plan_turns(series, now=begun)
    plan_turns(series, now=now)
    start, end = (parse_time(hour) for hour in row["hours"])
    open_turns = list(series.turns.select_related("host").order_by("month"))
    for turn in open_turns[: row["fixed_months"]]:
        day = turn.month + relativedelta(weekday=WE(3))
        when = {"start_date": day, "end_date": day, "start_time": start}
        event = fix_turn(
            turn,
            when={**when, "end_time": end},
            where={"venue": turn.host},
            by=by,
            now=begun,
        )
        announced = min(event.start_at - ANNOUNCED_BEFORE, now)
        Event.objects.filter(pk=event.pk).update(
            first_published_at=announced, last_published_at=announced
        )
        name_dates(row["slug"], [event], now=announced)
    series.turns.filter(event=None).update(note=row["open_note"])


def _find_turn(day: datetime.date, today: datetime.date) -> int:
    last_month = today - relativedelta(months=1)
    return 12 * (day.year - last_month.year) + day.month - last_month.month
