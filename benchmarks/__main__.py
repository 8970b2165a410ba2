"""Print what the main addresses cost beside the cheapest answer the site can give.

Each cost is the processor time of one request to the demonstration network on SQLite,
the median of many, divided by that of ``/health/live``, which runs the whole
middleware and nothing else; then what the calendar of many dates costs. A ratio above its target ends with exit code 1.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.asking import count_queries, time_request
from benchmarks.calendars import measure_calendars

BASELINE = "/health/live"


@dataclass(frozen=True)
class Measure:
    """One address, what is asked of it, and the ratio it should stay under."""

    label: str
    path: str
    target: float
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        _prepare(Path(folder))
        from django.test import Client

        client = Client(raise_request_exception=True)
        baseline = time_request(lambda: client.get(BASELINE))
        print(f"{'address':34} {'queries':>8} {'ratio':>8} {'target':>8}")
        results = [_report(client, one, baseline) for one in _list_measures(client)]
        results.append(measure_calendars(client, Path(folder)))
    return 0 if all(results) else 1


def _prepare(folder: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings.dev"
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    os.environ["STORAGE_URL"] = f"file://{folder}/media"
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.DEBUG = False
    print("Loading the demonstration network…", file=sys.stderr)
    call_command("migrate", verbosity=0)
    call_command("load_demo", force=True, stdout=io.StringIO())


def _list_measures(client: Any) -> list[Measure]:
    etag = client.get("/agenda/flux.ics").headers["ETag"]
    return [
        Measure(
            "feed, unchanged", "/agenda/flux.ics", 20, {"if-none-match": etag}, 304
        ),
        Measure("feed, whole", "/agenda/flux.ics", 40),
        Measure("agenda, list", "/agenda/", 150),
        Measure("agenda, month", "/agenda/?vue=mois", 150),
        Measure("home page", "/", 150),
        Measure("guide", "/guides/ouvrir-un-tiers-lieu/", 120),
        Measure("directory", "/lieux/", 150),
        Measure("search, three words", "/recherche/?q=tiers+lieu+rural", 150),
    ]


def _report(client: Any, measure: Measure, baseline: float) -> bool:
    def ask() -> None:
        response = client.get(measure.path, headers=measure.headers)
        if response.status_code != measure.status:
            raise RuntimeError(f"{measure.path}: {response.status_code}")

    count = count_queries(ask)
    ratio = time_request(ask) / baseline
    kept = ratio <= measure.target
    sign = "" if kept else "  ABOVE"
    print(f"{measure.label:34} {count:8} {ratio:8.1f} {measure.target:8.0f}{sign}")
    return kept


if __name__ == "__main__":
    sys.exit(main())
