"""A server on the Internet, behind a proxy that ends TLS."""

from __future__ import annotations

from urllib.parse import urlsplit

from hub import env
from hub.settings.base import *  # noqa: F403
from hub.settings.base import STORAGES

DEBUG = False
SECRET_KEY = env.read_text("SECRET_KEY", example="fifty-random-characters-or-more")
SECRET_KEY_FALLBACKS = env.read_list(
    "SECRET_KEY_FALLBACKS", default=[], example="the-former-key"
)
SITE_URL = env.read_site_url(default=None)
WAGTAILADMIN_BASE_URL = SITE_URL
ALLOWED_HOSTS = env.read_list(
    "ALLOWED_HOSTS",
    default=[urlsplit(SITE_URL).hostname or ""],
    example="hub.example.org,www.example.org",
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ICAL_UID_DOMAIN = env.read_text("ICAL_UID_DOMAIN", example="hub.example.org")

STORAGES = STORAGES | {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    }
}

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
# Limits count visitors, not the proxy that stands before them.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
