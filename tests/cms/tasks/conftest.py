from __future__ import annotations

import threading
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections

from tests.cms.tasks import sample_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def ran() -> Iterator[list[Any]]:
    """What the sample tasks left, in order."""
    sample_tasks.ran.clear()
    yield sample_tasks.ran
    sample_tasks.ran.clear()


@pytest.fixture
def stored_only(settings: Any) -> None:
    """Tasks are stored and wait for a worker, as with TASKS=database."""
    default = settings.TASKS["default"]
    settings.TASKS_MODE = "database"
    settings.TASKS = {"default": {**default, "OPTIONS": {"drain_after_commit": False}}}


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 26, 18, 30, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def run_at_once(
    transactional_db: None, tmp_path: Path
) -> Iterator[Callable[..., list[Any]]]:
    """Run a function in several threads, begun together, each with its connection.

    SQLite's database in memory cannot be written by two threads: they get a copy of
    it in a file, and the test reads what they did from their answers.
    """
    settings = connections.settings["default"]
    if connection.vendor == "sqlite":
        path = str(tmp_path / "copy.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [path])
        connections.settings["default"] = {**settings, "NAME": path}

    def run(function: Callable[[], Any], threads: int = 2) -> list[Any]:
        barrier = threading.Barrier(threads)
        answers: list[Any] = []

        def run_one() -> None:
            try:
                barrier.wait(timeout=10)
                answers.append(function())
            except Exception as error:  # noqa: BLE001 (the test compares it)
                answers.append(error)
            finally:
                connections.close_all()

        running = [threading.Thread(target=run_one) for _ in range(threads)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join(timeout=60)
        return answers

    yield run
    connections.settings["default"] = settings
