from __future__ import annotations

from datetime import date, time

import pytest

from events.domain.errors import IncompleteTimes
from events.domain.holidays import Territory
from events.domain.hours import Clock, Hours, put_on_wall
from events.domain.territories import find_territory

EVENING = Hours(start_time=time(18, 30), end_time=time(21))


def test_hours_are_those_of_the_day():
    assert put_on_wall(date(2026, 12, 3), EVENING) == Clock(
        date(2026, 12, 3), time(18, 30), date(2026, 12, 3), time(21)
    )


def test_night_ends_on_the_next_day():
    night = Hours(start_time=time(22), end_time=time(4), lasts_days=1)

    assert put_on_wall(date(2026, 3, 28), night) == Clock(
        date(2026, 3, 28), time(22), date(2026, 3, 29), time(4)
    )


def test_all_day_has_no_hours():
    days = Hours(all_day=True, lasts_days=1)

    assert put_on_wall(date(2026, 5, 19), days) == Clock(
        date(2026, 5, 19), None, date(2026, 5, 20), None
    )


@pytest.mark.parametrize(
    ("day", "start", "end", "expected"),
    [
        # The clock jumps from 02:00 to 03:00.
        (date(2026, 3, 29), time(2, 30), time(5), (time(3, 30), time(5))),
        (date(2026, 3, 29), time(2, 30), time(3), (time(3, 30), time(4))),
        (date(2026, 3, 29), time(1, 30), time(2, 15), (time(1, 30), time(3, 15))),
        (date(2026, 3, 29), time(2, 10), time(2, 50), (time(3, 10), time(3, 50))),
        # It shows from 02:00 to 03:00 twice.
        (date(2026, 10, 25), time(2, 30), time(2, 45), (time(3, 30), time(3, 45))),
        (date(2026, 10, 25), time(2, 30), time(3, 15), (time(3, 30), time(4, 15))),
        (date(2026, 10, 25), time(1), time(2, 30), (time(1), time(3, 30))),
    ],
)
def test_hour_that_the_clock_does_not_show_once_is_the_next_one(
    day, start, end, expected
):
    clock = put_on_wall(day, Hours(start_time=start, end_time=end))

    assert (clock.start_time, clock.end_time) == expected
    assert clock.is_moved


def test_hours_are_needed():
    with pytest.raises(IncompleteTimes):
        put_on_wall(date(2026, 12, 3), Hours(start_time=time(18, 30)))


def test_zone_tells_its_territory():
    assert find_territory("Indian/Reunion") == Territory.REUNION
    assert find_territory("Europe/Paris") == Territory.METROPOLITAN
