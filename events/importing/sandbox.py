"""Reading a stranger's calendar in a process of its own, which may fail alone.

A calendar can ask for endless work in a few bytes. Most such wishes are refused
before anything is computed; what nobody foresaw ends with the child process, and
the worker goes on.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from events.domain.foreign import wire
from events.domain.foreign.values import (
    FEED_LIMITS,
    Limits,
    Problem,
    ReadCalendar,
    UnreadableCalendar,
)
from events.domain.timezones import NETWORK_ZONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from events.domain.window import Window

logger = logging.getLogger(__name__)

_CHILD: Final = Path(__file__).with_name("child.py")
_MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What reading one calendar may use.

    Attributes:
        cpu_seconds: of processor time, start of the process included.
        wall_seconds: until the process is killed.
        memory: address space in bytes.
    """

    cpu_seconds: int = 20
    wall_seconds: float = 25
    memory: int = 512 * _MEBIBYTE


FEED_ALLOWANCE: Final = Allowance()
ARCHIVE_ALLOWANCE: Final = Allowance(
    cpu_seconds=300, wall_seconds=600, memory=2048 * _MEBIBYTE
)


def read_calendar(
    data: bytes,
    *,
    window: Window,
    assumed_zone: str = NETWORK_ZONE,
    own_domain: str = "",
    charset: str = "",
    limits: Limits = FEED_LIMITS,
    allowance: Allowance = FEED_ALLOWANCE,
    python_options: Sequence[str] = (),
) -> ReadCalendar:
    """Return what a calendar says of the days in `window`; see ``foreign.reader``.

    `charset` is what the HTTP answer declared, `own_domain` the right side of our
    own UIDs. `python_options` are given to the child's interpreter.

    Raises:
        UnreadableCalendar: nothing of it can be taken; ``problem`` says why.
    """
    order = {
        "first_day": window.first_day.isoformat(),
        "last_day": window.last_day.isoformat(),
        "zone": window.zone,
        "assumed_zone": assumed_zone,
        "own_domain": own_domain,
        "charset": charset,
        "limits": asdict(limits),
        "cpu_seconds": allowance.cpu_seconds,
        "memory": allowance.memory,
    }
    command = [sys.executable, "-I", *python_options, str(_CHILD), json.dumps(order)]
    try:
        child = subprocess.run(  # noqa: S603 - our own file, no shell
            command,
            input=data,
            capture_output=True,
            timeout=allowance.wall_seconds,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableCalendar(Problem.TOO_COSTLY) from error
    if child.stderr:
        logger.warning("Reading a calendar: %s", _read_error(child.stderr))
    return _read_answer(child)


def _read_error(stderr: bytes) -> str:
    return stderr[-4000:].decode("utf-8", "replace")


def _read_answer(child: subprocess.CompletedProcess[bytes]) -> ReadCalendar:
    # A signal is how the system ends a process that takes too much.
    if child.returncode < 0:
        raise UnreadableCalendar(Problem.TOO_COSTLY)
    try:
        answer = child.stdout.decode("ascii")
        if answer.startswith('{"problem"'):
            raise UnreadableCalendar(Problem(json.loads(answer)["problem"]))
        return wire.load(answer)
    except UnreadableCalendar:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableCalendar(Problem.BROKEN) from error
