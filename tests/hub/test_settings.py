"""Starts Python anew, because settings are read once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "hub.settings.production",
    "SECRET_KEY": "k" * 50 + "-0123456789-abcdefghij",
    "SITE_URL": "https://hub.example.org",
    "ICAL_UID_DOMAIN": "hub.example.org",
}


def start(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SITE_URL", "ICAL_UID_DOMAIN"])
def test_production_refuses_to_start_without(missing):
    environment = {name: text for name, text in PRODUCTION.items() if name != missing}
    done = start("import hub.settings.production", **environment)
    assert done.returncode != 0
    assert f"ImproperlyConfigured: {missing}: " in done.stderr


def test_production_is_closed_by_default():
    done = start(
        "from hub.settings import production as p;"
        "print(p.DEBUG, p.ALLOWED_HOSTS, p.SESSION_COOKIE_SECURE, p.SECURE_SSL_REDIRECT)",
        **PRODUCTION,
    )
    assert done.stdout == "False ['hub.example.org'] True True\n"


def test_development_needs_no_variable():
    done = start(
        "import hub.settings.dev as d; print(d.DATABASES['default']['ENGINE'])"
    )
    assert done.stdout == "django.db.backends.sqlite3\n"
