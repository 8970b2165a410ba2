"""A date beside the rule: one more evening of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.log_actions import log

from events.models import Event, Series
from events.services.many_dates import create_dates
from events.services.materialise import MOST_FUTURE, build_date, make_key
from events.services.rota.speaking import require_keeper
from events.services.series_refusals import FullSeries, OverAlready, SeriesNotLive

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from cms.models import User


@transaction.atomic
def add_extra_date(
    series: Series, *, when: Mapping[str, Any], by: User, now: datetime.datetime
) -> Event:
    """Publish one more date of a live series and return it.

    ``when`` gives ``start_date`` and may give other columns of ``Event.WHEN``; hours
    left out are those of the series. It takes nobody's turn, and is no part of the
    rule: changing the rule leaves it.

    Raises:
        NotKeeper: ``by`` neither speaks for the usual host nor publishes dates.
        SeriesNotLive: nobody sees the series.
        OverAlready: it would have ended at ``now``.
        FullSeries: it has as many dates to come as it may.
        ValidationError: the clock shows no such time, or hours are missing.
    """
    rows = Series.objects.select_for_update(of=("self",)).with_template()
    row = rows.get(pk=series.pk)
    require_keeper(by, row, now=now)
    if not row.live:
        raise SeriesNotLive
    first = when["start_date"]
    values = {
        "end_date": row.last_day_of(first),
        "start_time": row.start_time,
        "end_time": row.end_time,
        "all_day": row.all_day,
        "zone": row.zone,
        **when,
    }
    event = build_extra(row, first, values)
    if event.is_past(now):
        raise OverAlready
    if row.events.filter(live=True).upcoming(now).count() >= MOST_FUTURE:
        raise FullSeries
    create_dates([event], now=now)
    log(instance=event, action="wagtail.create", user=by)
    return event


def build_extra(series: Series, day: datetime.date, values: Mapping[str, Any]) -> Event:
    """Return, unsaved, one more date of ``series`` on ``day``, its key numbered.

    Raises:
        ValidationError: ``values`` are no time on the clock.
    """
    base = make_key(day)
    extras = series.events.filter(recurrence_key__startswith=f"{base}+").count()
    event = build_date(series, key=f"{base}+{extras + 1}", **values)
    others = {field.name for field in Event._meta.fields} - {*Event.WHEN}
    event.full_clean(exclude=others, validate_unique=False, validate_constraints=False)
    return event
