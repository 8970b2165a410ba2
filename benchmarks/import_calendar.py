"""Print what bringing over an agenda of ten thousand events costs.

``python -m benchmarks.import_calendar [N]`` writes a file of N events, one in fifty of
them a weekly series, and brings it over twice on SQLite. Exit code 1 when a row lacks
or is doubled.
"""

from __future__ import annotations

import datetime
import io
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

EVENTS = 10_000
FIRST_DAY = datetime.date(2010, 1, 4)
SERIES_DATES = 20


def main() -> int:
    events = int(sys.argv[1]) if sys.argv[1:] else EVENTS
    with tempfile.TemporaryDirectory() as folder:
        _prepare(Path(folder))
        path = Path(folder) / "agenda.ics"
        path.write_text(write_calendar(events), newline="")
        print(f"{events} events, {path.stat().st_size / 1e6:.1f} MB")
        expected = _count_expected(events)
        kept = [_measure(label, path, expected) for label in ("first", "second")]
    return 0 if all(kept) else 1


def write_calendar(events: int) -> str:
    """Return a calendar of ``events`` events over fifteen years, each a day apart."""
    parts = ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bench//FR\r\n"]
    parts += [_write_event(number) for number in range(events)]
    return "".join([*parts, "END:VCALENDAR\r\n"])


def _write_event(number: int) -> str:
    day = FIRST_DAY + datetime.timedelta(days=number % 5_000)
    repeats = f"RRULE:FREQ=WEEKLY;COUNT={SERIES_DATES}\r\n" if number % 50 == 0 else ""
    return (
        f"BEGIN:VEVENT\r\nUID:{number}@bench.example\r\nDTSTAMP:20261101T080000Z\r\n"
        f"DTSTART;TZID=Europe/Paris:{day:%Y%m%d}T183000\r\n"
        f"DTEND;TZID=Europe/Paris:{day:%Y%m%d}T200000\r\n{repeats}"
        f"SUMMARY:Atelier {number % 400}\r\nLOCATION:3 rue du Port\r\n"
        "DESCRIPTION:Chacun vient comme il est\\, avec ce qu’il a.\r\nEND:VEVENT\r\n"
    )


def _count_expected(events: int) -> tuple[int, int]:
    series = len(range(0, events, 50))
    return events - series + series * SERIES_DATES, series


def _prepare(folder: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.dev"
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    os.environ["STORAGE_URL"] = f"file://{folder}/media"
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.DEBUG = False
    call_command("migrate", verbosity=0)
    from events.models import EventType
    from network.models import Space

    EventType.objects.create(name="Atelier", slug="atelier")
    Space.objects.create(name="Le Bocal", slug="le-bocal", street="3 rue du Port")


def _measure(label: str, path: Path, expected: tuple[int, int]) -> bool:
    from django.core.management import call_command

    from events.models import Event, Series

    begun = time.process_time()
    call_command("import_calendar", str(path), space="le-bocal", stdout=io.StringIO())
    spent = time.process_time() - begun
    rows: tuple[Any, ...] = Event.objects.count(), Series.objects.count()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sign = "" if rows == expected else f"  EXPECTED {expected}"
    print(
        f"{label} run: {spent:.0f} s of processor, {peak:.0f} MiB at most, "
        f"{rows[0]} dates, {rows[1]} series{sign}"
    )
    return rows == expected


if __name__ == "__main__":
    sys.exit(main())
