"""Calendar programs and libraries, each as a function from bytes to the dates it shows.

A date is ``(start, summary)``: an instant to the minute in UTC, or a day.
"""

from __future__ import annotations

import datetime
import http.server
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import icalendar
import vobject
from ical.calendar_stream import IcsCalendarStream

Dates = list[tuple[str, str]]

HERE = Path(__file__).parent


def say_start(start: datetime.date) -> str:
    if isinstance(start, datetime.datetime):
        return f"{start.astimezone(datetime.UTC):%Y-%m-%dT%H:%MZ}"
    return start.isoformat()


def with_icalendar(content: bytes, folder: Path) -> Dates:
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return [(say_start(event.start), str(event["SUMMARY"])) for event in events]


def with_ical(content: bytes, folder: Path) -> Dates:
    calendar = IcsCalendarStream.calendar_from_ics(content.decode())
    return [(say_start(event.dtstart), event.summary) for event in calendar.timeline]


def with_vobject(content: bytes, folder: Path) -> Dates:
    [calendar] = vobject.readComponents(content.decode())
    return [
        (say_start(event.dtstart.value), event.summary.value)
        for event in calendar.vevent_list
    ]


def with_icalevents(content: bytes, folder: Path) -> Dates:
    shown = run_module("tests.clients.read_icalevents", input=content.decode())
    return read_lines(shown)


def with_vdirsyncer_and_khal(content: bytes, folder: Path) -> Dates:
    """Subscribe over HTTP, then list what the terminal calendar shows, in UTC."""
    calendar = folder / "calendar"
    calendar.mkdir()
    with serve(content) as url:
        (folder / "vdirsyncer").write_text(
            f"""[general]
status_path = "{folder}/status/"
[pair agenda]
a = "hub"
b = "local"
collections = null
[storage hub]
type = "http"
url = "{url}"
[storage local]
type = "filesystem"
path = "{calendar}/"
fileext = ".ics"
"""
        )
        for step in ("discover", "sync"):
            run_module("vdirsyncer", "-c", str(folder / "vdirsyncer"), step)
    config = folder / "khal.conf"
    config.write_text(
        f"""[calendars]
[[hub]]
path = {calendar}
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""
    )
    shown = run_module(
        "khal", "-c", str(config), "list", "--once", "--notstarted",
        "--day-format", "", "--format", "{start-date}T{start-time}|{title}",
        "2025-01-01", "2041-01-01",
    )  # fmt: skip
    return [
        (f"{start}Z" if start[-1] != "T" else start[:-1], summary)
        for start, summary in (line.split("|", 1) for line in shown.splitlines())
    ]


def with_calcurse(content: bytes, folder: Path) -> Dates:
    """List what calcurse shows from a subscription, on a clock set to UTC."""
    source = folder / "feed.ics"
    source.write_bytes(content)
    base = ["calcurse", "-q", "-D", str(folder / "calcurse"), "-C", str(folder)]
    environment = {**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    run([*base, "-i", str(source)], env=environment)
    shown = run(
        [
            *base, "-G", "--filter-type", "cal",
            "--format-apt", "%(start:%Y-%m-%dT%H:%MZ)|%m\\n",
        ],
        env=environment,
    )  # fmt: skip
    timed = [tuple(line.split("|", 1)) for line in shown.splitlines() if "|" in line]
    # What lasts several days is an event of each day, in calcurse's own form.
    days = re.findall(r"^(\d\d)/(\d\d)/(\d{4}) \[1\].*?>\w+ (.*)$", shown, re.MULTILINE)
    return timed + [(f"{year}-{month}-{day}", text) for month, day, year, text in days]


def with_javascript(library: str, content: bytes) -> Dates:
    modules = Path(os.environ["HUB_TEST_CALENDAR_CLIENTS"])
    shown = run(
        ["node", str(HERE / "read.mjs"), library, str(modules)],
        input=content.decode(),
        env={**os.environ, "TZ": "UTC"},
    )
    return read_lines(shown)


def read_lines(shown: str) -> Dates:
    """Read one JSON date a line, as ``read.mjs`` prints them."""
    dates = map(json.loads, shown.splitlines())
    return [(cut_to_minute(date["start"]), date["summary"]) for date in dates]


def cut_to_minute(start: str) -> str:
    return f"{start[:16]}Z" if "T" in start else start


@contextmanager
def serve(content: bytes) -> Iterator[str]:
    """Serve ``content`` as a calendar on a free port of this machine."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/calendar; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/agenda/flux.ics"
        server.shutdown()
        thread.join()


def run_module(name: str, *words: str, **options) -> str:
    return run([sys.executable, "-m", name, *words], **options)


def run(words: list[str], **options) -> str:
    result = subprocess.run(words, capture_output=True, text=True, **options)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
