"""From the entries of one UID to its dates: repeated, excepted, moved.

Everything is reckoned on the clock of the first date. A date is known by the key of
its original start, so that it stays the same one when it is moved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from .dates import DateWriter, ForeignDate
from .moments import DAY, EARLIEST, LATEST, EventRefused, Moment, format_key
from .rules import (
    EARLIEST_COUNTED,
    follow,
    is_on_rule,
    leave_out_one,
    read_until,
    translate,
)
from .values import Limits, ReadDate, ReadSeries, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from events.domain.window import Window

    from .entries import Entry
    from .zones import Clock


@dataclass(slots=True)
class Expansion:
    """What one UID gives; ``refused`` are entries left out, each with its reason."""

    dates: list[ReadDate] = field(default_factory=list)
    series: ReadSeries | None = None
    refused: list[tuple[Entry, Reason]] = field(default_factory=list)
    shortened: bool = False


def expand(
    entries: Iterable[Entry], window: Window, display: Clock, limits: Limits
) -> Expansion:
    """Return the dates of one UID that have an instant in the window.

    `display` is the clock for what is told in UTC or on a clock of the calendar's
    own making.

    Raises:
        EventRefused: the repetition cannot be followed.
    """
    result = Expansion()
    masters: list[Entry] = []
    overrides: list[Entry] = []
    for entry in entries:
        (masters if entry.overridden is None else overrides).append(entry)
    if len(overrides) > limits.exceptions:
        raise EventRefused(Reason.TOO_MANY_EXCEPTIONS)
    master = _prefer(masters)
    result.refused = [
        (entry, Reason.DUPLICATE)
        for entry in masters
        if master is not None and entry.start != master.start
    ]
    writer = DateWriter(window, display)
    if master is None:
        found = _stand_alone(overrides)
    else:
        found = _Repetition(master, writer, limits).list_dates(overrides, result)
    written = map(writer.write, found.values())
    result.dates = sorted(filter(writer.sees, written), key=in_order)
    if len(result.dates) > limits.dates_of_one:
        del result.dates[limits.dates_of_one :]
        result.shortened = True
    return result


def in_order(day: ReadDate) -> tuple[datetime, str, str]:
    """Return what dates are sorted by: their start first."""
    return day.start_at, day.external_uid, day.recurrence_key


def _prefer(entries: list[Entry]) -> Entry | None:
    """Return the youngest version: the last in the file among equals."""
    return max(
        entries,
        key=lambda entry: (entry.sequence, entry.stamp, entry.line),
        default=None,
    )


def _stand_alone(overrides: list[Entry]) -> dict[str, ForeignDate]:
    """Return the dates of overrides whose series is not in the calendar."""
    versions: dict[str, list[Entry]] = {}
    for entry in overrides:
        if entry.overridden is not None:
            versions.setdefault(entry.overridden.key, []).append(entry)
    return {
        key: ForeignDate.of(youngest, key)
        for key, several in versions.items()
        if (youngest := _prefer(several)) is not None
    }


class _Repetition:
    """The first entry of a UID and the dates that its rule gives."""

    def __init__(self, master: Entry, writer: DateWriter, limits: Limits) -> None:
        self._master = master
        self._writer = writer
        self._limits = limits
        self._first = master.start.wall
        self._is_day = master.start.is_day
        self._clock = master.start.clock
        self._until = self._read_until()
        has_time = not self._is_day
        self._excluded = {
            self._on_clock(moment)
            for moment in master.exclusions
            if not (has_time and moment.is_day)
        }
        # An EXDATE without a time excludes whatever happens on its day.
        self._excluded_days = {
            moment.wall.date()
            for moment in master.exclusions
            if has_time and moment.is_day
        }
        rule = master.rule
        if rule and rule.count is not None and self._first < EARLIEST_COUNTED:
            raise EventRefused(Reason.OUT_OF_RANGE, master.rule_line)

    def list_dates(
        self, overrides: list[Entry], result: Expansion
    ) -> dict[str, ForeignDate]:
        """Return the dates by key; the series goes into `result`."""
        if not self._master.repeats:
            found = {"": ForeignDate.of(self._master, "")}
            self._override(found, {self._key(self._first): ""}, overrides)
            return found
        found = self._repeat()
        changed = self._override(found, {key: key for key in found}, overrides)
        result.series = self._make_series(changed)
        return found

    def _repeat(self) -> dict[str, ForeignDate]:
        master = self._master
        after, before = self._writer.reach(self._clock, master.span)
        days: dict[datetime, timedelta] = {}
        if master.rule is not None:
            dates = follow(master.rule, self._first, self._until, after, before)
            most = self._limits.dates_of_one + len(master.exclusions) + 1
            days = dict.fromkeys(islice(dates, most), master.span)
        elif after <= self._first <= before:
            days[self._first] = master.span
        for moment, span in master.additions:
            wall = self._on_clock(moment)
            if after <= wall <= before:
                days[wall] = span or master.span
        return {
            self._key(wall): ForeignDate(
                master, wall, self._clock, days[wall], self._key(wall)
            )
            for wall in sorted(days)
            if wall not in self._excluded and wall.date() not in self._excluded_days
        }

    def _override(
        self,
        found: dict[str, ForeignDate],
        keys: dict[str, str],
        overrides: list[Entry],
    ) -> dict[str, ForeignDate]:
        """Put the changed dates into `found`, and return them by key.

        `keys` gives for the key of each original start the one in `found`.
        """
        versions: dict[str, list[Entry]] = {}
        for entry in overrides:
            key = self._match(entry, keys)
            if key in found or not self._is_outdated(entry):
                versions.setdefault(key, []).append(entry)
        changed: dict[str, ForeignDate] = {}
        for key, several in versions.items():
            youngest = _prefer(several)
            if youngest is not None:
                changed[key] = ForeignDate.of(youngest, key)
        self._change_future(found, changed)
        found.update(changed)
        return changed

    def _match(self, entry: Entry, keys: dict[str, str]) -> str:
        """Return the key of the date that an override replaces.

        Its RECURRENCE-ID may be told on another clock, or only name the day.
        """
        moment = entry.overridden or entry.start
        key = format_key(self._on_clock(moment), self._is_day)
        if key in keys:
            return keys[key]
        same_day = [known for known in keys if known[:8] == key[:8]]
        return keys[same_day[0]] if len(same_day) == 1 else key

    def _is_outdated(self, entry: Entry) -> bool:
        """Tell whether a younger version of the series did away with that date."""
        master = self._master
        if entry.sequence >= master.sequence or entry.overridden is None:
            return False
        wall = self._on_clock(entry.overridden)
        if wall in self._excluded:
            return True
        rule = master.rule
        return rule is not None and wall not in follow(
            rule, self._first, self._until, wall, wall
        )

    def _change_future(
        self, found: dict[str, ForeignDate], changed: dict[str, ForeignDate]
    ) -> None:
        """Let an override with RANGE=THISANDFUTURE change all later dates too."""
        originals = {key: day.start for key, day in found.items()}
        for _key, change in sorted(changed.items()):
            entry = change.entry
            if not entry.and_future or entry.overridden is None:
                continue
            begin = self._on_clock(entry.overridden)
            shift = entry.start.on(self._clock) - begin
            for key, start in originals.items():
                if start > begin:
                    found[key] = ForeignDate(
                        entry, start + shift, self._clock, entry.span, key
                    )

    def _make_series(self, changed: dict[str, ForeignDate]) -> ReadSeries:
        master, writer = self._master, self._writer
        rule = master.rule
        additions = {self._on_clock(moment) for moment, _span in master.additions}
        translated = None
        if rule is not None and self._clock.name:
            translated = translate(rule, self._first, self._last_day())
            if not is_on_rule(rule, self._first):
                # Theirs counts the first date too; ours counts those of the rule.
                additions.add(self._first)
                translated = leave_out_one(translated)
        excluded = self._excluded | {
            datetime.combine(day, self._first.time()) for day in self._excluded_days
        }
        first = ForeignDate.of(master, self._key(self._first))
        return ReadSeries(
            external_uid=master.uid,
            rrule="" if rule is None else rule.text,
            rule=translated,
            first=writer.write(first),
            exclusions=tuple(self._key(wall) for wall in sorted(excluded)),
            additions=tuple(self._key(wall) for wall in sorted(additions)),
            overrides=tuple(writer.write(changed[key]) for key in sorted(changed)),
        )

    def _last_day(self) -> date | None:
        """Return the last day on which the rule may give a date."""
        if self._until is None:
            return None
        last = self._until.date()
        return last if self._first.time() <= self._until.time() else last - DAY

    def _key(self, wall: datetime) -> str:
        return format_key(wall, self._is_day)

    def _on_clock(self, moment: Moment) -> datetime:
        wall = moment.on(self._clock).replace(fold=0)
        return datetime.combine(wall.date(), time(0)) if self._is_day else wall

    def _read_until(self) -> datetime | None:
        rule = self._master.rule
        if rule is None or not rule.until:
            return None
        try:
            wall, is_day, is_utc = read_until(rule.until)
        except ValueError as error:
            raise EventRefused(
                Reason.UNREADABLE_RULE, self._master.rule_line
            ) from error
        # Beyond the dates that are read, an end is none.
        wall = min(max(wall, EARLIEST), LATEST)
        if is_day or self._is_day:
            return datetime.combine(wall.date(), time.max.replace(microsecond=0))
        if is_utc:
            return self._clock.from_utc(wall.replace(tzinfo=UTC)).replace(fold=0)
        return wall
