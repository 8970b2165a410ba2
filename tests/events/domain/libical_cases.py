"""Days that libical expects of the rules which our grammar can say.

From the list of cases of its recurrence tests (`icalrecur_test.txt`), hours left out.
A rule is told as the fields of `recurrence.Rule`; where libical says a yearly rule by
weekday, the same days are said as a weekly or monthly one. Days are written by month:
`1997-09 2 9..11` is the 2nd and the 9th to the 11th of September.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from events.domain.recurrence import Frequency, Rule

DAILY, WEEKLY, MONTHLY, YEARLY = Frequency
MO, TU, WE, TH, FR, SA, SU = range(7)


class Case(NamedTuple):
    name: str
    frequency: Frequency
    first_day: str
    parts: dict[str, Any]
    days: str
    start_at: str = ""

    @property
    def rule(self) -> Rule:
        parts = dict(self.parts)
        if "until" in parts:
            parts["until"] = to_our_years(date.fromisoformat(parts["until"]))
        first_day = to_our_years(date.fromisoformat(self.first_day))
        return Rule(frequency=self.frequency, first_day=first_day, **parts)

    @property
    def expected(self) -> list[date]:
        return [to_our_years(day) for day in read_days(self.days)]


def to_our_years(day: date) -> date:
    """Move a day of the nineties, which our calendar refuses, by its 28-year cycle.

    The weeks and leap years of 1997 are those of 2025.
    """
    return day.replace(year=day.year + 28)


def read_days(text: str) -> list[date]:
    found = []
    for part in text.split():
        if "-" in part:
            year, month = map(int, part.split("-"))
            continue
        first, _, last = part.partition("..")
        found += [
            date(year, month, number)
            for number in range(int(first), int(last or first) + 1)
        ]
    return found


JANUARIES = "1998-01 1..31 1999-01 1..31 2000-01 1..31"
TUESDAYS = "1997-09 2 9 16 23 30 1997-10 7 14 21 28 1997-11 4"
TUESDAYS_AND_THURSDAYS = "1997-09 2 4 9 11 16 18 23 25 30 1997-10 2"
LONGEST_MONTHS = {
    2007: "2007-01 31 2007-03 31 2007-05 31 2007-07 31 2007-08 31 2007-10 31 "
    "2007-12 31 2008-01 31 2008-03 31 2008-05 31 2008-07 31 2008-08 31",
    2015: "2015-01 31 2015-03 31 2015-05 31 2015-07 31 2015-08 31 2015-10 31 "
    "2015-12 31 2016-01 31 2016-03 31 2016-05 31 2016-07 31 2016-08 31",
}
SUNDAYS_TUESDAYS_THURSDAYS = "2016-12 29 2017-01 1 10 12 15 24 26"

CASES = (
    Case(
        "each day of January for three years",
        WEEKLY,
        "1998-01-01",
        {"weekdays": tuple(range(7)), "months": (1,), "until": "2000-01-31"},
        JANUARIES,
    ),
    Case(
        "each day of January for three years, daily",
        DAILY,
        "1998-01-01",
        {"months": (1,), "until": "2000-01-31"},
        JANUARIES,
    ),
    Case(
        "yearly in June and July",
        YEARLY,
        "1997-06-10",
        {"months": (6, 7), "count": 10},
        "1997-06 10 1997-07 10 1998-06 10 1998-07 10 1999-06 10 1999-07 10 "
        "2000-06 10 2000-07 10 2001-06 10 2001-07 10",
    ),
    Case(
        "every other year in January, February and March",
        YEARLY,
        "1997-03-10",
        {"interval": 2, "months": (1, 2, 3), "count": 10},
        "1997-03 10 1999-01 10 1999-02 10 1999-03 10 2001-01 10 2001-02 10 "
        "2001-03 10 2003-01 10 2003-02 10 2003-03 10",
    ),
    Case(
        "each Thursday in March",
        WEEKLY,
        "1997-03-13",
        {"weekdays": (TH,), "months": (3,), "count": 11},
        "1997-03 13 20 27 1998-03 5 12 19 26 1999-03 4 11 18 25",
    ),
    Case(
        "each Thursday of the summer",
        WEEKLY,
        "1997-06-05",
        {"weekdays": (TH,), "months": (6, 7, 8), "count": 39},
        "1997-06 5 12 19 26 1997-07 3 10 17 24 31 1997-08 7 14 21 28 "
        "1998-06 4 11 18 25 1998-07 2 9 16 23 30 1998-08 6 13 20 27 "
        "1999-06 3 10 17 24 1999-07 1 8 15 22 29 1999-08 5 12 19 26",
    ),
    Case(
        "leap day is skipped",
        YEARLY,
        "2012-02-29",
        {"until": "2014-03-01"},
        "2012-02 29",
    ),
    Case(
        "first Friday, ten times",
        MONTHLY,
        "1997-09-05",
        {"nth": 1, "weekdays": (FR,), "count": 10},
        "1997-09 5 1997-10 3 1997-11 7 1997-12 5 1998-01 2 1998-02 6 1998-03 6 "
        "1998-04 3 1998-05 1 1998-06 5",
    ),
    Case(
        "first Friday until Christmas Eve",
        MONTHLY,
        "1997-09-05",
        {"nth": 1, "weekdays": (FR,), "until": "1997-12-23"},
        "1997-09 5 1997-10 3 1997-11 7 1997-12 5",
    ),
    Case(
        "days that a month lacks are skipped",
        MONTHLY,
        "2007-01-31",
        {"count": 12},
        LONGEST_MONTHS[2007],
    ),
    Case(
        "largest day of the month",
        MONTHLY,
        "2015-01-31",
        {"month_day": 31, "count": 12},
        LONGEST_MONTHS[2015],
    ),
    Case("weekly, ten times", WEEKLY, "1997-09-02", {"count": 10}, TUESDAYS),
    Case(
        "weekly until Christmas Eve",
        WEEKLY,
        "1997-09-02",
        {"until": "1997-12-23"},
        TUESDAYS + " 11 18 25 1997-12 2 9 16 23",
    ),
    Case(
        "every other week",
        WEEKLY,
        "1997-09-02",
        {"interval": 2, "count": 13},
        "1997-09 2 16 30 1997-10 14 28 1997-11 11 25 1997-12 9 23 1998-01 6 20 "
        "1998-02 3 17",
    ),
    Case(
        "Tuesday and Thursday for five weeks",
        WEEKLY,
        "1997-09-02",
        {"weekdays": (TU, TH), "until": "1997-10-06"},
        TUESDAYS_AND_THURSDAYS,
    ),
    Case(
        "Tuesday and Thursday, ten times",
        WEEKLY,
        "1997-09-02",
        {"weekdays": (TU, TH), "count": 10},
        TUESDAYS_AND_THURSDAYS,
    ),
    Case(
        "Sunday every four weeks",
        WEEKLY,
        "2015-03-22",
        {"interval": 4, "weekdays": (SU,), "count": 4},
        "2015-03 22 2015-04 19 2015-05 17 2015-06 14",
    ),
    Case(
        "Monday, Wednesday and Friday every other week",
        WEEKLY,
        "1997-09-01",
        {"interval": 2, "weekdays": (MO, WE, FR), "until": "1997-12-23"},
        "1997-09 1 3 5 15 17 19 29 1997-10 1 3 13 15 17 27 29 31 "
        "1997-11 10 12 14 24 26 28 1997-12 8 10 12 22",
    ),
    Case(
        "Tuesday and Thursday every other week",
        WEEKLY,
        "1997-09-02",
        {"interval": 2, "weekdays": (TU, TH), "count": 8},
        "1997-09 2 4 16 18 30 1997-10 2 14 16",
    ),
    Case(
        "Tuesday and Sunday every other week from Monday",
        WEEKLY,
        "1997-08-05",
        {"interval": 2, "weekdays": (TU, SU), "count": 4},
        "1997-08 5 10 19 24",
    ),
    Case(
        "Monday, twice",
        WEEKLY,
        "2014-10-06",
        {"weekdays": (MO,), "count": 2},
        "2014-10 6 13",
    ),
    Case("daily, ten times", DAILY, "1997-09-02", {"count": 10}, "1997-09 2..11"),
    Case(
        "daily until Christmas Eve",
        DAILY,
        "1997-09-02",
        {"until": "1997-12-23"},
        "1997-09 2..30 1997-10 1..31 1997-11 1..30 1997-12 1..23",
    ),
    Case(
        "every other day",
        DAILY,
        "1997-09-02",
        {"interval": 2, "count": 20},
        "1997-09 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 1997-10 2 4 6 8 10",
    ),
    Case(
        "every ten days",
        DAILY,
        "1997-09-02",
        {"interval": 10, "count": 5},
        "1997-09 2 12 22 1997-10 2 12",
    ),
    Case(
        "Thursday and Sunday, 35 times",
        WEEKLY,
        "2011-11-20",
        {"weekdays": (SU, TH), "count": 35},
        "2011-11 20 24 27 2011-12 1 4 8 11 15 18 22 25 29 "
        "2012-01 1 5 8 12 15 19 22 26 29 2012-02 2 5 9 12 16 19 23 26 "
        "2012-03 1 4 8 11 15 18",
    ),
    Case(
        "daily in the cold months",
        DAILY,
        "2014-10-30",
        {"months": (11, 12, 1, 2, 3, 4, 10), "until": "2014-12-06"},
        "2014-10 30 31 2014-11 1..30 2014-12 1..6",
    ),
    Case(
        "last Friday in October",
        MONTHLY,
        "2010-10-29",
        {"nth": -1, "weekdays": (FR,), "months": (10,), "until": "2014-12-31"},
        "2010-10 29 2011-10 28 2012-10 26 2013-10 25 2014-10 31",
    ),
    Case(
        "first Friday in April",
        MONTHLY,
        "2010-04-02",
        {"nth": 1, "weekdays": (FR,), "months": (4,), "until": "2014-12-31"},
        "2010-04 2 2011-04 1 2012-04 6 2013-04 5 2014-04 4",
    ),
    Case(
        "first Friday, read from the middle of a month",
        MONTHLY,
        "2017-09-01",
        {"nth": 1, "weekdays": (FR,), "until": "2017-12-28"},
        "2017-09 1 2017-10 6 2017-11 3 2017-12 1",
        start_at="2017-09-15",
    ),
    Case(
        "three days every other week, read from the end of a year",
        WEEKLY,
        "2016-12-29",
        {"interval": 2, "weekdays": (SU, TU, TH), "until": "2017-01-26"},
        SUNDAYS_TUESDAYS_THURSDAYS,
        start_at="2016-12-31",
    ),
    Case(
        "three days every other week, read from the start of a year",
        WEEKLY,
        "2016-12-29",
        {"interval": 2, "weekdays": (SU, TU, TH), "until": "2017-01-26"},
        SUNDAYS_TUESDAYS_THURSDAYS,
        start_at="2017-01-02",
    ),
    Case(
        "every third day of January, read from the third day",
        DAILY,
        "2017-01-01",
        {"interval": 3, "months": (1,), "until": "2017-01-31"},
        "2017-01 1 4 7 10 13 16 19 22 25 28 31",
        start_at="2017-01-03",
    ),
    Case(
        "every 13 months, in May only",
        MONTHLY,
        "2010-02-12",
        {"interval": 13, "months": (5,), "count": 3},
        "2013-05 12 2026-05 12 2039-05 12",
    ),
    Case(
        "first day is not a date",
        WEEKLY,
        "2019-01-01",
        {"interval": 2, "weekdays": (WE, FR), "count": 4},
        "2019-01 2 4 16 18",
    ),
    Case(
        "29 February",
        YEARLY,
        "2024-02-29",
        {"month_day": 29, "count": 3},
        "2024-02 29 2028-02 29 2032-02 29",
    ),
    Case(
        "every other whole day",
        DAILY,
        "2024-10-18",
        {"interval": 2, "count": 3},
        "2024-10 18 20 22",
    ),
    *(
        Case(
            f"months out of order, {frequency} from {first_day}",
            frequency,
            first_day,
            {"months": (5, 4), "count": 4},
            days,
        )
        for frequency in (MONTHLY, YEARLY)
        for first_day, days in (
            ("2024-04-01", "2024-04 1 2024-05 1 2025-04 1 2025-05 1"),
            ("2024-05-01", "2024-05 1 2025-04 1 2025-05 1 2026-04 1"),
        )
    ),
    Case(
        "a weekday said twice",
        WEEKLY,
        "2011-11-20",
        {"weekdays": (SU, TH, TH), "count": 3},
        "2011-11 20 24 27",
    ),
)
