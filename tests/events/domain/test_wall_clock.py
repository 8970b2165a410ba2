from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from events.domain.errors import (
    AmbiguousTime,
    EndBeforeStart,
    IncompleteTimes,
    NonexistentTime,
    OutOfRange,
    TooLong,
    UnknownZone,
)
from events.domain.wall_clock import instants, localise, midnight, resolve, until

PARIS = "Europe/Paris"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_time_in_the_spring_jump_is_refused_with_the_next_hour():
    with pytest.raises(NonexistentTime) as refusal:
        resolve(date(2026, 3, 29), time(2, 30), PARIS)
    proposed = refusal.value.proposed
    assert proposed.replace(tzinfo=None).isoformat() == "2026-03-29T03:30:00"
    assert str(proposed.tzinfo) == PARIS
    assert proposed.astimezone(UTC) == utc(2026, 3, 29, 1, 30)
    assert str(refusal.value) == "2026-03-29 02:30 does not exist in Europe/Paris"


def test_half_hour_jump_proposes_half_an_hour_later():
    with pytest.raises(NonexistentTime) as refusal:
        resolve(date(2026, 10, 4), time(2, 10), "Australia/Lord_Howe")
    assert refusal.value.proposed.time() == time(2, 40)


def test_time_that_comes_twice_asks_which():
    with pytest.raises(AmbiguousTime) as refusal:
        resolve(date(2026, 10, 25), time(2, 30), PARIS)
    assert refusal.value.offsets == (timedelta(hours=2), timedelta(hours=1))
    assert refusal.value.zone == PARIS


@pytest.mark.parametrize(
    ("fold", "expected"), [(0, utc(2026, 10, 25, 0, 30)), (1, utc(2026, 10, 25, 1, 30))]
)
def test_fold_chooses_between_the_two_times(fold, expected):
    chosen = resolve(date(2026, 10, 25), time(2, 30), PARIS, fold=fold)
    assert chosen.astimezone(UTC) == expected


def test_fold_means_nothing_for_a_plain_time():
    plain = resolve(date(2026, 10, 25), time(18, 30), PARIS, fold=1)
    assert plain.astimezone(UTC) == utc(2026, 10, 25, 17, 30)
    assert plain.fold == 0


@pytest.mark.parametrize(
    "zone", ["", "Europe/Nowhere", "../../etc/passwd", "localtime", "Europe", "paris"]
)
def test_unknown_zone_is_refused(zone):
    with pytest.raises(UnknownZone) as refusal:
        resolve(date(2026, 4, 9), time(18, 30), zone)
    assert refusal.value.zone == zone


def test_stored_time_that_a_new_rule_jumps_over_stays_an_instant():
    moment = localise(date(2026, 3, 29), time(2, 30), PARIS)
    assert moment.astimezone(UTC) == utc(2026, 3, 29, 1, 30)


@pytest.mark.parametrize(
    ("day", "hour"), [(date(2026, 10, 22), 16), (date(2026, 10, 29), 17)]
)
def test_evening_keeps_its_hour_across_the_autumn_change(day, hour):
    start, end = instants(day, time(18, 30), day, time(21), False, PARIS)
    assert (start, end) == (
        utc(day.year, day.month, day.day, hour, 30),
        utc(day.year, day.month, day.day, hour + 3, 0),
    )


def test_night_of_the_spring_change_lasts_an_hour_less():
    start, end = instants(
        date(2026, 3, 28), time(22), date(2026, 3, 29), time(4), False, PARIS
    )
    assert (start, end) == (utc(2026, 3, 28, 21), utc(2026, 3, 29, 2))
    assert end - start == timedelta(hours=5)


def test_all_day_runs_from_midnight_to_the_midnight_after():
    assert instants(date(2026, 5, 19), None, date(2026, 5, 20), None, True, PARIS) == (
        utc(2026, 5, 18, 22),
        utc(2026, 5, 20, 22),
    )


def test_overseas_morning_counts_in_its_own_zone():
    day = date(2026, 7, 1)
    assert instants(day, time(9), day, time(10), False, "Indian/Reunion") == (
        utc(2026, 7, 1, 5),
        utc(2026, 7, 1, 6),
    )


def test_day_whose_midnight_is_jumped_over_starts_at_the_change():
    # Cuba changes its clocks at midnight.
    assert midnight(date(2026, 3, 8), "America/Havana") == utc(2026, 3, 8, 5)


def test_event_may_sit_inside_the_hour_that_comes_twice():
    day = date(2026, 10, 25)
    assert instants(
        day, time(2, 30), day, time(2, 15), False, PARIS, start_fold=0, end_fold=1
    ) == (utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 15))


@pytest.mark.parametrize(
    ("end_day", "end"),
    [(9, time(18, 30)), (9, time(18)), (8, time(23))],
)
def test_timed_event_that_does_not_last_is_refused(end_day, end):
    with pytest.raises(EndBeforeStart):
        instants(
            date(2026, 4, 9), time(18, 30), date(2026, 4, end_day), end, False, PARIS
        )


def test_all_day_event_that_ends_the_day_before_is_refused():
    with pytest.raises(EndBeforeStart):
        instants(date(2026, 4, 9), None, date(2026, 4, 8), None, True, PARIS)


def test_thirty_one_days_are_accepted_across_a_clock_change():
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    start, end = instants(first, None, last, None, True, PARIS)
    assert end - start == timedelta(days=31, hours=1)
    timed = instants(first, time(10), date(2026, 11, 1), time(10), False, PARIS)
    assert timed[1] - timed[0] == timedelta(days=31, hours=1)


def test_longer_than_thirty_one_days_is_refused():
    with pytest.raises(TooLong):
        instants(date(2026, 10, 1), None, date(2026, 11, 1), None, True, PARIS)
    with pytest.raises(TooLong):
        instants(
            date(2026, 10, 1), time(10), date(2026, 11, 1), time(10, 1), False, PARIS
        )


@pytest.mark.parametrize(
    ("day", "accepted"),
    [
        (date(1999, 12, 31), False),
        (date(2000, 1, 1), True),
        (date(2031, 11, 23), True),
        (date(2031, 11, 24), False),
        (date.min, False),
        (date.max, False),
    ],
)
def test_days_outside_the_range_are_refused(day, accepted):
    latest = date(2031, 11, 23)
    if accepted:
        assert instants(day, None, day, None, True, PARIS, latest=latest)
        return
    with pytest.raises(OutOfRange) as refusal:
        instants(day, None, day, None, True, PARIS, latest=latest)
    assert (refusal.value.day, refusal.value.earliest, refusal.value.latest) == (
        day,
        date(2000, 1, 1),
        latest,
    )


def test_last_day_of_the_calendar_is_refused_whatever_is_asked():
    with pytest.raises(OutOfRange):
        instants(date.max, None, date.max, None, True, PARIS, latest=date.max)


@pytest.mark.parametrize(
    ("start", "end", "all_day"),
    [
        (time(9), time(10), True),
        (None, time(10), True),
        (None, time(10), False),
        (time(9), None, False),
        (None, None, False),
    ],
)
def test_times_and_whole_days_exclude_each_other(start, end, all_day):
    with pytest.raises(IncompleteTimes):
        instants(date(2026, 4, 9), start, date(2026, 4, 9), end, all_day, PARIS)


def test_rule_ends_with_the_last_local_second():
    assert until(date(2026, 12, 31), PARIS) == utc(2026, 12, 31, 22, 59, 59)
