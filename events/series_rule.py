"""One series as a rule with its exceptions: the secondary download of a calendar.

The rows stay the truth: each of them that departs from what the series says of its day
goes out as a change of that day, and each day of the rule without a public row is
left out. Past the last day for which rows were made, the rule is the only word.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from django.conf import settings

from cms.record_text import SOURCE_LANGUAGE
from events.domain.calendar_values import CalendarEvent
from events.domain.errors import NeedsFlatForm
from events.domain.ical import assemble_file
from events.domain.ical_rule import serialise_series
from events.domain.recurrence import Rule, list_days
from events.domain.timezones import tzdata_version
from events.feeds import LARGEST_BYTES
from events.models import CalendarState, Event, Series
from events.services.calendar import make_calendar_event
from events.services.materialise import build_date, make_key, set_clock

_ONE_DAY: Final = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Template:
    """What the series says of one of its days, as if a date of its own said it."""

    series: Series
    row: Event

    def on(self, day: datetime.date, row: Event) -> CalendarEvent:
        """Return it under the identity and the address of ``row``."""
        event = build_date(self.series, key=make_key(day), slug=row.slug, uid=row.uid)
        set_clock(self.series, event, day)
        return make_calendar_event(event, row.calendar_state, SOURCE_LANGUAGE)

    def as_master(
        self, day: datetime.date, states: list[CalendarState]
    ) -> CalendarEvent:
        """Return it as the event that the rule repeats, with the series' address.

        Its sequence grows with each change of a date and with each new date: it never
        goes back, whatever was changed.
        """
        value = self.on(day, self.row)
        url = f"{settings.SITE_URL}{self.series.get_absolute_url()}"
        return replace(
            value,
            uid=self.series.uid,
            sequence=sum(state.sequence + 1 for state in states) - 1,
            modified_at=max(state.modified_at for state in states),
            created_at=min(state.created_at for state in states),
            url=url,
            description=value.description.replace(value.url, url),
            series_uid="",
        )


class SeriesRule:
    """The calendar of a public series in the form of a rule.

    Costs two queries when ``series`` came ``with_template``, none to be made.
    """

    def __init__(self, series: Series) -> None:
        self.series = series

    @property
    def digest(self) -> str:
        """Changes when the bytes do; one query, and no date is written out."""
        series = self.series
        parts: list[object] = [
            series.uid, series.slug, series.last_published_at,
            series.materialised_until, series.rule, tzdata_version(),
        ]  # fmt: skip
        for state in self._states:
            parts += [state.content_hash, state.sequence]
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()

    def render(self) -> bytes:
        """Return the calendar.

        Raises:
            NeedsFlatForm: nothing but a person makes its dates, or some program is
                known to read the rule wrong.
            events.domain.errors.CalendarError: the columns make no rule.
        """
        by_key = {row.recurrence_key: row for row in self._rows}
        rule = self._begin_with(by_key)
        last = self._last_day(rule)
        days = list_days(rule, rule.first_day, last)
        held = {day: by_key.pop(make_key(day), None) for day in days}
        template = _Template(self.series, self._rows[0])
        replaced = {}
        for day, row in held.items():
            if row is None:
                continue
            said = make_calendar_event(row, row.calendar_state, SOURCE_LANGUAGE)
            if said != template.on(day, row):
                replaced[day] = replace(said, series_uid="")
        parts = serialise_series(
            template.as_master(rule.first_day, self._states),
            rule,
            last_day=last,
            left_out=[day for day, row in held.items() if row is None],
            replaced=replaced,
            language=SOURCE_LANGUAGE,
        )
        # Dates beside the rule are events of their own: never an RDATE.
        parts += [
            row.calendar_state.fragments[SOURCE_LANGUAGE].encode()
            for row in by_key.values()
        ]
        content = assemble_file(parts, {row.zone for row in self._rows})
        if len(content) > LARGEST_BYTES:
            raise NeedsFlatForm("Too many dates depart from the rule")
        return content

    @cached_property
    def _rows(self) -> list[Event]:
        """Its public dates that calendars know, by their place in the series."""
        rows = self.series.events.published().filter(calendar_state__isnull=False)
        return list(
            rows.select_related("calendar_state", "type", "series", "venue", "host")
            .prefetch_related("tagged_items__tag")
            .order_by("recurrence_key")
        )

    @property
    def _states(self) -> list[CalendarState]:
        return [row.calendar_state for row in self._rows]

    def _begin_with(self, by_key: dict[str, Event]) -> Rule:
        """Return the rule from the first of its days that has a date.

        A series may have been published after its first days were over.
        """
        rule = self.series.rule
        if rule is None or not by_key:
            raise NeedsFlatForm("No rule makes its dates")
        last = self._last_day(rule)
        days = list_days(rule, rule.first_day, last)
        first = next((day for day in days if make_key(day) in by_key), None)
        if first is None:
            raise NeedsFlatForm("No date of the rule is public")
        passed = days.index(first)
        count = None if rule.count is None else rule.count - passed
        begun = replace(rule, first_day=first, count=count)
        if list_days(begun, first, last) != days[passed:]:
            raise NeedsFlatForm("Its later days do not make the rule")
        return begun

    def _last_day(self, rule: Rule) -> datetime.date:
        """The last day for which rows say what takes place."""
        return max(self.series.materialised_until or rule.first_day, rule.first_day)
