"""The process that reads one calendar and ends: run as a file, never imported.

It starts without the settings, the database or the environment of the site, takes
its limits from the system before it reads a byte, and can neither open a connection
nor write a file. Its only way out is one line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import traceback
from datetime import date
from os.path import normpath
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.remove",
    "os.rename",
    "shutil.",
)
"""Beginnings of the audit events (PEP 578) that end in a refusal."""


def main() -> None:
    """Read the order from the arguments, the calendar from standard input."""
    order = json.loads(sys.argv[1])
    limit(order["cpu_seconds"], order["memory"])
    # Python is started isolated: it does not know the project's folder.
    sys.path.append(str(ROOT))
    try:
        answer = read(order)
    except MemoryError:
        answer = json.dumps({"problem": "too-costly"})
    except Exception:  # noqa: BLE001 - whatever a stranger's file brings about
        traceback.print_exc()
        answer = json.dumps({"problem": "broken"})
    sys.stdout.write(answer)


def limit(cpu_seconds: int, memory: int) -> None:
    """Let the system end this process beyond `cpu_seconds` or `memory` bytes."""
    for kind, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, hard))


def read(order: dict[str, Any]) -> str:
    """Return the calendar of standard input, or what is wrong with it, as JSON."""
    from zoneinfo import reset_tzpath

    from events.domain.foreign import reader, wire
    from events.domain.foreign.values import Limits, UnreadableCalendar
    from events.domain.window import Window

    # One database of zones, the one that VTIMEZONEs are written from.
    reset_tzpath(to=())
    sys.addaudithook(refuse)
    window = Window(
        date.fromisoformat(order["first_day"]),
        date.fromisoformat(order["last_day"]),
        order["zone"],
    )
    try:
        calendar = reader.read(
            sys.stdin.buffer.read(),
            window,
            assumed_zone=order["assumed_zone"],
            own_domain=order["own_domain"],
            charset=order["charset"],
            limits=Limits(**order["limits"]),
        )
    except UnreadableCalendar as refusal:
        return json.dumps({"problem": refusal.problem})
    return wire.dump(calendar)


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what reading never needs, should a library try it all the same.

    Raises:
        PermissionError: it is a connection, a process, or a file outside the
            installation.
    """
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path, mode = Path(normpath(os.fsdecode(arguments[0]))), arguments[1]
        if not is_installed(path) or (
            isinstance(mode, str) and set(mode) & set("wax+")
        ):
            raise PermissionError(f"open {path}")


def is_installed(path: Path) -> bool:
    """Tell whether a file belongs to Python, its packages or this project."""
    places = {ROOT, *map(Path, (sys.prefix, sys.base_prefix, *sys.path))}
    return any(path.is_relative_to(place) for place in places)


if __name__ == "__main__":
    main()
