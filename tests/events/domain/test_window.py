from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from events.domain.errors import EndBeforeStart
from events.domain.window import Window

SECOND = timedelta(seconds=1)


def test_window_of_feed_is_whole_days_around_today():
    assert Window.of_feed(date(2026, 11, 23)) == Window(
        date(2026, 9, 24), date(2027, 12, 28)
    )


def test_window_counts_local_days():
    window = Window(date(2026, 3, 29), date(2026, 3, 29))
    assert window.start == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert window.end == datetime(2026, 3, 29, 22, tzinfo=UTC)


def test_window_contains_its_start_and_not_its_end():
    window = Window(date(2026, 4, 9), date(2026, 4, 10))
    assert window.contains(window.start)
    assert window.contains(window.end - SECOND)
    assert not window.contains(window.end)
    assert not window.contains(window.start - SECOND)


def test_window_overlaps_what_shares_an_instant():
    window = Window(date(2026, 4, 9), date(2026, 4, 10))
    day = timedelta(days=1)
    assert window.overlaps(window.start - day, window.start + SECOND)
    assert window.overlaps(window.end - SECOND, window.end + day)
    assert window.overlaps(window.start - day, window.end + day)
    assert not window.overlaps(window.start - day, window.start)
    assert not window.overlaps(window.end, window.end + day)


def test_window_that_ends_before_it_starts_is_refused():
    with pytest.raises(EndBeforeStart):
        Window(date(2026, 4, 10), date(2026, 4, 9))
