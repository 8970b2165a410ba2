from __future__ import annotations

import datetime
from dataclasses import replace
from datetime import date, time

import pytest
from ical.calendar_stream import IcsCalendarStream

from events.domain.calendar_values import CalendarStatus
from events.domain.errors import NeedsFlatForm
from events.domain.ical import assemble_file
from events.domain.ical_rule import MOST_EXCLUSIONS, serialise_series
from tests.events.domain.readers import unfolded
from tests.events.domain.values import make_all_day_event, make_event, monthly, weekly

PARIS = "Europe/Paris"
THURSDAYS = monthly(date(2026, 1, 8), nth=2, weekdays=(3,))
MASTER = make_event(
    uid="SERIE@HUB.TEST",
    sequence=7,
    start_date=date(2026, 1, 8),
    end_date=date(2026, 1, 8),
)
END_OF_YEAR = date(2026, 12, 31)


def write(
    master=MASTER, rule=THURSDAYS, last_day=END_OF_YEAR, left_out=(), replaced=None
):
    return serialise_series(
        master, rule, last_day=last_day, left_out=left_out, replaced=replaced or {}
    )


def lines_of(parts, name):
    return [
        line
        for part in parts
        for line in unfolded(part)
        if line.split(":")[0].split(";")[0] == name
    ]


def at(day, **changes):
    return replace(
        MASTER, start_date=day, end_date=day, uid=f"{day}@HUB.TEST", **changes
    )


def test_rule_starts_with_its_first_date():
    [part] = write()

    assert lines_of([part], "DTSTART") == ["DTSTART;TZID=Europe/Paris:20260108T183000"]
    assert lines_of([part], "RRULE") == ["RRULE:FREQ=MONTHLY;BYDAY=2TH"]


def test_t19_last_day_is_included_and_told_in_utc():
    rule = weekly(date(2026, 12, 3), weekdays=(3,), until=date(2026, 12, 31))
    [part] = write(at(date(2026, 12, 3)), rule)

    assert lines_of([part], "RRULE") == [
        "RRULE:FREQ=WEEKLY;UNTIL=20261231T225959Z;BYDAY=TH"
    ]
    assert read_starts([part])[-1] == "2026-12-31T17:30Z"


def test_all_day_series_ends_on_a_day():
    rule = weekly(date(2026, 5, 19), weekdays=(1,), until=date(2026, 6, 2))
    master = make_all_day_event(date(2026, 5, 19), date(2026, 5, 19))
    parts = write(master, rule, left_out=[date(2026, 5, 26)])

    assert lines_of(parts, "RRULE") == ["RRULE:FREQ=WEEKLY;UNTIL=20260602;BYDAY=TU"]
    assert lines_of(parts, "EXDATE") == ["EXDATE;VALUE=DATE:20260526"]


def test_s15_day_left_out_has_the_zone_and_the_exact_hour_one_a_line():
    parts = write(left_out=[date(2026, 8, 13), date(2026, 5, 14), date(2026, 8, 14)])

    assert lines_of(parts, "EXDATE") == [
        "EXDATE;TZID=Europe/Paris:20260514T183000",
        "EXDATE;TZID=Europe/Paris:20260813T183000",
    ]
    assert not lines_of(parts, "RDATE")


def test_changed_date_is_told_whole_under_the_uid_of_the_series():
    moved = at(date(2026, 4, 10), start_time=time(19), sequence=2, location="Halle")
    cancelled = at(date(2026, 8, 13), status=CalendarStatus.CANCELLED)
    master, *others = write(
        replaced={date(2026, 4, 9): moved, date(2026, 8, 13): cancelled}
    )

    assert lines_of(others, "UID") == ["UID:SERIE@HUB.TEST"] * 2
    assert lines_of([master, *others], "SEQUENCE") == ["SEQUENCE:7"] * 3
    assert lines_of(others, "RECURRENCE-ID") == [
        "RECURRENCE-ID;TZID=Europe/Paris:20260409T183000",
        "RECURRENCE-ID;TZID=Europe/Paris:20260813T183000",
    ]
    assert lines_of(others, "STATUS") == ["STATUS:CONFIRMED", "STATUS:CANCELLED"]
    assert lines_of(others, "LOCATION") == ["LOCATION:Halle"]


def test_second_reader_expands_it_to_the_same_instants():
    parts = write(
        left_out=[date(2026, 5, 14)],
        replaced={date(2026, 4, 9): at(date(2026, 4, 10), start_time=time(19))},
    )

    assert read_starts(parts)[:6] == [
        "2026-01-08T17:30Z",
        "2026-02-12T17:30Z",
        "2026-03-12T17:30Z",
        "2026-04-10T17:00Z",
        "2026-06-11T16:30Z",
        "2026-07-09T16:30Z",
    ]


def read_starts(parts):
    calendar = IcsCalendarStream.calendar_from_ics(
        assemble_file(parts, [PARIS]).decode()
    )
    return [
        f"{event.dtstart.astimezone(datetime.UTC):%Y-%m-%dT%H:%MZ}"
        for event in calendar.timeline.overlapping(
            datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
            datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC),
        )
    ]


@pytest.mark.parametrize("count", [MOST_EXCLUSIONS, MOST_EXCLUSIONS + 1])
def test_s15_sixty_one_days_left_out_need_the_flat_form(count):
    rule = weekly(date(2026, 1, 1), weekdays=(3,))
    days = [date(2026, 1, 8) + datetime.timedelta(weeks=n) for n in range(count)]
    master = at(date(2026, 1, 1))

    if count > MOST_EXCLUSIONS:
        with pytest.raises(NeedsFlatForm):
            write(master, rule, date(2028, 1, 1), left_out=days)
    else:
        parts = write(master, rule, date(2028, 1, 1), left_out=days)
        assert len(lines_of(parts, "EXDATE")) == MOST_EXCLUSIONS


@pytest.mark.parametrize("day", [date(2026, 5, 14), date(2026, 5, 20)])
def test_s10_date_moved_onto_or_past_its_neighbour_needs_the_flat_form(day):
    with pytest.raises(NeedsFlatForm):
        write(replaced={date(2026, 4, 9): at(day)})


def test_hour_that_clocks_skip_needs_the_flat_form():
    rule = weekly(date(2026, 3, 22), weekdays=(6,))
    master = at(date(2026, 3, 22), start_time=time(2, 30), end_time=time(4))

    with pytest.raises(NeedsFlatForm):
        write(master, rule)
    assert write(master, rule, date(2026, 3, 22))


def test_master_that_is_not_of_the_rule_needs_the_flat_form():
    with pytest.raises(NeedsFlatForm):
        write(at(date(2026, 1, 7)))
