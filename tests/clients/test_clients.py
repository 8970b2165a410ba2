"""C01: every client shows the same dates at the same instants."""

from __future__ import annotations

import pytest

from tests.clients import golden, readers

PYTHON_READERS = {
    "icalendar": readers.with_icalendar,
    "ical": readers.with_ical,
    "vobject": readers.with_vobject,
    "icalevents": readers.with_icalevents,
    "vdirsyncer and khal": readers.with_vdirsyncer_and_khal,
}
JAVASCRIPT_READERS = ["ical.js", "ical-expander", "node-ical"]


def check(shown: readers.Dates) -> None:
    timed = sorted(start for start, _summary in shown if "T" in start)
    days = sorted({start for start, _summary in shown if "T" not in start})
    assert timed == golden.INSTANTS
    assert days[0] == golden.ALL_DAY[0]
    summaries = dict(shown)
    moved = golden.THURSDAYS[golden.MOVED]
    assert summaries[moved] == f"Drink & co; ça va, le {golden.MOVED} ?"
    cancelled = golden.THURSDAYS[golden.CANCELLED]
    assert summaries[cancelled].startswith("Annulé")


@pytest.mark.parametrize("name", PYTHON_READERS)
def test_c01_reader_shows_23_dates_at_their_instants(name, tmp_path):
    check(PYTHON_READERS[name](golden.write_golden_feed(), tmp_path))


@pytest.mark.calendar_clients
@pytest.mark.parametrize("name", JAVASCRIPT_READERS)
def test_c01_javascript_reader_shows_23_dates_at_their_instants(name):
    check(readers.with_javascript(name, golden.write_golden_feed()))


@pytest.mark.calendar_clients
def test_c01_calcurse_shows_23_dates_at_their_instants(tmp_path):
    check(readers.with_calcurse(golden.write_golden_feed(), tmp_path))


@pytest.mark.calendar_clients
def test_t16_summer_of_2040_is_right_where_the_client_reads_our_zone():
    """T16. Clients with a database of their own end in 2037; ical.js has our rules."""
    shown = readers.with_javascript("ical.js", golden.write_distant_feed())

    assert shown == [("2040-07-01T16:30Z", "Loin")]


def test_a_wrong_hour_would_be_seen(tmp_path):
    late = golden.write_golden_feed().replace(b"T183000", b"T193000", 1)

    with pytest.raises(AssertionError):
        check(readers.with_icalendar(late, tmp_path))
