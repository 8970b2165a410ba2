"""A live site for a browser: its own database, its own files, a real server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.database import ROOT, find_template

# Loading the demonstration included.
START_SECONDS = 240


@dataclass(frozen=True)
class LiveSite:
    """Where the demonstration network is served for the time of the tests."""

    url: str
    environment: dict[str, str]

    def run(self, *command: str) -> str:
        """Run a management command beside the server and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout


@contextmanager
def serve_demonstration(folder: Path) -> Iterator[LiveSite]:
    """Serve the demonstration network from ``folder`` until the block ends."""
    port = _find_free_port()
    with _database(folder) as database_url:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "hub.settings.dev",
            "DATABASE_URL": database_url,
            "STORAGE_URL": f"file://{folder}/media",
            "EMAIL_URL": "dummy://",
            "SITE_URL": f"http://127.0.0.1:{port}",
        }
        site = LiveSite(environment["SITE_URL"], environment)
        with (folder / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [sys.executable, "manage.py", "serve_demo", "--port", str(port)],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
            try:
                _wait_for(site.url, server)
                yield site
            finally:
                server.terminate()
                server.wait()


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    if os.environ.get("HUB_TEST_DATABASE") != "postgresql":
        shutil.copy(find_template(), folder / "site.sqlite3")
        yield f"sqlite:///{folder}/site.sqlite3"
        return
    import psycopg

    server = os.environ["HUB_TEST_POSTGRES_URL"]
    name = f"hub_e2e_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError("the server stopped; see server.log")
        try:
            urllib.request.urlopen(f"{url}/health/live", timeout=2)  # noqa: S310 (loopback)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"the server did not answer within {START_SECONDS} s")
