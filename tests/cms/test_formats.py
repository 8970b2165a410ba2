from __future__ import annotations

import datetime

import pytest
from django.utils import formats, translation

MOMENT = datetime.datetime(2026, 11, 26, 18, 5)  # noqa: DTZ001 (only written)


@pytest.mark.parametrize(
    ("language", "day", "clock", "short", "number", "first_day"),
    [
        ("fr", "26 novembre 2026", "18 h 05", "26/11/2026", "8\xa0420,5", 1),
        ("en", "26 November 2026", "18:05", "26/11/2026", "8,420.5", 1),
        ("br", "26 Du 2026", "18eur 05", "26/11/2026", "8\xa0420,5", 1),
    ],
)
def test_each_language_writes_dates_the_european_way(
    language, day, clock, short, number, first_day
):
    with translation.override(language):
        assert formats.date_format(MOMENT, "DATE_FORMAT") == day
        assert formats.time_format(MOMENT.time()) == clock
        assert formats.date_format(MOMENT, "SHORT_DATE_FORMAT") == short
        assert (
            formats.number_format(8420.5, use_l10n=True, force_grouping=True) == number
        )
        assert formats.get_format("FIRST_DAY_OF_WEEK") == first_day
