"""M16: the calendars that two libraries were broken by, none of which breaks ours.

The wheels of icalendar and recurring-ical-events carry them. What each file gives is
frozen in ``corpora.json``: dates, series, events left out, or why it is refused.
``python -m tests.events.importing.test_corpora`` writes it again.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from events.domain.foreign.reader import read
from events.domain.foreign.values import ARCHIVE_LIMITS, UnreadableCalendar
from events.domain.window import Window

FROZEN = Path(__file__).with_name("corpora.json")
CORPORA = {"icalendar": 163, "recurring-ical-events": 95}
WINDOW = Window(date(2000, 1, 1), date(2030, 12, 31))

# Files in which the other reader gives other dates, and why ours are meant.
DISPUTED = {
    "issue_201_mixed_datetime_and_date.ics": "a day that ends at a time is a day",
    "issue_75_range_parameter.ics": "UNTIL without a time includes its day",
}


def list_files(corpus: str) -> list[Path]:
    files = metadata.distribution(corpus).files or []
    return sorted(Path(str(file.locate())) for file in files if file.suffix == ".ics")


def name_file(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def sum_up(path: Path) -> dict[str, Any]:
    """Return what one file gives, as the table has it."""
    try:
        calendar = read(path.read_bytes(), WINDOW, limits=ARCHIVE_LIMITS)
    except UnreadableCalendar as refusal:
        return {"problem": refusal.problem.value}
    return {
        "dates": len(calendar.dates),
        "series": len(calendar.series),
        "rejected": dict(
            sorted(Counter(part.reason.value for part in calendar.rejected).items())
        ),
    }


@pytest.mark.parametrize("corpus", CORPORA)
def test_corpus_has_the_files_that_are_frozen(corpus):
    frozen = json.loads(FROZEN.read_text())[corpus]
    assert len(list_files(corpus)) == len(frozen) == CORPORA[corpus]


@pytest.mark.parametrize("corpus", CORPORA)
def test_corpus_gives_what_is_frozen(corpus):
    begun = time.process_time()
    frozen = json.loads(FROZEN.read_text())[corpus]
    found = {name_file(path): sum_up(path) for path in list_files(corpus)}
    assert {name: part for name, part in found.items() if part != frozen[name]} == {}
    assert time.process_time() - begun < 20


@pytest.mark.filterwarnings("ignore")
def test_corpus_gives_the_dates_of_another_reader():
    """Two readers written apart agree on every file that both take whole."""
    agreed, disputed = [], []
    window = Window(date(2014, 1, 1), date(2026, 12, 31))
    for path in list_files("recurring-ical-events"):
        data = path.read_bytes()
        calendar = read(data, window, limits=ARCHIVE_LIMITS)
        if calendar.rejected:
            continue
        ours = Counter(
            str(day.start_date) if day.all_day else day.start_at.isoformat()
            for day in calendar.dates
        )
        theirs = Counter(list_their_starts(data, window, ZoneInfo(calendar.zone)))
        (agreed if ours == theirs else disputed).append(path.name)
    assert disputed == list(DISPUTED)
    assert len(agreed) == 84


def list_their_starts(data: bytes, window: Window, zone: ZoneInfo) -> list[str]:
    import icalendar
    import recurring_ical_events
    import x_wr_timezone

    calendar = x_wr_timezone.to_standard(icalendar.Calendar.from_ical(data))
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    starts = []
    for event in query.between(window.start, window.end):
        start = event["DTSTART"].dt
        if isinstance(start, datetime):
            aware = start if start.tzinfo else start.replace(tzinfo=zone)
            starts.append(aware.astimezone(UTC).isoformat())
        else:
            starts.append(str(start))
    return starts


def freeze() -> None:
    """Write the table, one line for each file."""
    corpora = [
        f"{json.dumps(corpus)}: {{\n"
        + ",\n".join(f"{json.dumps(name)}: {json.dumps(part)}" for name, part in found)
        + "\n}"
        for corpus in CORPORA
        for found in [[(name_file(path), sum_up(path)) for path in list_files(corpus)]]
    ]
    FROZEN.write_text("{\n" + ",\n".join(corpora) + "\n}\n")


if __name__ == "__main__":
    freeze()
