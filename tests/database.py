"""One migrated SQLite database for the whole suite, copied into each worker.

Wagtail's three hundred migrations take SQLite fifteen seconds, and each worker of
xdist would run them again. They run once for each state of the code that shapes the
database; a copy takes milliseconds.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import django
import wagtail

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "test-databases"
# What decides the schema and the rows that migrations and post_migrate leave.
SHAPING_FILES = (
    "*/migrations/*.py",
    "*/models.py",
    "*/models/*.py",
    "*/wagtail_hooks.py",
)


def find_template() -> Path:
    """Return the migrated database file for the code as it stands; make it if new."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    template = FOLDER / f"{_fingerprint()}.sqlite3"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            for stale in FOLDER.glob("*.sqlite3*"):
                stale.unlink()
            _migrate(template)
    return template


def copy_template(template: Path, connection: sqlite3.Connection) -> None:
    """Overwrite the connection's database with the template."""
    source = sqlite3.connect(template)
    try:
        source.backup(connection)
    finally:
        source.close()


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{django.__version__} {wagtail.__version__}".encode())
    files = {path for pattern in SHAPING_FILES for path in ROOT.glob(pattern)}
    for path in sorted(files | {ROOT / "cms/roles.py", ROOT / "hub/settings/base.py"}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(template: Path) -> None:
    unfinished = template.with_suffix(".sqlite3-unfinished")
    unfinished.unlink(missing_ok=True)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "hub.settings.dev",
        "DATABASE_URL": f"sqlite:///{unfinished}",
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    with sqlite3.connect(unfinished) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    unfinished.rename(template)
