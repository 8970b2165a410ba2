"""“This date and all following”: a second series takes over on a chosen day.

The first keeps its dates until the eve, the second goes on with the rows that its rule
gives too; what is one change to a reader stays two plain rules to every calendar.
"""

from __future__ import annotations

import datetime
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from wagtail.log_actions import log

from events.domain.errors import NothingFollows, UntilBeforeFirst
from events.domain.recurrence import Frequency, follow_from, split_until
from events.domain.timezones import load
from events.models import Series
from events.services.coming_dates import CLOCK
from events.services.rota.speaking import require_keeper
from events.services.series_refusals import (
    ContinuedAlready,
    NothingBefore,
    NothingLeft,
    SeriesNotLive,
    SplitInThePast,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cms.models import User

# What the second series takes from the first, but for what changes: every drafted
# column except the address.
CARRIED: Final = (
    *(column for columns in Series.TEMPLATE.values() for column in columns),
    *Series.PLACE, *Series.RULE_FIELDS, *CLOCK,
    "host", "is_held_at_host", "programme", "rhythm_note",
)  # fmt: skip


@transaction.atomic
def split_series(
    series: Series,
    *,
    first_day: datetime.date,
    values: Mapping[str, Any],
    by: User,
    now: datetime.datetime,
) -> Series:
    """Return the series that goes on from ``first_day`` with ``values`` changed.

    ``values`` are drafted columns; those left out stay as they are. The new series is
    published at once when ``by`` may publish it: editors and who speaks for a trusted
    space. Otherwise it is a draft to send for review; the first series goes on until
    it is published, and the split takes place then.

    Raises:
        NotKeeper: ``by`` neither speaks for the usual host nor publishes dates.
        SeriesNotLive: ``series`` is not live: change its draft.
        SplitInThePast: ``first_day`` is over.
        NothingBefore: ``first_day`` is its first date: change the whole series.
        NothingLeft: it has no date on ``first_day`` or after.
        ContinuedAlready: another series goes on with it, or is about to.
        ValidationError: ``values`` make no series; a form has checked them before.
    """
    rows = Series.objects.select_for_update(of=("self",)).with_template()
    row = rows.get(pk=series.pk)
    require_keeper(by, row, now=now)
    if not row.live:
        raise SeriesNotLive
    if first_day < now.astimezone(load(row.zone)).date():
        raise SplitInThePast
    following = Series.objects.filter(continues=row).first()
    if following is not None:
        raise ContinuedAlready(following)
    draft = Series(live=False, continues=row)
    for name in CARRIED:
        setattr(draft, name, getattr(row, name))
    _carry_rule(row, draft, first_day, values)
    for name, value in values.items():
        setattr(draft, name, value)
    draft.slug = _find_free_slug(row, first_day)
    draft.full_clean()
    draft.save()
    log(instance=draft, action="wagtail.create", user=by)
    revision = draft.save_revision(user=by)
    if by.has_perm("events.publish_series") or _is_trusted(row, draft):
        revision.publish(user=by, skip_permission_checks=True)
    return Series.objects.get(pk=draft.pk)


def _is_trusted(*series: Series) -> bool:
    """Tell whether the network trusts the usual host of each, who changes it."""
    return all(one.host is not None and one.host.is_trusted for one in series)


def _carry_rule(
    row: Series, draft: Series, first_day: datetime.date, values: Mapping[str, Any]
) -> None:
    draft.first_day = first_day
    kept = [day for day in row.left_out if day >= first_day.isoformat()]
    draft.left_out = kept
    rule = row.rule
    if rule is None:
        return
    try:
        split_until(rule, first_day)
        following = follow_from(rule, first_day)
    except UntilBeforeFirst:
        raise NothingBefore from None
    except NothingFollows:
        raise NothingLeft from None
    draft.count = following.count
    if not set(Series.RULE_FIELDS).intersection(values):
        draft.first_day = following.first_day
    elif rule.frequency is Frequency.WEEKLY and rule.interval > 1:
        # Every other week stays the same every other week.
        monday = following.first_day - datetime.timedelta(
            days=following.first_day.weekday()
        )
        draft.first_day = max(first_day, monday)


def _find_free_slug(row: Series, first_day: datetime.date) -> str:
    """Return ``<address>-<yyyy>``, numbered where another series has it; one query."""
    base = f"{row.slug[:70]}-{first_day:%Y}"
    known = Series.objects.filter(slug__startswith=base)
    taken = set(known.values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in count(2))
    return base if base not in taken else next(s for s in numbered if s not in taken)
