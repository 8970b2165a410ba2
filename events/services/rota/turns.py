"""Months whose day is not fixed yet: one a month, until its host fixes the day."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from wagtail.actions.create import CreateAction
from wagtail.log_actions import log

from events.enums import Rhythm
from events.models import Event, Series, Turn
from events.services.moderation_mail import moderation_mail
from events.services.rota.plan import key_of, plan_rota
from events.services.rota.refusals import (
    FixedAlready,
    NobodyYet,
    OutsideMonth,
    TurnOver,
)
from events.services.rota.speaking import (
    is_keeper,
    is_moderator,
    require_say,
    speaks_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cms.models import User

MONTHS_AHEAD: Final = 12


def plan_all_turns(now: datetime.datetime) -> None:
    """Plan the months of each series that has one date a month, fixed by its host."""
    for series in Series.objects.filter(live=True, rhythm=Rhythm.TURNS):
        plan_turns(series, now=now)


@transaction.atomic
def plan_turns(series: Series, *, now: datetime.datetime) -> list[Turn]:
    """Make the missing months of ``series``, twelve ahead, give them hosts; return them.

    Begins with the month of its first day, or with the next month. Running it again
    changes nothing; a series of another rhythm gets none.
    """
    row = Series.objects.select_for_update().get(pk=series.pk)
    if row.rhythm != Rhythm.TURNS:
        return []
    known = set(row.turns.values_list("month", flat=True))
    made = Turn.objects.bulk_create(
        Turn(series=row, month=month)
        for month in _list_months(row, timezone.localdate(now))
        if month not in known
    )
    plan_rota(row, now=now)
    return made


@transaction.atomic
def fix_turn(
    turn: Turn,
    *,
    when: Mapping[str, Any],
    where: Mapping[str, Any],
    by: User,
    now: datetime.datetime,
) -> Event:
    """Make the date of a month, from its series; publish it, or send it for review.

    ``when`` has the names of ``Event.WHEN``; ``where`` some of ``Event.WHERE``, and
    ``online_url``. The date appears at once when a moderator fixes it, or who speaks
    for a trusted space: the host, or the usual host of the series.

    Raises:
        NotSpeaker: ``by`` neither speaks for the host nor keeps the series.
        FixedAlready: the month has its date; it is in the refusal.
        NobodyYet: nobody hosts this month.
        TurnOver: the month is over.
        OutsideMonth: the day is in another month.
        ValidationError: the values make no date; a form has checked them before.
    """
    row = (
        Turn.objects.select_for_update()
        .prefetch_related("series__type", "series__host", "host", "event")
        .get(pk=turn.pk)
    )
    series = row.series
    require_say(by, row.host_id, series, now=now)
    if row.event is not None:
        raise FixedAlready(row.event)
    if row.host is None:
        raise NobodyYet
    if row.month < timezone.localdate(now).replace(day=1):
        raise TurnOver
    if when["start_date"].replace(day=1) != row.month:
        raise OutsideMonth
    event = _make_event(row, {**when, **where})
    event.full_clean(exclude={"uid"})
    CreateAction(event, user=by, clean=False).execute(skip_permission_checks=True)
    row.event = event
    row.save(update_fields=["event"])
    log(instance=row, action="events.fix_turn", user=by, data={"event": event.pk})
    _send(event, row, by=by, now=now)
    event.refresh_from_db()
    return event


def _make_event(turn: Turn, values: Mapping[str, Any]) -> Event:
    series = turn.series
    event = Event(
        live=False,
        series=series,
        recurrence_key=key_of(turn),
        host=turn.host,
        rota_host=turn.rota_host,
        host_is_chosen=turn.host_is_chosen,
        host_reminded_at=turn.host_reminded_at,
    )
    for names in Series.TEMPLATE.values():
        for name in names:
            setattr(event, name, getattr(series, name))
    for name, value in values.items():
        setattr(event, name, value)
    # The series has neither day nor place for it: it never writes them.
    departures = {"when", "where"}
    if turn.host_is_chosen:
        departures.add("host")
    if event.online_url != series.online_url:
        departures.add("online")
    event.overridden_fields = sorted(departures)
    return event


def _send(event: Event, turn: Turn, *, by: User, now: datetime.datetime) -> None:
    host, usual = turn.host, turn.series.host
    is_trusted = is_moderator(by) or any(
        space is not None and space.is_trusted and speaks_for(by, space.pk, now=now)
        for space in ((host, usual) if is_keeper(by, turn.series, now=now) else (host,))
    )
    if is_trusted:
        # Being trusted stands for the permission that members do not hold.
        event.latest_revision.publish(user=by, skip_permission_checks=True)
        return
    workflow = event.get_workflow()
    if workflow is None:
        raise ImproperlyConfigured("No workflow moderates dates: run `migrate`.")
    workflow.start(event, by)
    moderation_mail.confirm_submission(event, to=by)


def _list_months(series: Series, today: datetime.date) -> Iterator[datetime.date]:
    """Yield the first days of the months to come that the series is held in."""
    this_month = today.replace(day=1)
    first = this_month + relativedelta(months=1)
    begins = series.first_day
    if begins is not None and begins >= today:
        first = begins.replace(day=1)
    anchor = begins.replace(day=1) if begins is not None else first
    last = this_month + relativedelta(months=MONTHS_AHEAD)
    if series.until is not None:
        last = min(last, series.until.replace(day=1))
    while first <= last:
        distance = (first.year - anchor.year) * 12 + first.month - anchor.month
        is_month = not series.months or first.month in series.months
        if is_month and distance % series.interval == 0:
            yield first
        first += relativedelta(months=1)
