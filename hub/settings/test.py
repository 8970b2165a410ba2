"""The test suite: quick hashing, mail and files kept in memory, nothing leaves."""

from __future__ import annotations

import os

# The suite's own variables say which services it may use; a developer's
# environment must not leak into it.
for _name in (
    "CACHE_URL",
    "EMAIL_URL",
    "SEARCH_URL",
    "SITE_URL",
    "STORAGE_URL",
    "TASKS",
):
    os.environ.pop(_name, None)
# SQLite in memory, or the server of HUB_TEST_POSTGRES_URL in `make test`'s second run.
os.environ["DATABASE_URL"] = (
    os.environ["HUB_TEST_POSTGRES_URL"]
    if os.environ.get("HUB_TEST_DATABASE") == "postgresql"
    else "sqlite:///:memory:"
)

from hub.settings.base import *  # noqa: E402, F403
from hub.settings.base import DATABASES  # noqa: E402

# The suite copies a migrated database in (tests/database.py); PostgreSQL migrates.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"MIGRATE": False}

DEBUG = False
SECRET_KEY = "for-the-test-suite-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = "https://hub.test"
WAGTAILADMIN_BASE_URL = SITE_URL
ICAL_UID_DOMAIN = "hub.test"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Nothing is collected here: WhiteNoise would warn about a folder that is not there.
STATIC_ROOT = None  # type: ignore[assignment]
