"""A laptop: SQLite, mail on the console, no proxy. Never on the Internet."""

from __future__ import annotations

from hub import env
from hub.settings.base import *  # noqa: F403

DEBUG = True
SECRET_KEY = env.read_text(
    "SECRET_KEY", default="for-development-on-one-machine-only-never-in-production"
)
ALLOWED_HOSTS = env.read_list(
    "ALLOWED_HOSTS", default=["*"], example="hub.example.org,www.example.org"
)
INTERNAL_IPS = ["127.0.0.1"]
# No proxy and no collected files here, whether DEBUG is on or not.
SERVES_RENDITIONS = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = None  # type: ignore[assignment]
