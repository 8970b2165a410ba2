"""What becomes of the dates when their series changes.

Dates that have begun are never touched, and no date is ever erased: one that the rule
no longer gives is cancelled, and its people are told (invariants I6, I10, I12).

- *The whole series*: what a draft of the series changed is passed on at publication to
  the dates to come, but for what they depart in themselves.
- *This date and all following*: a second series takes over on a chosen day (I11).
- *The end*: no date after a chosen day.
- *Unpublished*, a series takes its dates to come out of sight; calendars are told that
  they are withdrawn. Published again, it brings them back.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy, override
from wagtail.log_actions import log

from cms.record_text import SOURCE_LANGUAGE
from events.domain.errors import UntilBeforeFirst
from events.domain.recurrence import split_until
from events.domain.timezones import load
from events.enums import ExclusionKind, Rhythm
from events.models import Series, SeriesExclusion
from events.services.coming_dates import CLOCK, HOST, WHEN, WHERE, ComingDates
from events.services.departures import read_rule_day
from events.services.materialise import (
    Materialised,
    list_rule_days,
    make_key,
    materialise_series,
)
from events.services.rota import carry_rota
from events.services.rota.speaking import require_keeper
from events.services.series_refusals import SeriesNotLive
from events.services.split_series import split_series

if TYPE_CHECKING:
    from cms.models import User
    from events.models import Event

# What people read on a date that the rule no longer gives. Such a date takes place
# again when the rule gives it once more.
RULE_CHANGED: Final = gettext_lazy(
    "The rhythm of the series changes: this date no longer takes place."
)
__all__ = ["end_series", "follow_series_change", "split_series", "withdraw_dates"]

_ONE_DAY: Final = datetime.timedelta(days=1)


def follow_series_change(
    before: Series | None, series: Series, *, now: datetime.datetime
) -> Materialised:
    """Bring the dates in step with ``series``, which was just published.

    ``before`` is the row as it stood. Does nothing while the series is not live, as
    when its publication is planned for later.
    """
    if not series.live:
        return Materialised()
    with transaction.atomic():
        row = _lock(series)
        if before is not None and before.live:
            _pass_on_change(before, row, now=now)
        elif before is not None and before.first_published_at is not None:
            _bring_back(row, now=now)
        elif row.continues is not None:
            _take_over(row.continues, row, now=now)
        return materialise_series(row, now=now)


@transaction.atomic
def withdraw_dates(series: Series, *, now: datetime.datetime) -> list[Event]:
    """Take the dates to come of an unpublished series out of sight; return them.

    Calendars are told that they are withdrawn, people that they are no longer
    announced. Nothing of them is lost: publishing the series brings them back.
    """
    coming = ComingDates(series, now)
    for event in coming.events:
        if event.live:
            coming.set_live(event, False)
    return coming.store()


@transaction.atomic
def end_series(
    series: Series,
    *,
    last_day: datetime.date,
    reason: str,
    by: User,
    now: datetime.datetime,
) -> list[Event]:
    """End ``series`` after ``last_day``; return the dates cancelled for it.

    Their people read ``reason``, a sentence; empty, it says that the series ends.
    Months of the rota without a day are given up. A series that ends before its first
    date keeps no rule.

    Raises:
        NotKeeper: ``by`` neither speaks for the usual host nor publishes dates.
        SeriesNotLive: nobody sees it.
    """
    row = _lock(series)
    require_keeper(by, row, now=now)
    if not row.live:
        raise SeriesNotLive
    yesterday = now.astimezone(load(row.zone)).date() - _ONE_DAY
    last_day = max(last_day, yesterday)
    _end_rule(row, last_day)
    coming = ComingDates(row, now, by)
    for event in coming.events:
        if event.start_date > last_day and not event.is_called_off:
            coming.call_off(event, reason or _say(gettext_lazy("The series ends.")))
    row.turns.filter(event=None, month__gt=last_day).delete()
    data = {"last_day": last_day.isoformat(), "reason": reason}
    log(instance=row, action="events.end_series", user=by, data=data)
    return coming.store()


def _pass_on_change(before: Series, series: Series, *, now: datetime.datetime) -> None:
    groups = _list_changed_groups(before, series)
    days_changed = before.rule != series.rule or any(
        _read(before, name) != _read(series, name)
        for name in ("left_out", "skips_holidays", "holiday_territory")
    )
    if not groups and not days_changed:
        return
    coming = ComingDates(series, now, _find_author(series))
    former: set[datetime.date] = set()
    days: set[datetime.date] = set()
    if days_changed and coming.last_day is not None:
        span = now.date() - 2 * _ONE_DAY, coming.last_day
        former = list_rule_days(before, *span)
        days = list_rule_days(series, *span)
        series.exclusions.filter(kind=ExclusionKind.HOLIDAY).delete()
    for event in coming.events:
        day = read_rule_day(event.recurrence_key)
        if day in days and event.cancel_reason == _say(RULE_CHANGED):
            coming.hold_after_all(event)
        if event.is_called_off:
            continue
        if day in former - days:
            coming.call_off(event, _say(RULE_CHANGED))
        else:
            coming.pass_on(event, series, groups)
    coming.store()


def _bring_back(series: Series, *, now: datetime.datetime) -> None:
    """Show again the dates that went out of sight with their series.

    One that somebody unpublished by itself stays out of sight: it has changes that
    are not published.
    """
    coming = ComingDates(series, now, _find_author(series))
    days = _list_days_of(coming, series)
    for event in coming.events:
        day = read_rule_day(event.recurrence_key)
        was_withdrawn = event.first_published_at and not event.has_unpublished_changes
        if event.live or not was_withdrawn or (day and day not in days):
            continue
        if event.is_called_off and not coming.stays_in_sight(event):
            continue
        coming.set_live(event, True)
        if not event.is_called_off:
            coming.pass_on(event, series, _list_groups(series))
    coming.store()


def _take_over(former: Series, series: Series, *, now: datetime.datetime) -> None:
    """Let ``series`` go on with the dates of ``former`` from its first day.

    Those that its rule gives too keep their row, with its UID, its people and what it
    departs in; the others are cancelled.
    """
    former = _lock(former)
    first_day = series.first_day or now.date()
    coming = ComingDates(former, now, _find_author(series))
    days = _list_days_of(coming, series)
    groups = _list_changed_groups(former, series)
    begun = former.events.filter(start_at__lte=now)
    SeriesExclusion.objects.bulk_create(
        SeriesExclusion(series=series, recurrence_key=key, kind=ExclusionKind.SKIPPED)
        for key in begun.values_list("recurrence_key", flat=True)
        if key >= make_key(first_day)
    )
    for event in coming.events:
        if _is_before(event.recurrence_key, first_day):
            continue
        day = read_rule_day(event.recurrence_key)
        if day is None or day in days:
            coming.give_to(event, series)
            if not event.is_called_off:
                coming.pass_on(event, series, groups)
        elif not event.is_called_off:
            coming.call_off(event, _say(RULE_CHANGED))
    coming.store()
    former.exclusions.filter(
        kind=ExclusionKind.SKIPPED, recurrence_key__gte=make_key(first_day)
    ).update(series=series)
    former.turns.filter(month__gte=first_day.replace(day=1)).update(series=series)
    carry_rota(former, series)
    _end_rule(former, first_day - _ONE_DAY)


def _end_rule(series: Series, last_day: datetime.date) -> None:
    """Write that ``series`` gives no day after ``last_day``, so that no draft undoes it."""
    rule = series.rule
    try:
        ended = split_until(rule, last_day + _ONE_DAY) if rule else None
    except UntilBeforeFirst:
        series.rhythm = Rhythm.NONE
        ended = None
    series.until = ended.until if ended else last_day
    series.count = ended.count if ended else None
    columns = ["rhythm", "until", "count"]
    series.note_service_edits(columns)
    series.save(update_fields=[*columns, "service_edits"])


def _list_changed_groups(before: Series, after: Series) -> list[str]:
    """Return the groups in which the dates of ``after`` are to change."""
    groups = {
        **Series.TEMPLATE,
        WHEN: CLOCK,
        HOST: ("host",),
        WHERE: ("host", "is_held_at_host", *Series.PLACE),
    }
    return [
        group
        for group in _list_groups(after)
        if any(_read(before, name) != _read(after, name) for name in groups[group])
    ]


def _list_groups(series: Series) -> list[str]:
    """Return what dates take from ``series``; the rota gives hosts where there is one."""
    hosts = [] if series.rota_hosts.exists() else [HOST]
    return [*Series.TEMPLATE, WHEN, *hosts, WHERE]


def _list_days_of(coming: ComingDates, series: Series) -> set[datetime.date]:
    if coming.last_day is None or series.first_day is None:
        return set()
    return list_rule_days(series, series.first_day, coming.last_day)


def _is_before(key: str, first_day: datetime.date) -> bool:
    """Tell whether a row stays with the former series; a turn goes by its month."""
    return key[:8] < make_key(first_day)[: len(key)]


def _find_author(series: Series) -> User | None:
    return series.live_revision.user if series.live_revision else None


def _read(series: Series, name: str) -> Any:
    return getattr(series, name)


def _say(sentence: Any) -> str:
    with override(SOURCE_LANGUAGE):
        return str(sentence)


def _lock(series: Series) -> Series:
    rows = Series.objects.select_for_update(of=("self",)).with_template()
    return rows.get(pk=series.pk)
