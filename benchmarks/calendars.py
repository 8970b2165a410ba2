"""What the network's feed costs among ten thousand dates, beside the same bytes as a file.

The file is served by Django through the same middleware, so that the ratio is what the
calendar itself adds. Counts have limits that hold on every machine; a count or a ratio
above its limit is marked.
"""

from __future__ import annotations

import io
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.asking import count_queries, measure_peak, time_request

DATES = 10_000
FEED = "/agenda/flux.ics"
SMALLER = "/agenda/departement/22.ics"


def measure_calendars(client: Any, folder: Path) -> bool:
    """Print the lines; True when each keeps its limit."""
    from django.core.cache import cache
    from django.core.management import call_command

    print(f"Loading {DATES} dates…", file=sys.stderr)
    call_command("load_synthetic", events=DATES, force=True, stdout=io.StringIO())

    def render(path: str = FEED) -> int:
        # What was written for who asked before is forgotten.
        cache.clear()
        return _fetch(client, path)

    content = client.get(FEED).content
    etag = client.get(FEED).headers["ETag"]
    (folder / "agenda.ics").write_bytes(content)
    _serve_files(folder)
    file = time_request(lambda: _fetch(client, "/bench/agenda.ics"))

    def ask_again() -> int:
        return _fetch(client, FEED, {"if-none-match": etag}, 304)

    held = measure_peak(render) / len(content)
    held_smaller = measure_peak(lambda: render(SMALLER)) / render(SMALLER)
    dates = content.count(b"BEGIN:VEVENT")
    lines = [
        ("dates in the feed", dates, 1000),
        ("bytes of the feed", len(content), 910_000),
        ("304: queries", count_queries(ask_again), 3),
        ("304: calendars written", _count_written(ask_again), 0),
        ("304: ratio to the file", time_request(ask_again) / file, 25),
        ("whole: queries", count_queries(render), 5),
        ("whole: dates written out", _count_serialised(render), 0),
        ("whole: ratio to the file", time_request(render) / file, 50),
        ("whole: memory / its bytes", held, 6),
        ("one department: memory / its bytes", held_smaller, 6),
    ]
    print(f"\n{f'calendar of {DATES} dates':38} {'measured':>10} {'limit':>8}")
    results = [_report(*line) for line in lines]
    return all(results)


def _report(label: str, measured: float, limit: float) -> bool:
    kept = measured <= limit
    shown = f"{measured:.1f}" if isinstance(measured, float) else f"{measured}"
    print(f"{label:38} {shown:>10} {limit:>8}{'' if kept else '  ABOVE'}")
    return kept


def _fetch(
    client: Any, path: str, headers: dict[str, str] | None = None, status: int = 200
) -> int:
    """Ask, read the answer to its end and return its length in bytes."""
    response = client.get(path, headers=headers or {})
    if response.status_code != status:
        raise RuntimeError(f"{path}: {response.status_code}")
    return len(b"".join(response))


def _serve_files(folder: Path) -> None:
    """Add ``/bench/``, which serves the files of ``folder``."""
    from django.conf import settings
    from django.urls import clear_url_caches, path
    from django.views.static import serve

    from hub import urls

    addresses = types.ModuleType("benchmarks.addresses")
    route = path("bench/<path:path>", serve, {"document_root": folder})
    addresses.__dict__.update(
        {
            name: value
            for name, value in vars(urls).items()
            if name.startswith("handler")
        }
    )
    addresses.__dict__["urlpatterns"] = [route, *urls.urlpatterns]
    sys.modules[addresses.__name__] = addresses
    settings.ROOT_URLCONF = addresses.__name__
    clear_url_caches()


def _count_written(ask: Callable[[], object]) -> int:
    from events.feeds import AgendaFeed

    return _count_calls(AgendaFeed, "render", ask)


def _count_serialised(ask: Callable[[], object]) -> int:
    from events.domain import ical

    return _count_calls(ical, "build_event", ask)


def _count_calls(owner: Any, name: str, ask: Callable[[], object]) -> int:
    calls = 0
    genuine = getattr(owner, name)

    def count(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        return genuine(*args, **kwargs)

    setattr(owner, name, count)
    try:
        ask()
    finally:
        setattr(owner, name, genuine)
    return calls
